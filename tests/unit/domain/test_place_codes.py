"""Which places a part named by code means, which it does not, and where only a shape can tell."""

from __future__ import annotations

import pytest

from shared.domain.area_parts import Level, Unit
from shared.domain.house_numbers import Houses, Parity
from shared.domain.place_codes import UNKNOWN, CodeIndex, PlaceCodes, meant

HOME = PlaceCodes("1209033", "0327468", "0327416", "0327468:01014", "12A")
STREET = Unit(Level.STREET, "0327468:01014")


@pytest.mark.parametrize(
    ("level", "code", "expected"),
    [
        (Level.VOIVODESHIP, "12", True), (Level.VOIVODESHIP, "14", False),
        (Level.POWIAT, "1209", True), (Level.POWIAT, "1210", False),
        (Level.GMINA, "120903", True), (Level.GMINA, "1209032", True), (Level.GMINA, "120904", False),
        (Level.LOCALITY, "0327468", True), (Level.LOCALITY, "0327416", True),
        (Level.LOCALITY, "0327379", False),
        (Level.STREET, "0327468:01014", True), (Level.STREET, "0327416:01014", False),
    ],
)  # fmt: skip
def test_a_code_means_what_lies_below_it(level, code, expected):
    assert meant(Unit(level, code), HOME) is expected
    assert meant(Unit(level, code), UNKNOWN) is None


def test_a_place_of_a_village_without_streets_lies_on_none():
    assert meant(STREET, PlaceCodes("1209033", "0327468")) is False
    assert meant(STREET, PlaceCodes("1209033")) is None


def test_houses_are_told_by_the_number_where_it_can_be_read():
    even, odd = (
        Unit(Level.STREET, STREET.code, Houses(Parity.EVEN)),
        Unit(Level.STREET, STREET.code, Houses(Parity.ODD)),
    )
    assert (meant(even, HOME), meant(odd, HOME)) == (True, False)
    for number in (None, "bn"):
        unread = PlaceCodes("1209033", "0327468", None, STREET.code, number)
        assert (meant(even, unread), meant(STREET, unread)) == (None, True)


def test_what_is_taken_out_takes_a_building_of_several_numbers_wholly_or_not():
    from_12 = Unit(Level.STREET, STREET.code, Houses(None, "12"))
    both = PlaceCodes("1209033", "0327468", None, STREET.code, "10-12")
    assert (meant(from_12, both), meant(from_12, both, wholly=True)) == (True, False)


@pytest.mark.parametrize("level", list(Level))
def test_an_index_says_of_each_place_what_the_place_alone_says(level):
    codes = [
        HOME, UNKNOWN, PlaceCodes("1209033"), PlaceCodes(None, "0327416"), PlaceCodes("1412011", "0327379"),
        PlaceCodes("1209033", "0327468", None, STREET.code, "bn"),
        PlaceCodes(None, None, None, STREET.code, "7"),
    ]  # fmt: skip
    houses = Houses(Parity.ODD) if level is Level.STREET else None
    unit = Unit(
        level,
        {"voivodeship": "12", "powiat": "1209", "gmina": "120903", "locality": "0327416"}.get(
            level, STREET.code
        ),
        houses,
    )
    inside, unsure = CodeIndex(codes).meant(unit)
    verdicts = [meant(unit, one) for one in codes]
    assert inside == {at for at, verdict in enumerate(verdicts) if verdict}
    assert unsure == {at for at, verdict in enumerate(verdicts) if verdict is None}
