"""The surroundings of houses of a street: each is in, few neighbours are, and the corners are few."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import Point

from shared.geo.corridor import AROUND_M, NEIGHBOURS_M, corridor
from shared.geo.plane import METRES_PER_DEGREE
from shared.geo.shapes import vertices

LAT, LNG = 49.834, 19.93
METRE = 1 / METRES_PER_DEGREE  # of latitude, in degrees


def northwards(*metres):
    return [(LNG, LAT + far * METRE) for far in metres]


def holds(area, metres):
    return area.geometry.covers(Point(northwards(metres)[0]))


def test_of_no_houses_there_is_none():
    assert corridor([]) is None


def test_every_house_and_its_plot_are_in():
    area = corridor(northwards(0, 30, 60))
    assert all(holds(area, far) for far in range(-12, 73, 5))
    assert not holds(area, -AROUND_M - 2)
    assert not holds(area, 60 + AROUND_M + 2)


def test_houses_far_apart_are_joined_by_nothing():
    near, far = corridor(northwards(0, NEIGHBOURS_M - 1)), corridor(northwards(0, NEIGHBOURS_M + 1))
    assert (near.geometry.geom_type, far.geometry.geom_type) == ("Polygon", "MultiPolygon")
    assert not holds(far, NEIGHBOURS_M / 2)


@pytest.mark.parametrize("houses", [northwards(0), northwards(0, 0), northwards(*range(0, 2000, 20))])
def test_it_has_few_corners(houses):
    area = corridor(houses)
    assert shapely.is_valid(area.geometry)
    assert vertices(area) <= 30
