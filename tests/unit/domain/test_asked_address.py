"""Which address somebody means who types one: sure only where there is one, else what is offered."""

from __future__ import annotations

import pytest

from shared.domain.asked_address import MOST_OFFERED, NEIGHBOURS, Asked, Doubt, asked, called, chosen
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Part, Street
from shared.domain.search.index import index_of


def houses(*numbers: str) -> Houses:
    return Houses.of(House(number, 19.9, 49.8) for number in numbers)


REGISTER = Gazetteer(
    "1201022",
    "Gmina",
    (
        Locality(
            "1",
            "Duża",
            streets=(
                Street("01", "ul. Różana", houses("1", "2", "3", "12", "12A", "40")),
                Street("02", "ul. 3 Maja", houses("1", "3", "5")),
                Street("03", "ul. Główna", houses("7")),
                Street("04", "ul. Józefa Piłsudskiego", houses("5"), former=("Lenina",)),
                Street("05", "ul. Pusta"),
            ),
            houses=houses("100"),
        ),
        Locality("2", "Mała", (Part("3", "Górki"),), (Street("03", "ul. Główna", houses("7", "9")),)),
        Locality("4", "Zawada", houses=houses("1", "2")),
    ),
)
INDEX = index_of(REGISTER)


def told(found: Asked) -> tuple[str | None, Doubt | None, list[str]]:
    meant = None if found.meant is None else called(found.meant)
    return meant, found.doubt, [called(hit) for hit in found.offered]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Różana 12", "ul. Różana 12, Duża"),
        ("ulica rozana 12 a", "ul. Różana 12A, Duża"),
        ("Różana 12/3", "ul. Różana 12, Duża"),
        ("Różana", "ul. Różana, Duża"),
        ("3 Maja", "ul. 3 Maja, Duża"),
        ("3 Maja 5", "ul. 3 Maja 5, Duża"),
        ("Mała, Główna 9", "ul. Główna 9, Mała"),
        ("Piłsudskiego 5", "ul. Józefa Piłsudskiego 5, Duża"),
        ("Zawada 2", "Zawada 2"),
        ("Zawada", "Zawada"),
        ("Duża 100", "Duża 100"),
        ("12-345 Zawada 1", "Zawada 1"),
    ],
)
def test_one_name_that_fits_is_meant(line: str, meant: str):
    assert told(asked(INDEX, line))[:2] == (meant, None)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("Główna 7", ["ul. Główna 7, Mała", "ul. Główna 7, Duża"]),
        ("Główna 9", ["ul. Główna 9, Mała", "ul. Główna, Duża"]),
    ],
)
def test_of_several_places_one_is_to_be_chosen(line: str, offered: list[str]):
    assert told(asked(INDEX, line)) == (None, Doubt.SEVERAL, offered)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("Rórzana 12", ["ul. Różana 12, Duża"]),
        ("Lenina 5", ["ul. Józefa Piłsudskiego 5, Duża"]),
        ("Górki", ["Mała"]),
    ],
)
def test_errors_old_names_and_parts_are_asked_about(line: str, offered: list[str]):
    assert told(asked(INDEX, line)) == (None, Doubt.SIMILAR, offered)


@pytest.mark.parametrize("line", ["", "?", "Nieznana 5", "12"])
def test_what_fits_nothing_is_not_found(line: str):
    assert told(asked(INDEX, line)) == (None, Doubt.NOT_FOUND, [])


@pytest.mark.parametrize(
    ("line", "meant", "offered"),
    [
        ("Różana 11", "ul. Różana, Duża", ["2", "3", "12", "12A"]),
        ("Różana 9999", "ul. Różana, Duża", ["3", "12", "12A", "40"]),
        ("3 Maja 2", "ul. 3 Maja, Duża", ["1", "3", "5"]),
        ("Pusta 1", "ul. Pusta, Duża", []),
    ],
)
def test_a_number_that_is_not_there_offers_its_neighbours(line: str, meant: str, offered: list[str]):
    street, _, rest = meant.partition(",")
    near = [f"{street} {number},{rest}" for number in offered]
    assert len(near) <= NEIGHBOURS
    assert told(asked(INDEX, line)) == (meant, Doubt.NO_SUCH_NUMBER, near)


def test_names_that_begin_alike_are_offered_beside_the_one_that_is_meant():
    streets = (Street("1", "Polna", houses("3")), Street("2", "Polna Górna", houses("3")))
    found = asked(index_of(Gazetteer("1", "G", (Locality("1", "Duża", streets=streets),))), "Polna 3")
    assert told(found) == ("Polna 3, Duża", None, ["Polna Górna 3, Duża"])


def test_only_so_many_are_offered():
    towns = tuple(Locality(str(at), f"Wieś {at}", streets=(Street("1", "Polna"),)) for at in range(30))
    found = asked(index_of(Gazetteer("1", "G", towns)), "Polna")
    assert (found.doubt, len(found.offered)) == (Doubt.SEVERAL, MOST_OFFERED)


@pytest.mark.parametrize(
    ("codes", "answer"),
    [
        (("1", "01", "12a"), ("ul. Różana 12A, Duża", None)),
        (("1", "01", ""), ("ul. Różana, Duża", None)),
        (("2", "03", "7"), ("ul. Główna 7, Mała", None)),
        (("4", "", "2"), ("Zawada 2", None)),
        (("4", "", ""), ("Zawada", None)),
        (("1", "01", "11"), ("ul. Różana, Duża", Doubt.NO_SUCH_NUMBER)),
        (("9", "", ""), (None, Doubt.NOT_FOUND)),
        (("1", "99", "1"), (None, Doubt.NOT_FOUND)),
        (("2", "01", "1"), (None, Doubt.NOT_FOUND)),
        (("3", "", ""), (None, Doubt.NOT_FOUND)),
    ],
)
def test_what_was_offered_is_found_by_its_codes(
    codes: tuple[str, str, str], answer: tuple[str | None, Doubt | None]
):
    assert told(chosen(REGISTER, *codes))[:2] == answer
