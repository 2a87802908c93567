"""The codes that the index gives a place: of the address that was picked, else what the registers say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.area_parts import Level
from shared.domain.audience import Device, Place, Platform, Resident, Target
from shared.domain.place_codes import UNKNOWN, PlaceCodes
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Part, Street
from shared.domain.whole_units import WholeUnit
from shared.geo.cells import cell_of
from shared.geo.plane import METRES_PER_DEGREE, Plane
from shared.services.audience.index_resident import index_entries
from tests.fakes.areas import FakeAreaLibrary, UnreadableLibrary
from tests.fakes.municipalities import FakeMunicipalityStore, square

LAT, LNG, HALF = 49.83, 19.94, 0.05
METRE_EAST, METRE_NORTH = 1 / float(Plane.at(LAT).metres[0]), 1 / METRES_PER_DEGREE
WEST, EAST = "1209033", "1209042"  # they meet at LNG
TOWN, HAMLET, ROZANA = "0951617", "0951623", "0951617:00001"
PHONE = Device("1", Platform.WEB, Target("token", "t"))


def point(east, north=0.0):
    return LAT + north * METRE_NORTH, LNG + east * METRE_EAST


def house(number, east, north=0.0):
    lat, lng = point(east, north)
    return House(number, lng, lat)


REGISTER = Gazetteer(
    WEST,
    "Gmina",
    (
        Locality(
            TOWN,
            "Miasto",
            (Part(HAMLET, "Przysiółek"),),
            (Street("00001", "ul. Różana", Houses.of([house("9", -60), house("11 A", -60, 40)])),),
            Houses.of([house("2", -500)]),
        ),
        Locality(HAMLET, "Przysiółek", houses=Houses.of([house("1", -4_000)])),
    ),
)
OTHER = Gazetteer(EAST, "Sąsiednia", (Locality("0328083", "Wieś", houses=Houses.of([house("3", 1)])),))
SERVED = FakeMunicipalityStore({WEST: square(LAT, LNG - HALF, HALF), EAST: square(LAT, LNG + HALF, HALF)})
AREAS = FakeAreaLibrary([REGISTER, OTHER])


def entry(place, areas=AREAS):
    [found] = index_entries(Resident("ann", "pl", (place,), (PHONE,)), SERVED, lambda _: True, areas)
    return found


def codes(east, north=0.0, picked=None, areas=AREAS):
    found = entry(Place("1", cell_of(*point(east, north)), codes=picked), areas)
    [sibling] = found.siblings
    assert found.terc == sibling.codes.terc
    return sibling.codes


def picked(street=ROZANA, number="9", terc=WEST, locality=TOWN):
    return PlaceCodes(terc, locality, None, street, number)


AT_9, AT_11A = PlaceCodes(WEST, TOWN, None, ROZANA, "9"), PlaceCodes(WEST, TOWN, None, ROZANA, "11 A")


def test_a_place_has_the_codes_of_the_nearest_address_within_the_stated_distances():
    assert codes(-70) == AT_9
    assert codes(-200) == PlaceCodes(WEST, TOWN)
    assert codes(-4_020) == PlaceCodes(WEST, HAMLET, TOWN, None, "1")
    assert codes(-2_500) == PlaceCodes(WEST)


@pytest.mark.parametrize("metres", [20, 100, 3_000])
def test_a_nearer_house_of_the_neighbour_gives_nothing(metres):
    assert codes(-metres).terc == WEST
    assert codes(metres).terc == EAST
    assert codes(metres).street is None


def test_of_a_cell_that_a_border_cuts_nothing_is_said():
    cut = [codes(metres, north) for metres in (-1, 0, 1) for north in (0, 7, 15)]
    assert UNKNOWN in cut
    assert {one.terc for one in cut} <= {None, WEST, EAST}
    assert entry(Place("1", cell_of(*point(0)))).found_by in {("?gmina", "?")} | {
        entry(Place("1", cell_of(*point(side)))).found_by for side in (-9, 9)
    }


def test_the_address_that_was_picked_counts_though_another_is_nearer():
    for number in ("11A", "11 a", "11 A"):
        assert codes(-60, 2, picked(number=number)) == AT_11A
    assert codes(-60, 2, picked(street=None, number="2")) == PlaceCodes(WEST, TOWN, None, None, "2")


def test_on_the_border_it_counts_as_well():
    assert codes(0, picked=picked()).terc == WEST
    assert codes(0, picked=picked(None, "3", EAST, "0328083")) == PlaceCodes(EAST, "0328083", None, None, "3")


def test_without_a_number_the_street_is_what_was_picked():
    assert codes(-200, picked=picked(number=None)) == replace(AT_9, number=None)


@pytest.mark.parametrize(
    "named",
    [
        picked(number="10"),
        picked(street="0951617:00009"),
        picked(locality="0328083"),
        picked(terc=EAST),
        picked(terc="1465011"),
        PlaceCodes(EAST, "0328083", None, None, "3"),
    ],
)
def test_what_the_register_does_not_have_there_is_not_believed(named):
    assert codes(-70, picked=named) == AT_9


def test_an_address_too_far_from_its_place_is_not_believed():
    assert codes(-4_020, picked=picked()) == codes(-4_020)


def test_another_kind_of_gmina_is_the_same_gmina():
    assert codes(-70, picked=picked(terc="1209032")) == AT_9


def test_without_a_register_the_gmina_alone_is_known():
    for areas in (None, FakeAreaLibrary([])):
        assert codes(-70, picked=picked(), areas=areas) == PlaceCodes(WEST)


def test_a_register_that_cannot_be_read_keeps_nobody_out_of_the_index(caplog):
    assert codes(-70, picked=picked(), areas=UnreadableLibrary()) == PlaceCodes(WEST)
    assert "cannot be read" in caplog.text


def test_outside_all_that_is_served_nothing_is_known():
    assert codes(0, 20_000, picked()) == UNKNOWN


def test_a_whole_village_is_a_place_that_no_range_of_cells_holds():
    found = entry(Place("2", None, whole=WholeUnit(Level.LOCALITY, TOWN)))
    assert (found.place, found.cell, found.terc, found.found_by) == ("2", f"={TOWN}", None, ())


def test_a_point_is_as_good_as_its_cell():
    assert entry(Place("1", None, point(-70), codes=picked(number="11A"))).siblings[0].codes.number == "11 A"
