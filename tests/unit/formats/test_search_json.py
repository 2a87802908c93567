"""The search document: what is written is read, how large it is, and its pages when it is too large."""

from __future__ import annotations

import json

import pytest

from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Part, Street
from shared.formats.search_json import MOST_BYTES, gazetteer_of, packed, with_page
from tests.gazetteers import made, town

FIRESTORE_BYTES = 1_048_576  # of a document
STREET = Street(
    "90001", "gen. Józefa Bema", Houses.of([House("2", 19.9, 49.8), House("1A", -1e-5, 0)]), ("Lenina",)
)
NUMBERED = Houses.of([House("10", 19.9, 49.8), House("9", 19.90001, 49.8)])
SMALL = Gazetteer(
    "1099013",
    "Gmina Regionalna",
    (
        Locality("9990013", "Łąki", (Part("9990020", "Stare"),), (STREET,), Houses(), ("Łąki Duże",)),
        Locality("9990037", "Nowa Wieś", houses=NUMBERED),
    ),
)


def test_what_is_packed_is_read_again():
    (text,) = packed(SMALL)
    assert gazetteer_of(text) == SMALL


def test_houses_stand_in_the_order_of_their_numbers():
    numbers = ("10", "2", "2A", "12/3", "2B", "1")
    houses = Houses.of(House(number, 19.9, 49.8) for number in numbers)
    assert [house.number for house in houses.listed] == ["1", "2", "2A", "2B", "10", "12/3"]


def test_points_are_coded_as_the_algorithm_says():
    """The example of Google's documentation."""
    points = [(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)]
    houses = Houses.of(House(str(at), lon, lat) for at, (lat, lon) in enumerate(points))
    (text,) = packed(Gazetteer("1099013", "", (Locality("9990013", "", houses=houses),)))
    assert json.loads(text)["localities"][0]["houses"] == ["0 1 2", "_p~iF~ps|U_ulLnnqC_mqNvxq`@"]


def test_a_space_in_a_number_is_no_number_more():
    houses = Houses.of([House("12 A", 19.9, 49.8)])
    (text,) = packed(Gazetteer("1099013", "", (Locality("9990013", "", houses=houses),)))
    assert [house.number for house in gazetteer_of(text).localities[0].houses.listed] == ["12A"]


def test_a_municipality_of_25_000_is_one_document(capsys):
    texts = packed(made())
    size = len(texts[0].encode())
    with capsys.disabled():
        print(f"\n{sum(one.count for one in made().localities):,} addresses: {size:,} bytes")
    assert len(texts) == 1
    assert size < 100_000 < MOST_BYTES < FIRESTORE_BYTES


def test_points_are_right_to_a_metre():
    gazetteer = made()
    for one, other in zip(gazetteer.localities, gazetteer_of(packed(gazetteer)[0]).localities, strict=True):
        for street, read in zip(one.streets, other.streets, strict=True):
            for house, again in zip(street.houses.listed, read.houses.listed, strict=True):
                assert (again.number, again.lon, again.lat) == pytest.approx(
                    (house.number, house.lon, house.lat), abs=6e-6
                )


def test_what_is_too_much_for_one_document_is_in_pages():
    large = town([f"Ulica {number}" for number in range(300)])
    names, *pages = packed(large, most_bytes=20_000)
    assert len(pages) > 1
    assert max(len(text.encode()) for text in (names, *pages)) <= 20_000
    found = gazetteer_of(names)
    assert [street.houses.count for street in found.localities[0].streets] == [40] * 300
    assert not any(street.houses.listed for street in found.localities[0].streets)
    for page in pages:
        found = with_page(found, page)
    assert found == gazetteer_of(packed(large)[0])


def test_a_page_fills_what_names_it():
    names, first, *_ = packed(town(["Polna", "Leśna", "Wodna"]), most_bytes=700)
    found = with_page(gazetteer_of(names), first).localities[0].streets
    assert [bool(street.houses.listed) for street in found] == [
        street.houses.page is None for street in found
    ]
    assert any(street.houses.listed for street in found)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"v":2,"terc":"1","name":"","localities":[]}'])
def test_another_text_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011
        gazetteer_of(text)


def test_a_page_of_another_municipality_is_refused():
    with pytest.raises(ValueError, match="a page of 1"):
        with_page(SMALL, '{"v":1,"terc":"1","page":0,"houses":{}}')


def test_numbers_without_points_are_refused():
    text = packed(SMALL)[0].replace('"9 10"', '"9 10 11"')
    with pytest.raises(ValueError, match="points"):
        gazetteer_of(text)
