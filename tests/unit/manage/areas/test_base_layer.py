"""The map beneath an area: every house and name of the search, small enough for one document."""

from __future__ import annotations

import json

import pytest

from manage.areas.base_layer import base_layer
from tests.fakes.areas import GAZETTEER
from tests.gazetteers import made, town


def features(text):
    return json.loads(text)["features"]


def test_localities_are_told_from_streets_and_from_houses_without():
    found = [
        (one["properties"]["kind"], one["properties"]["name"]) for one in features(base_layer(GAZETTEER))
    ]
    assert found == [
        ("locality", "Regionalna"),
        ("locality", "Zawada"),
        ("street", "Różana"),
        ("street", "Dworcowa"),
        ("addresses", "Zawada"),
    ]


def test_it_is_small_and_shows_every_house_with_its_number():
    text = base_layer(made())
    assert len(text.encode()) < 700_000
    houses = [one for one in features(text) if one["geometry"]["type"] == "MultiPoint"]
    told = sorted(
        (number, *point)
        for one in houses
        for point, number in zip(one["geometry"]["coordinates"], one["properties"]["numbers"], strict=True)
    )
    listed = [row for one in made().localities for row in (one.houses, *(s.houses for s in one.streets))]
    assert told == sorted(
        (one.number, round(one.lon, 5), round(one.lat, 5)) for row in listed for one in row.listed
    )


def test_of_too_many_houses_every_second_is_drawn_or_fewer_and_every_street_still():
    large = town([f"Ulica {number}" for number in range(50)])
    text = base_layer(large, most_bytes=20_000)
    assert len(text.encode()) <= 20_000
    streets = [one for one in features(text) if one["properties"]["kind"] == "street"]
    assert len(streets) == 50
    assert all(one["geometry"]["coordinates"] and "numbers" not in one["properties"] for one in streets)


@pytest.mark.parametrize("name", ["pl. Wolności", "os. Słoneczne"])
def test_the_kind_of_a_plain_street_alone_is_left_out(name):
    (_, street) = features(base_layer(town([name])))
    assert street["properties"]["name"] == name
