"""The municipality of a place: the one whose boundary its cell's centre lies in."""

from __future__ import annotations

import h3
import shapely
from shapely.geometry import box

from shared.geo.boundaries import municipality_of

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
