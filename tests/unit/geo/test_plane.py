"""The plane: metres from degrees, never longer than on the ground."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import box

from shared.geo.plane import METRES_PER_DEGREE, Plane


def scale(plane: Plane) -> list[float]:
    return [float(metres) for metres in plane.metres]


def test_a_degree_of_latitude_is_the_same_everywhere_and_one_of_longitude_half_as_long_at_sixty():
    assert scale(Plane.at(60)) == pytest.approx([METRES_PER_DEGREE / 2, METRES_PER_DEGREE])
    assert pytest.approx(111_195, abs=1) == METRES_PER_DEGREE


@pytest.mark.parametrize(
    ("south", "north", "margin_m", "latitude"),
    [
        (49, 50, 0, 50),
        (-50, 49, 0, 50),
        (-50, -49, 0, 50),
        (49, 50, 2 * METRES_PER_DEGREE, 52),
        (88, 89.5, 0, 89),
    ],
)
def test_the_scale_is_that_of_the_latitude_farthest_from_the_equator(south, north, margin_m, latitude):
    assert scale(Plane.of(box(20, south, 21, north), margin_m)) == pytest.approx(scale(Plane.at(latitude)))


def test_without_a_margin_it_is_the_shapes_own_latitude_exactly():
    assert scale(Plane.of(box(20, 49, 21, 50))) == scale(Plane.at(50))


def test_what_was_projected_comes_back():
    plane = Plane.at(50)
    there = plane.project(box(20, 49, 21, 50))
    assert there.bounds == pytest.approx((20 * plane.metres[0], 49 * plane.metres[1],
                                          21 * plane.metres[0], 50 * plane.metres[1]))  # fmt: skip
    assert shapely.equals_exact(plane.unproject(there), box(20, 49, 21, 50), 1e-9)
