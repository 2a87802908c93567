"""An area's name follows from its parts: theirs, in the order said, and what is taken out."""

from __future__ import annotations

import pytest

from shared.domain.area_parts import Around, Drawn, Level, Saved, Step, Unit
from shared.domain.house_numbers import Houses, Parity
from shared.services.areas.name_parts import name_parts
from tests.fakes.alert_values import SQUARE

NAMES = {"1": "ul. Różana", "2": "Zawada", "3": "Gmina Wzorów"}
STREET, VILLAGE, GMINA = Unit(Level.STREET, "1"), Unit(Level.LOCALITY, "2"), Unit(Level.GMINA, "3")
ZONE = Saved("zone", (Step(STREET),))


def name(*parts, longest=200, out=()):
    steps = (*(Step(part) for part in parts), *(Step(part, subtracted=True) for part in out))
    return name_parts(steps, lambda unit: NAMES.get(unit.code), {"zone": "Strefa 3"}.get, longest)


def test_names_stand_in_the_order_said_each_once():
    assert name(VILLAGE, STREET, VILLAGE) == "Zawada, ul. Różana"
    assert name(ZONE, VILLAGE) == "Strefa 3, Zawada"


def test_what_is_taken_out_is_said():
    assert name(GMINA, out=[VILLAGE, STREET]) == "Gmina Wzorów bez: Zawada, ul. Różana"


@pytest.mark.parametrize(
    ("houses", "told"),
    [
        (Houses(Parity.ODD), "nieparzyste"),
        (Houses(Parity.EVEN, "2", "10"), "parzyste 2–10"),
        (Houses(first="3"), "od 3"),
        (Houses(last="21A"), "do 21A"),
        (Houses(Parity.ODD, "3"), "nieparzyste od 3"),
        (Houses(first="7", last="7"), "7"),
    ],
)
def test_houses_are_told_behind_the_street(houses, told):
    assert name(Unit(Level.STREET, "1", houses)) == f"ul. Różana ({told})"


@pytest.mark.parametrize(
    "part", [Drawn(SQUARE), Around(49.8, 19.9, 100), Unit(Level.STREET, "9"), Saved("gone", ())]
)
def test_what_has_no_name_gives_none(part):
    assert name(STREET, part) is None
    assert name(STREET, out=[part]) is None


def test_of_too_many_the_first_are_named_and_how_many_more():
    streets = [Unit(Level.STREET, "1", Houses(first=str(number))) for number in range(1, 20)]
    assert name(*streets, longest=50) == "ul. Różana (od 1), ul. Różana (od 2) i inne (17)"
    assert name(STREET, longest=5) is None
