"""The municipality of a place, by boundaries; and which texts of the register are boundaries."""

from __future__ import annotations

import h3
import pytest
import shapely
from shapely.geometry import box

from shared.geo.boundaries import is_shape, municipality_at, municipality_of
from tests.fakes.municipalities import BOUNDARY

CELL = h3.latlng_to_cell(49.84, 19.94, 13)
LAT, LNG = h3.cell_to_latlng(CELL)
WEST = shapely.to_geojson(box(LNG - 0.1, LAT - 0.2, LNG, LAT + 0.2))  # the centre lies on its border
EAST = shapely.to_geojson(box(LNG, LAT - 0.2, LNG + 0.1, LAT + 0.2))
NORTH = shapely.to_geojson(box(LNG - 0.1, LAT + 0.001, LNG + 0.1, LAT + 0.2))


def test_it_is_the_one_that_holds_the_centre():
    assert municipality_of(CELL, {"1": NORTH, "2": WEST}) == "2"


def test_outside_all_of_them_there_is_none():
    assert municipality_of(CELL, {"1": NORTH}) is None
    assert municipality_of(CELL, {}) is None


def test_on_a_border_that_two_share_the_lower_code_wins():
    assert (
        municipality_of(CELL, {"2": WEST, "1": EAST}) == municipality_of(CELL, {"1": WEST, "2": EAST}) == "1"
    )


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


def test_an_exact_point_is_asked_itself_where_its_cell_lies_across_the_border():
    aside = LNG + 1e-5  # less than a metre east of the centre, in the same cell
    apart = {"1": shapely.to_geojson(box(LNG - 0.1, LAT - 0.2, LNG + 5e-6, LAT + 0.2)), "2": EAST}
    assert h3.latlng_to_cell(LAT, aside, 13) == CELL
    assert municipality_of(CELL, apart) == "1"
    assert municipality_at(LAT, aside, apart) == "2"
    assert municipality_at(LAT + 1, aside, apart) is None
