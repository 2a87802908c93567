"""The nearest address of a place, and how far away it still tells something."""

from __future__ import annotations

import random

import pyproj
import pytest

from shared.geo.nearest_address import LOCALITY_WITHIN_M, STREET_WITHIN_M, AddressPoints, Nearest

WGS84 = pyproj.Geod(ellps="WGS84")
LAT, LNG = 49.83, 19.94


def at(metres, bearing=90):
    lng, lat, _ = WGS84.fwd(LNG, LAT, bearing, metres)
    return lat, lng


@pytest.mark.parametrize("bearing", [0, 45, 90, 225])
def test_a_street_is_told_nearby_and_a_locality_farther_on(bearing):
    for metres, told in [
        (STREET_WITHIN_M - 2, True),
        (STREET_WITHIN_M + 2, False),
        (LOCALITY_WITHIN_M - 8, False),
    ]:
        assert AddressPoints([at(metres, bearing)]).nearest(LAT, LNG).tells_street is told
    assert AddressPoints([at(LOCALITY_WITHIN_M + 8, bearing)]).nearest(LAT, LNG) is None


def test_it_is_the_one_that_a_measurement_on_the_ground_finds():
    rng = random.Random(11)
    points = [at(rng.uniform(1, 900), rng.uniform(0, 360)) for _ in range(400)]
    index = AddressPoints(points)
    for _ in range(200):
        lat, lng = at(rng.uniform(0, 500), rng.uniform(0, 360))
        metres = [WGS84.inv(lng, lat, x, y)[2] for y, x in points]
        found = index.nearest(lat, lng)
        assert metres[found.index] <= min(metres) * 1.01  # sphere and ellipsoid differ by less
        assert found.metres == pytest.approx(metres[found.index], rel=0.01)


def test_of_those_equally_near_the_first_wins():
    assert AddressPoints([(LAT, LNG), (LAT, LNG)]).nearest(LAT, LNG) == Nearest(0, 0.0)


def test_without_addresses_there_is_none():
    assert AddressPoints([]).nearest(LAT, LNG) is None


@pytest.mark.parametrize("point", [(float("nan"), LNG), (LAT, float("inf"))])
def test_an_address_without_a_point_is_refused(point):
    with pytest.raises(ValueError, match="without a point"):
        AddressPoints([(LAT, LNG), point])
