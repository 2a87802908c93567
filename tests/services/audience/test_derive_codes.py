"""Where a place lies by the registers: right at borders, and told when it is outside all that is served."""

from __future__ import annotations

import pytest

from shared.domain.place_codes import PlaceCodes
from shared.geo.plane import METRES_PER_DEGREE, Plane
from shared.services.audience.derive_codes import MunicipalAddresses, codes_of
from tests.fakes.municipalities import square

LAT, LNG = 49.83, 19.94
METRE_EAST = 1 / float(Plane.at(LAT).metres[0])
HALF = 0.05
WEST, EAST = "1209033", "1209042"
BOUNDARIES = {WEST: square(LAT, LNG - HALF, HALF), EAST: square(LAT, LNG + HALF, HALF)}  # they meet at LNG
ROZANA = PlaceCodes(WEST, "0951617", None, "0951617:00001", "9")
POLNA = PlaceCodes(EAST, "0328083", None, "0328083:00002", "1")


def east(metres):
    return LAT, LNG + metres * METRE_EAST


REGISTERS = {
    WEST: MunicipalAddresses([ROZANA], [east(-60)]),
    EAST: MunicipalAddresses([POLNA], [east(5)]),
}


def codes(metres, registers=REGISTERS):
    lat, lng = east(metres)
    return codes_of(lat, lng, BOUNDARIES, registers.get)


def test_a_place_has_the_codes_of_the_house_it_stands_at():
    assert codes(-62) == ROZANA
    assert codes(7) == POLNA


@pytest.mark.parametrize("metres", [-1.0, -5.0, -20.0])
def test_a_nearer_house_across_the_border_gives_no_street(metres):
    assert codes(metres) == ROZANA
    assert codes(-metres) == POLNA


def test_farther_away_the_locality_alone_is_told_and_then_the_gmina_alone():
    assert codes(-60 - 80) == PlaceCodes(WEST, "0951617")
    assert codes(-60 - 1_050) == PlaceCodes(WEST)


def test_outside_every_served_municipality_it_is_told():
    assert codes_of(LAT + 2 * HALF, LNG, BOUNDARIES, REGISTERS.get) is None
    assert codes_of(LAT, LNG, {}, REGISTERS.get) is None


def test_without_imported_addresses_the_gmina_alone_is_known():
    assert codes(-62, {}) == PlaceCodes(WEST)
    assert codes(-62, {WEST: MunicipalAddresses([], [])}) == PlaceCodes(WEST)


def test_the_boundary_decides_the_municipality_whatever_its_addresses_say():
    moved = MunicipalAddresses([POLNA], [east(-60)])
    assert codes(-60, {WEST: moved}).terc == WEST


def test_codes_and_points_that_do_not_belong_together_are_refused():
    with pytest.raises(ValueError, match="belong together"):
        MunicipalAddresses([ROZANA, POLNA], [east(0)])


def test_the_plane_of_the_test_is_in_metres():
    assert pytest.approx(1.55, abs=0.01) == METRE_EAST * METRES_PER_DEGREE
