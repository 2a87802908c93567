"""By which codes a place is found, and which code finds all whom a part can mean."""

from __future__ import annotations

import pytest

from shared.domain.area_parts import Level, Unit
from shared.domain.found_by import MOST_AT_ONCE, NO_GMINA, NO_STREET, any_of, code_of, codes_in, found_by
from shared.domain.house_numbers import Houses, Parity
from shared.domain.place_codes import UNKNOWN, PlaceCodes, meant

STREET = "0951617:01014"
GMINA = ("12", "1209", "120903")
IN_TOWN = (*GMINA, "120903>0951617", "0951617")


def at(number, street=STREET):
    return PlaceCodes("1209033", "0951617", None, street, number)


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (UNKNOWN, (NO_GMINA, NO_STREET)),
        (PlaceCodes("1209033"), (*GMINA, "120903>", NO_STREET)),
        (PlaceCodes("1209033", "0951617"), (*IN_TOWN, "0951617>")),
        (
            PlaceCodes("1209033", "0327379", "0327340"),
            (*GMINA, "120903>0327340", "0327379", "0327340", "0327340>0327379", "0327379>"),
        ),
        (at("7"), (*IN_TOWN, STREET, f"{STREET}/odd")),
        (at("12A/3"), (*IN_TOWN, STREET, f"{STREET}/even")),
        (at("10-13"), (*IN_TOWN, STREET, f"{STREET}/odd", f"{STREET}/even")),
        (at("bn"), (*IN_TOWN, STREET, f"{STREET}/odd", f"{STREET}/even")),
        (at(None), (*IN_TOWN, STREET, f"{STREET}/odd", f"{STREET}/even")),
    ],
)
def test_a_place_is_found_by_all_that_the_registers_say_and_by_what_they_do_not(codes, found):
    assert found_by(codes) == found


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        (Unit(Level.VOIVODESHIP, "12"), "12"),
        (Unit(Level.POWIAT, "1209"), "1209"),
        (Unit(Level.GMINA, "1209033"), "120903"),
        (Unit(Level.LOCALITY, "0951617"), "0951617"),
        (Unit(Level.STREET, STREET), STREET),
        (Unit(Level.STREET, STREET, Houses(first="3")), STREET),
        (Unit(Level.STREET, STREET, Houses(Parity.ODD, "3")), f"{STREET}/odd"),
        (Unit(Level.STREET, STREET, Houses(Parity.EVEN)), f"{STREET}/even"),
    ],
)
def test_a_part_has_one_code(unit, code):
    assert code_of(unit) == code


@pytest.mark.parametrize("number", ["1", "2", "2/3", "10-12", "10-13", "11A-15", "bn", None])
@pytest.mark.parametrize("parity", [None, *Parity])
@pytest.mark.parametrize("level", [Level.POWIAT, Level.LOCALITY, Level.STREET])
def test_whom_a_part_means_by_code_or_cannot_tell_is_found_by_its_code(number, parity, level):
    codes = {Level.POWIAT: "1209", Level.LOCALITY: "0951617", Level.STREET: STREET}
    unit = Unit(level, codes[level], Houses(parity) if level is Level.STREET and parity else None)
    assert meant(unit, at(number)) is False or code_of(unit) in found_by(at(number))


@pytest.mark.parametrize("count", [0, 1, MOST_AT_ONCE, MOST_AT_ONCE + 1])
def test_a_query_asks_for_as_many_codes_as_one_can(count):
    codes = [f"0951617:{number:05}" for number in range(count)]
    queries = any_of(codes)
    assert [code for query in queries for code in codes_in(query)] == codes
    assert len(queries) == -(-count // MOST_AT_ONCE)
