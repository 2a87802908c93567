"""One register of names out of several: no house is lost, whatever each of them knows."""

from __future__ import annotations

from datetime import date

import pytest

from manage.areas.kept_rows import AddressPoint, MunicipalRows
from manage.areas.naming import is_stand_in, named
from manage.areas.registers.rows import Locality, Street

TERC, TOWN, VILLAGE, HAMLET = "1209033", "0951617", "0327416", "0327468"
DAY = date(2026, 1, 1)


def locality(sym, name, within=None):
    return Locality(sym, within or sym, TERC, name, "01", DAY)


def street(code, name, feature="ul.", sym=TOWN):
    return Street(sym, code, TERC, feature, name, "", DAY)


def address(number, code="", street="", sym=TOWN, name="Myślenice", lon=19.9):
    return AddressPoint(sym, name, code, street, number, lon, 49.8)


def rows(localities=(), streets=(), addresses=()):
    return MunicipalRows(TERC, "Myślenice", list(localities), list(streets), list(addresses))


TOWN_ROW, VILLAGE_ROW = locality(TOWN, "Myślenice"), locality(VILLAGE, "Zawada")


def streets_of(gazetteer, sym=TOWN):
    found = next(one for one in gazetteer.localities if one.sym == sym)
    return {one.name: (one.code, [house.number for house in one.houses.listed]) for one in found.streets}


def test_the_register_names_a_street_and_prg_its_houses():
    found = named(
        rows(
            [TOWN_ROW],
            [street("00001", "Polna")],
            [address("2", "00001", "Polna"), address("10", "00001", "x")],
        ),
        "Gmina",
        None,
    )
    assert streets_of(found) == {"ul. Polna": ("00001", ["2", "10"])}


def test_a_street_that_the_register_does_not_know_yet_keeps_its_houses_under_prgs_name():
    found = named(rows([TOWN_ROW], [street("00001", "Polna")], [address("1", "00009", "Nowa")]), "", None)
    assert streets_of(found)["Nowa"] == ("00009", ["1"])


def test_a_locality_that_simc_does_not_know_is_there_by_prgs_name():
    found = named(rows([TOWN_ROW], [], [address("1", sym=VILLAGE, name="Zawada")]), "", None)
    assert (VILLAGE, "Zawada", 1) in [(one.sym, one.name, one.count) for one in found.localities]


@pytest.mark.parametrize("said", ["Polna", "ul. Polna", "ulica Polna"])
def test_a_street_without_a_code_is_the_one_of_that_name(said):
    found = named(rows([TOWN_ROW], [street("00001", "Polna")], [address("1", "", said)]), "", None)
    assert streets_of(found) == {"ul. Polna": ("00001", ["1"])}


def test_one_of_several_of_that_name_is_none_of_them():
    both = [street("00001", "Polna"), street("00002", "Polna", "pl.")]
    found = streets_of(named(rows([TOWN_ROW], both, [address("1", "", "Polna")]), "", None))
    code, numbers = found["Polna"]
    assert is_stand_in(code)
    assert numbers == ["1"]


def test_a_street_of_another_locality_is_not_meant():
    streets = [street("00001", "Polna", sym=VILLAGE)]
    found = named(rows([TOWN_ROW, VILLAGE_ROW], streets, [address("1", "", "Polna")]), "", None)
    assert is_stand_in(streets_of(found)["Polna"][0])


def test_a_stand_in_stays_the_same_and_goes_when_the_register_has_a_code():
    only = rows([TOWN_ROW], [], [address("1", "", "3-ego Maja"), address("1", "", "Krótka")])
    first = named(only, "", None)
    more = rows([TOWN_ROW], [], [address("5", "", "Dawna"), address("1", "", "3-ego Maja")])
    second = named(more, "", first)
    assert streets_of(second)["3-ego Maja"][0] == streets_of(first)["3-ego Maja"][0]
    assert "Krótka" not in streets_of(second)
    third = named(rows([TOWN_ROW], [street("00003", "3 Maja")], more.addresses), "", second)
    assert streets_of(third)["ul. 3 Maja"] == ("00003", ["1"])


def test_what_is_not_given_stays():
    whole = rows([TOWN_ROW, VILLAGE_ROW], [street("00001", "Polna")], [address("1", "00001", "Polna")])
    first = named(whole, "Gmina", None)
    assert named(rows(), "Gmina", first) == first
    assert named(rows(whole.localities), "Gmina", first) == first
    assert named(rows(streets=whole.streets), "Gmina", first) == first
    assert named(rows(addresses=whole.addresses), "Gmina", first) == first


def test_a_street_that_left_the_register_stays_while_prg_has_houses_on_it():
    first = named(rows([TOWN_ROW], [street("00001", "Polna")], [address("1", "00001", "Polna")]), "", None)
    second = named(rows(streets=[street("00002", "Leśna")]), "", first)
    assert set(streets_of(second)) == {"ul. Polna", "ul. Leśna"}


def test_an_old_name_is_kept_for_the_search():
    first = named(rows([TOWN_ROW], [street("00001", "Lenina")]), "", None)
    second = named(rows([locality(TOWN, "Nowe Myślenice")], [street("00001", "Polna")]), "", first)
    third = named(rows(streets=[street("00001", "Różana")]), "", second)
    (place,) = third.localities
    assert place.former == ("Myślenice",)
    assert place.streets[0].former == ("ul. Polna", "ul. Lenina")


def test_a_name_that_comes_back_is_no_old_one():
    first = named(rows([TOWN_ROW], [street("00001", "Lenina")]), "", None)
    second = named(rows(streets=[street("00001", "Polna")]), "", first)
    third = named(rows(streets=[street("00001", "Lenina")]), "", second)
    assert third.localities[0].streets[0].former == ("ul. Polna",)


def test_a_part_lies_in_its_locality_and_has_houses_of_its_own_where_prg_says_so():
    parts = [VILLAGE_ROW, locality(HAMLET, "Przymiarek", VILLAGE)]
    without = named(rows(parts, [], [address("1", sym=VILLAGE)]), "", None)
    assert [(one.sym, [part.sym for part in one.parts]) for one in without.localities] == [
        (VILLAGE, [HAMLET])
    ]
    having = named(rows(parts, [], [address("1", sym=VILLAGE), address("2", sym=HAMLET)]), "", None)
    assert {one.sym for one in having.localities} == {VILLAGE, HAMLET}


def test_the_same_house_said_twice_is_one_and_two_of_a_number_are_two():
    found = named(rows([TOWN_ROW], [], [address("1"), address("1"), address("1", lon=19.91)]), "", None)
    assert found.localities[0].count == 2
