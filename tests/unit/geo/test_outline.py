"""A shape with fewer corners, where metres do not matter."""

from __future__ import annotations

from math import cos, pi, sin

import pytest
import shapely
from shapely.geometry import Polygon

from shared.geo.plane import Plane
from shared.geo.shapes import Area, outline

PLANE = Plane.at(50.0)


def comb(teeth: int, deep_m: float) -> Area:
    """A strip whose upper edge has teeth, ten metres apart."""
    upper = [(10.0 * n, 500.0 + deep_m * (n % 2)) for n in range(2 * teeth, -1, -1)]
    flat = Polygon([(0.0, 0.0), (20.0 * teeth, 0.0), *upper])
    made = Area.of(PLANE.unproject(flat))
    assert made is not None
    return made


def corners(area: Area) -> int:
    return int(shapely.count_coordinates(area.geometry))


def apart_m(one: Area, other: Area) -> float:
    return float(shapely.hausdorff_distance(PLANE.project(one.geometry), PLANE.project(other.geometry)))


def test_an_area_with_few_enough_corners_is_left_as_it_is():
    area = comb(10, 3.0)
    assert outline(area, corners(area)) is area


@pytest.mark.parametrize(("deep_m", "moved_m"), [(0.4, 0.5), (0.9, 1.0), (1.8, 2.0), (3.5, 4.0), (7.5, 8.0)])
def test_corners_move_no_farther_than_they_must(deep_m: float, moved_m: float):
    """Half a metre, then twice as far each time."""
    area = comb(50, deep_m)
    simple = outline(area, 20)
    assert corners(simple) <= 20
    assert moved_m / 4 < apart_m(area, simple) <= moved_m


def test_eight_metres_are_the_most_however_many_corners_stay():
    area = comb(50, 17.0)
    assert corners(outline(area, 20)) == corners(area)


def test_a_circle_keeps_its_form():
    ring = [(2000 * cos(2 * pi * n / 4000), 2000 * sin(2 * pi * n / 4000)) for n in range(4000)]
    area = Area.of(PLANE.unproject(Polygon(ring)))
    assert area is not None
    simple = outline(area, 500)
    assert 20 < corners(simple) <= 500
    assert apart_m(area, simple) <= 0.5
