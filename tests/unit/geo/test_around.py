"""A circle about a point holds all within its radius, and hardly more."""

from __future__ import annotations

import pyproj
import pytest
from shapely.geometry import Point

from shared.errors import InvalidArea
from shared.geo.around import around

WGS84 = pyproj.Geod(ellps="WGS84")


@pytest.mark.parametrize("metres", [10, 300, 20_000])
@pytest.mark.parametrize("lat", [49.1, 54.8])
def test_all_within_the_radius_is_in_and_nothing_far_beyond(metres, lat):
    area = around(lat, 19.94, metres)
    for bearing in range(0, 360, 3):
        for share, inside in [(0.995, True), (1.02, False)]:
            lng, at_lat, _ = WGS84.fwd(19.94, lat, bearing, metres * share)
            assert area.geometry.contains(Point(lng, at_lat)) is inside, (bearing, share)


def test_a_circle_of_nothing_is_refused():
    with pytest.raises(InvalidArea):
        around(50.0, 20.0, 0.0)
