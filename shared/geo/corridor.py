"""The surroundings of some houses of a street, which the register gives as points alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import shapely
from shapely.geometry import LineString, MultiPoint
from shapely.geometry.base import BaseGeometry

from shared.geo.plane import Plane
from shared.geo.shapes import Area

AROUND_M = 15.0  # about a house: its plot, and hardly the one across the street
NEIGHBOURS_M = 70.0  # houses farther apart are joined by no corridor: between them may lie a wood
_QUADRANT_SEGMENTS = 2  # few corners: what it loses of the circle is ground, not a house
_SIMPLER_M = 1.0


def corridor(houses: Sequence[tuple[float, float]]) -> Area | None:
    """`houses`: longitude and latitude, in the order of their numbers; None without any."""
    if not houses:
        return None
    plane = Plane.of(MultiPoint(houses), AROUND_M)
    flat = plane.project(MultiPoint(houses))
    shape = shapely.union_all([flat, *_between(flat)]).buffer(AROUND_M, _QUADRANT_SEGMENTS)
    return Area.of(plane.unproject(shapely.simplify(shape, _SIMPLER_M)))


def _between(flat: MultiPoint) -> list[BaseGeometry]:
    pairs = pairwise(flat.geoms)
    return [LineString(pair) for pair in pairs if 0 < pair[0].distance(pair[1]) <= NEIGHBOURS_M]
