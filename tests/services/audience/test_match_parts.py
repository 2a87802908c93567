"""Whom parts mean at the edges: borders, places without codes, several places of one resident, and names."""

from __future__ import annotations

import pytest

from shared.domain.area_parts import Around, Drawn, Level, Saved, Step, Unit
from shared.domain.covered import Address, CoveredName
from shared.domain.house_numbers import Houses, Parity
from shared.domain.place_codes import PlaceCodes
from shared.geo.cells import cell_of
from shared.geo.plane import METRES_PER_DEGREE
from shared.geo.shapes import Area
from shared.services.audience.match_parts import PartsMatch, outline_of
from shared.services.audience.spots import Spot
from tests.fakes.municipalities import square

LAT, LNG = 49.83, 19.94
CELL = cell_of(LAT, LNG)
METRE = 1 / METRES_PER_DEGREE
STREET = Unit(Level.STREET, "0951617:01014")
GMINA = Unit(Level.GMINA, "120903")
HOME = PlaceCodes("1209033", "0951617", None, STREET.code, "9")
SQUARE = Drawn(square(LAT, LNG, 0.01))


def no_shape(_unit):
    return None


def match(*steps, shape_of=no_shape):
    return PartsMatch(steps, shape_of)


def test_a_street_is_meant_by_code_wherever_it_lies():
    street = match(Step(STREET), shape_of=lambda unit: Area.from_text(square(52, 21, 0.01)))
    assert street.holds(Spot(CELL, HOME))
    assert not street.holds(
        Spot(cell_of(52, 21), PlaceCodes("1209033", "0951617", None, "0951617:00002", "1"))
    )
    assert street.holds(Spot(cell_of(52, 21)))  # without codes its shape decides
    assert not street.holds(Spot(CELL))


def test_without_codes_and_without_a_shape_nobody_is_added_and_nobody_taken_out():
    assert not match(Step(STREET)).holds(Spot(CELL))
    assert match(Step(SQUARE), Step(STREET, subtracted=True)).holds(Spot(CELL))


def test_the_order_said_counts():
    again = match(Step(GMINA), Step(STREET, subtracted=True), Step(STREET))
    never = match(Step(GMINA), Step(STREET), Step(STREET, subtracted=True))
    assert again.holds(Spot(CELL, HOME))
    assert not never.holds(Spot(CELL, HOME))


def north_of_border(metres):
    """A place whose cell's centre lies about so far north of the southern border of a square."""
    return Spot(cell_of(LAT, LNG)), Drawn(square(LAT + 0.01 - metres * METRE, LNG, 0.01))


@pytest.mark.parametrize("metres", [-4.0, -1.0, 0.0, 1.0, 4.0])
def test_at_a_border_doubt_leaves_people_in_whether_it_adds_or_takes_out(metres):
    """The place may be in or out: its cell reaches across."""
    spot, shape = north_of_border(metres)
    around = Step(Around(LAT, LNG, 500.0))
    if metres >= 0:
        assert match(Step(shape)).holds(spot)
    if metres <= 0:
        assert match(around, Step(shape, subtracted=True)).holds(spot)


@pytest.mark.parametrize(("metres", "inside"), [(20.0, False), (-20.0, True)])
def test_clear_of_the_border_what_is_taken_out_is_out(metres, inside):
    spot, shape = north_of_border(metres)
    assert match(Step(Around(LAT, LNG, 500.0)), Step(shape, subtracted=True)).holds(spot) is inside


def test_taken_out_of_what_is_taken_out_is_in_again():
    village = Saved("village", (Step(GMINA), Step(STREET, subtracted=True)))
    assert match(Step(GMINA), Step(village, subtracted=True)).holds(Spot(CELL, HOME))


def test_a_building_of_several_numbers_stays_when_only_one_is_taken_out():
    both = Spot(CELL, PlaceCodes("1209033", "0951617", None, STREET.code, "10-12"))
    from_12 = Unit(Level.STREET, STREET.code, Houses(None, "12"))
    assert match(Step(from_12)).holds(both)
    assert match(Step(GMINA), Step(from_12, subtracted=True)).holds(both)


def test_a_resident_is_delivered_at_one_place_the_lowest_that_is_in():
    elsewhere, home = Spot(cell_of(52, 21), PlaceCodes("1465011", "0918123")), Spot(CELL, HOME)
    gmina = match(Step(GMINA))
    assert gmina.owner({"3": home, "1": elsewhere, "2": home}) == "2"
    assert gmina.owner({"1": elsewhere}) is None
    assert gmina.owner({}) is None


def test_what_is_covered_is_what_a_resident_there_would_get():
    houses = [
        Address(PlaceCodes("1209033", "0951617", None, STREET.code, str(n)), "Różana", CELL)
        for n in range(1, 43)
    ]
    odd = match(Step(Unit(Level.STREET, STREET.code, Houses(Parity.ODD, "1", "17"))))
    told = odd.covers(houses)
    assert told.names == (CoveredName(STREET.code, "Różana", 9, 42),)
    assert (told.inside, told.total) == (9, 42)


def test_the_outline_is_what_the_shapes_make_in_the_order_said():
    shape_of = {STREET: Area.from_text(square(LAT, LNG, 0.005))}.get
    area = outline_of((Step(SQUARE), Step(STREET, subtracted=True)), shape_of)
    assert area.geometry.area == pytest.approx(0.02**2 - 0.01**2)
    assert outline_of((Step(GMINA),), shape_of) is None
    assert outline_of((Step(SQUARE), Step(GMINA, subtracted=True)), shape_of) == Area.from_text(SQUARE.shape)


def test_nobody_is_asked_for_nothing():
    assert match(Step(SQUARE)).inside([]) == frozenset()
