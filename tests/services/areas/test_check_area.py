"""Areas against the border of the municipality: a few metres beyond it are its drawing's, more are not."""

from __future__ import annotations

import json

import pytest

from shared.errors import InvalidInput
from shared.geo.shapes import Area
from shared.services.areas.check_area import check_area

WEST, SOUTH, EAST, NORTH = 19.90, 49.80, 19.96, 49.86
METRES_PER_DEGREE = 71_960  # of longitude, at 49.82 degrees


def rectangle(west, south, east, north):
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


BOUNDARY = Area.from_text(json.dumps(rectangle(WEST, SOUTH, EAST, NORTH)))


def test_a_fault_is_told_at_the_place_in_the_request_that_the_caller_named():
    for area, code in [({}, "area-not-geojson"), (reaching_out(50), "area-outside")]:
        with pytest.raises(InvalidInput) as refused:
            check_area(area, BOUNDARY, "/content/area")
        assert [(error.pointer, error.code) for error in refused.value.errors] == [("/content/area", code)]


def reaching_out(metres):
    """An area along the eastern border that lies so many metres in the neighbour's land."""
    return rectangle(EAST - 0.005, 49.815, EAST + metres / METRES_PER_DEGREE, 49.825)


@pytest.mark.parametrize("metres", [-1, 0, 5, 9])
def test_an_area_that_leaves_by_less_than_the_drawings_differ_is_accepted(metres):
    check_area(reaching_out(metres), BOUNDARY)


@pytest.mark.parametrize("metres", [11, 15, 50, 300, 1000])
def test_an_area_that_reaches_into_the_neighbours_land_is_refused_with_its_part_inside(metres):
    with pytest.raises(InvalidInput) as refused:
        check_area(reaching_out(metres), BOUNDARY)
    assert [error.code for error in refused.value.errors] == ["area-outside"]
    assert refused.value.inside is not None
