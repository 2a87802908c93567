"""Which texts of the register are shapes that can be drawn, and asked for a place."""

from __future__ import annotations

import pytest

from shared.geo.boundaries import is_shape
from tests.fakes.municipalities import BOUNDARY

NO_SHAPES = {
    "nothing": None,
    "a number": 5,
    "no JSON": "{",
    "no GeoJSON": "[]",
    "a word": '"Polygon"',
    "a point": '{"type":"Point","coordinates":[19.9,49.8]}',
    "empty": '{"type":"Polygon","coordinates":[]}',
    "of words": '{"type":"Polygon","coordinates":[[["a","b"],["a","b"],["a","b"],["a","b"]]]}',
    "an open ring": '{"type":"Polygon","coordinates":[[[19,49],[20,49],[20,50]]]}',
    "not finite": '{"type":"Polygon","coordinates":[[[1e999,49],[20,49],[20,50],[1e999,49]]]}',
    "nested without end": "[" * 100_000,
}


def test_a_boundary_is_a_shape():
    assert is_shape(BOUNDARY)


@pytest.mark.parametrize("text", NO_SHAPES.values(), ids=NO_SHAPES)
def test_what_cannot_be_drawn_is_none(text):
    assert not is_shape(text)
