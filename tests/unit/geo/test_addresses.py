"""Addresses of the register in an area are counted exactly."""

from __future__ import annotations

import json

import pytest

from shared.geo.addresses import count_addresses
from shared.geo.shapes import Area

SQUARE = Area.from_text(
    '{"type":"Polygon","coordinates":[[[19.9,49.8],[20.0,49.8],[20.0,49.9],[19.9,49.9],[19.9,49.8]]]}'
)


def feature(kind, shape, coordinates):
    return {
        "type": "Feature",
        "properties": {"name": "Główna", "kind": kind},
        "geometry": {"type": shape, "coordinates": coordinates},
    }


def base_map(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def test_addresses_of_streets_and_of_villages_without_streets_count_and_localities_do_not():
    text = base_map(
        feature("locality", "Point", [19.95, 49.85]),
        feature("street", "MultiPoint", [[19.91, 49.81], [19.92, 49.82], [20.5, 49.82]]),
        feature("addresses", "MultiPoint", [[19.93, 49.83], [19.93, 49.95]]),
    )
    assert count_addresses(text, SQUARE) == 3


def test_where_there_are_none_it_is_zero_and_certain():
    assert count_addresses(base_map(feature("street", "MultiPoint", [[20.5, 49.82]])), SQUARE) == 0


def test_two_addresses_at_one_point_are_two():
    twice = [[19.91, 49.81], [19.91, 49.81]]
    assert count_addresses(base_map(feature("street", "MultiPoint", twice)), SQUARE) == 2


def test_without_imported_addresses_nothing_is_known():
    assert count_addresses(base_map(feature("locality", "Point", [19.95, 49.85])), SQUARE) is None
    assert count_addresses(base_map(), SQUARE) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"features": [{}]}',
        '{"features": [{"geometry": null}]}',
        '{"features": [{"geometry": {"type": "MultiPoint", "coordinates": [["a", "b"]]}}]}',
        '{"features": [{"geometry": {"type": "MultiPoint", "coordinates": [[19.9]]}}]}',
        '{"features": [{"geometry": {"type": "MultiPoint", "coordinates": 7}}]}',
    ],
)
def test_what_cannot_be_read_is_unknown_and_no_fault_of_the_question(text):
    assert count_addresses(text, SQUARE) is None
