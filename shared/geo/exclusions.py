"""What is taken out of an area: out of all that lies there, and whether that keeps anybody out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from shared.geo.cells import CELL_RADIUS_M
from shared.geo.faults import Fault
from shared.geo.geojson import MOST_VERTICES
from shared.geo.plane import Plane
from shared.geo.shapes import polygons_of, square_metres

_MOST_COORDINATES = 300_000  # of all pairs of a hole's part and another that it meets
_MOST_LOOKED_AT = 200  # exclusions whose effect is looked at
_HARDLY_M2 = 1.0
# An area is grown by a cell's radius, and a place lies as far from its cell's centre: a place is kept out
# for sure when it lies twice as far inside what is excluded.
_DEEP_M = 2 * CELL_RADIUS_M
LEAST_WIDTH_M = 20  # told to people: twice _DEEP_M, rounded up


def holes_of(geometry: BaseGeometry) -> list[Polygon]:
    return [Polygon(ring) for polygon in polygons_of(geometry) for ring in polygon.interiors]


def cut(parts: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The parts, each without the holes of those that it overlaps.

    Who drew a part over another one's hole left the place out all the same; a part that lies in a hole, as
    an island or a district of its own, overlaps nothing and stays. Raises Fault when there are too many.
    """
    holes = [(index, hole) for index, part in enumerate(parts) for hole in holes_of(part)]
    if not holes or len(parts) == 1:
        return list(parts)
    shapes = np.array([hole for _, hole in holes])
    numbers, others = shapely.STRtree(parts).query(shapes, predicate="intersects")
    shapely.prepare(shapes)
    beyond = ~shapely.covers(shapes[numbers], np.array(parts)[others])
    numbers, others = numbers[beyond], others[beyond]
    owners = np.array([owner for owner, _ in holes])[numbers]
    sizes = shapely.get_num_coordinates(np.array(parts))
    if int((sizes[owners] + sizes[others])[owners != others].sum()) > _MOST_COORDINATES:
        raise Fault("area-too-many-vertices", most=MOST_VERTICES)
    kept = list(parts)
    for number, owner, other in zip(numbers, owners, others, strict=True):
        if owner != other and _overlap(parts[owner], parts[other]):
            kept[other] = shapely.difference(kept[other], holes[number][1])
    return kept


def _overlap(one: BaseGeometry, other: BaseGeometry) -> bool:
    return square_metres(shapely.intersection(one, other)) > _HARDLY_M2


def without_effect(excluded: Sequence[BaseGeometry], drawn: BaseGeometry) -> list[Fault]:
    """Of what was excluded, what keeps nobody out: too small, or not in the area (without its own hole)."""
    found = []
    around = shapely.union_all([Polygon(one.exterior) for one in polygons_of(drawn)])
    shapely.prepare(around)
    for shape in excluded[:_MOST_LOOKED_AT]:
        inside = shape if around.covers(shape) else shapely.intersection(shape, around)
        point = shape.representative_point()
        place = {"lng": round(point.x, 5), "lat": round(point.y, 5)}
        if square_metres(inside) < _HARDLY_M2:
            found.append(Fault("area-exclusion-elsewhere", **place))
        elif shapely.buffer(Plane.of(inside).project(inside), -_DEEP_M).is_empty:
            found.append(Fault("area-exclusion-small", **place, least=LEAST_WIDTH_M))
    return found
