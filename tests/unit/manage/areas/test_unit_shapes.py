"""Shapes from houses: every house inside with what is around it, few corners, nothing beyond the border."""

from __future__ import annotations

import shapely
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from shapely.geometry import box

from manage.areas.unit_shapes import MOST_CORNERS, NEIGHBOURS_M, STREET_M, UnitShapes
from shared.domain.search.gazetteer import House, Houses
from shared.geo.plane import Plane
from shared.geo.shapes import Area
from tests.gazetteers import made

LAT, LON = 49.83, 19.94
EAST, NORTH = (1 / Plane.at(LAT).metres).tolist()  # degrees of a metre
SHAPES = UnitShapes(None)


def row(*places):
    """Houses at metres east and north, numbered from 1."""
    return Houses.of(House(f"{n}", LON + x * EAST, LAT + y * NORTH) for n, (x, y) in enumerate(places, 1))


def of(text):
    assert text is not None
    return shapely.from_geojson(text)


def holds(shape, x, y):
    return shape.contains(shapely.Point(LON + x * EAST, LAT + y * NORTH))


def test_without_houses_there_is_no_shape():
    assert SHAPES.street(Houses()) is SHAPES.locality([Houses()]) is None


def test_a_street_is_a_corridor_between_its_houses():
    shape = of(SHAPES.street(row((0, 0), (0, 25), (100, 0), (100, 25))))
    assert holds(shape, 50, 0)
    assert holds(shape, 0, -STREET_M * 0.8)
    assert not holds(shape, 50, -STREET_M * 1.6)


def test_houses_far_apart_are_not_joined():
    shape = of(SHAPES.street(row((0, 0), (0, 25), (NEIGHBOURS_M * 3, 0))))
    assert not holds(shape, NEIGHBOURS_M * 1.5, 0)
    assert holds(shape, NEIGHBOURS_M * 3, 0)


def test_a_house_without_a_number_lies_in_it():
    houses = Houses.of([House("bn", LON, LAT)])
    assert holds(of(SHAPES.street(houses)), 0, 0)


def test_a_shape_ends_at_the_border():
    shapes = UnitShapes(Area(box(LON - 0.01, LAT - 0.01, LON + 5 * EAST, LAT + 0.01)))
    shape = of(shapes.street(row((0, 0), (0, 25))))
    assert holds(shape, 0, 0)
    assert not holds(shape, 10, 0)


def test_houses_that_the_register_has_beyond_its_own_border_keep_their_shape():
    shapes = UnitShapes(Area(box(LON + 0.1, LAT, LON + 0.2, LAT + 0.1)))
    assert holds(of(shapes.street(row((0, 0)))), 0, 0)


def test_a_pond_amid_a_village_belongs_to_it_and_a_forest_does_not():
    around = [(x * 50, y * 50) for x in range(-5, 6) for y in range(-5, 6) if max(abs(x), abs(y)) == 5]
    assert holds(of(SHAPES.locality([row(*around)])), 0, 0)
    wide = [(x * 60, y * 60) for x in range(-12, 13) for y in range(-12, 13) if max(abs(x), abs(y)) == 12]
    assert not holds(of(SHAPES.locality([row(*wide)])), 0, 0)


def test_every_house_of_a_whole_gmina_lies_in_its_street_and_corners_are_few():
    for locality in made().localities:
        for street in locality.streets:
            shape = of(SHAPES.street(street.houses))
            assert shape.is_valid
            assert shapely.count_coordinates(shape) <= MOST_CORNERS
            assert all(shape.contains(shapely.Point(one.lon, one.lat)) for one in street.houses.listed)
        rows = [locality.houses, *(street.houses for street in locality.streets)]
        whole = of(SHAPES.locality(rows))
        assert all(whole.contains(shapely.Point(one.lon, one.lat)) for some in rows for one in some.listed)


@given(st.lists(st.tuples(st.integers(-2000, 2000), st.integers(-2000, 2000)), min_size=1, max_size=60))
@hypothesis_settings(max_examples=60, deadline=None)
def test_wherever_houses_stand_each_lies_inside(places):
    shape = of(SHAPES.street(row(*places)))
    assert shape.is_valid
    assert all(holds(shape, x, y) for x, y in places)
