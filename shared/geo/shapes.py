"""Areas: what staff draw or upload, checked once, and what is asked of them afterwards.

Codes of InvalidArea (with `at`, the path inside the GeoJSON, where there is one):
area-not-geojson, area-wrong-type (type), area-nested-collection, area-coordinates, area-not-finite,
area-too-many-vertices (most; crossings count), area-empty, area-ring-open, area-ring-short, area-swapped,
area-outside-poland (lng, lat), area-self-crossing (lng, lat), area-hole-outside (lng, lat),
area-too-small (least, square metres).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from math import cos, pi
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from shared.errors import InvalidArea
from shared.geo import geojson
from shared.geo.cells import CELL_RADIUS_M
from shared.geo.geojson import Fault, Rings
from shared.geo.plane import Plane

Polygonal = Polygon | MultiPolygon

LEAST_AREA_M2 = 1
POLAND = (14.0, 48.9, 24.3, 55.1)  # west, south, east, north: its bounding box, with a little around
_GRIDS = (1e-7, 1e-6)  # degrees: a centimetre, and what is tried when that makes the shape invalid
_QUADRANT_SEGMENTS = 16
_EDGES_AT_ONCE = 100  # whose crossings are looked for before the count is looked at
_MOST_CROSSED = 2 * geojson.MOST_VERTICES  # a crossing is met from both its edges
_MOST_MEETING = 1_000_000  # pairs of edges whose boxes meet; a city's 48 districts have some 6 to an edge


@dataclass(frozen=True)
class Area:
    """A valid, non-empty shape in degrees (longitude, latitude), with coordinates of 7 digits."""

    geometry: Polygonal

    @classmethod
    def of(cls, geometry: BaseGeometry) -> Area | None:
        """The polygons of any geometry, rounded; None when less than a square metre is left."""
        rounded = _rounded(geometry)
        return None if rounded is None or square_metres(rounded) < LEAST_AREA_M2 else cls(rounded)

    @classmethod
    def from_text(cls, text: str) -> Area:
        """A stored area or a boundary of the register: trusted, of any size."""
        area = cls.of(shapely.from_geojson(text))
        if area is None:
            raise InvalidArea("area-empty")
        return area

    def geojson(self) -> dict[str, Any]:
        """A Polygon or MultiPolygon (RFC 7946), as JSON is decoded."""
        decoded: dict[str, Any] = json.loads(self.text())
        return decoded

    def text(self) -> str:
        """The GeoJSON as compact text; `from_text` gives the same area back."""
        return json.dumps(mapping(self.geometry), separators=(",", ":"))

    @cached_property
    def reach(self) -> Polygonal:
        """Where the centres of the cells of all places in the area lie."""
        return buffered(self, CELL_RADIUS_M)

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of a point in the area: its centre of gravity where that is inside."""
        centroid = self.geometry.centroid
        point = centroid if self.geometry.covers(centroid) else self.geometry.representative_point()
        return point.x, point.y


def square_metres(geometry: BaseGeometry) -> float:
    return float(Plane.of(geometry).project(geometry).area)


def buffered(area: Area, metres: float = CELL_RADIUS_M) -> Polygonal:
    """The area grown by `metres`, never by less: everything within that distance is inside.

    A buffer's arcs are chords, up to 1.5 steps long (GEOS, OffsetSegmentGenerator), which cut the corner:
    the distance is lengthened by what they lose.
    """
    plane = Plane.of(area.geometry, metres)
    distance = metres / cos(0.75 * pi / (2 * _QUADRANT_SEGMENTS))
    grown: Polygonal = plane.unproject(
        shapely.buffer(plane.project(area.geometry), distance, quad_segs=_QUADRANT_SEGMENTS)
    )
    return grown


def within(area: Area, boundary: Area, tolerance_m: float = 10.0) -> bool:
    """Whether the area lies in the boundary, but for `tolerance_m`."""
    allowed = buffered(boundary, tolerance_m)
    shapely.prepare(allowed)
    return bool(allowed.covers(area.geometry))


def clip(area: Area, boundary: Area) -> Area | None:
    """The part of the area inside the boundary, None when there is hardly any."""
    return Area.of(shapely.intersection(area.geometry, boundary.geometry))


def parse_area(value: object, pointer: str = "/area") -> Area:
    """The area a client sent: decoded GeoJSON or its text. Raises InvalidArea, at `pointer`.

    Polygons that overlap become one; a ring that crosses itself is refused, since what it encloses is
    a guess.
    """
    try:
        decoded = geojson.decoded(value) if isinstance(value, str) else value
        return _checked(geojson.polygons(decoded))
    except Fault as fault:
        raise InvalidArea(fault.code, pointer=pointer, **fault.params) from None


def _checked(polygons: list[Rings]) -> Area:
    _check_in_poland(np.concatenate([ring for rings in polygons for ring in rings]))
    parts = [_polygon(rings) for rings in polygons]
    _check_crossings(polygons)
    area = Area.of(shapely.union_all(parts))
    if area is None:
        raise Fault("area-too-small", least=LEAST_AREA_M2)
    if shapely.count_coordinates(area.geometry) > geojson.MOST_VERTICES:  # polygons that cross add corners
        raise Fault("area-too-many-vertices", most=geojson.MOST_VERTICES)
    return area


def _check_crossings(polygons: list[Rings]) -> None:
    """Each adds a corner; counted before the union, which takes hundreds of megabytes for some thousands.

    Edges of different polygons alone: each by itself is valid. Pairs of them whose boxes meet are bounded,
    too: polygons that all lie on each other have no crossing.
    """
    if len(polygons) == 1:
        return
    ends = np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for rings in polygons for ring in rings])
    owner = np.repeat(np.arange(len(polygons)), [sum(len(ring) - 1 for ring in rings) for rings in polygons])
    edges = np.asarray(shapely.linestrings(ends))
    tree, met, crossed = shapely.STRtree(edges), 0, 0
    for start in range(0, len(edges), _EDGES_AT_ONCE):
        ours, others = tree.query(edges[start : start + _EDGES_AT_ONCE])
        foreign = owner[start + ours] != owner[others]
        ours, others = start + ours[foreign], others[foreign]
        met += len(others)
        if met <= _MOST_MEETING:
            crossed += int(_cross(ends[ours], ends[others]).sum())
        if met > _MOST_MEETING or crossed > _MOST_CROSSED:
            raise Fault("area-too-many-vertices", most=geojson.MOST_VERTICES)


def _cross(some: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Of pairs of edges: the ends of each lie on both sides of the other."""
    crossing: NDArray[np.bool_] = _parted(some, others) & _parted(others, some)
    return crossing


def _parted(edges: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the ends of the others lie on both sides of the line of an edge."""
    begin, along = edges[:, 0], edges[:, 1] - edges[:, 0]
    first, second = others[:, 0] - begin, others[:, 1] - begin
    sides = (along[:, 0] * side[:, 1] - along[:, 1] * side[:, 0] for side in (first, second))
    parted: NDArray[np.bool_] = np.multiply(*sides) < 0
    return parted


def _check_in_poland(points: NDArray[np.float64]) -> None:
    outside = _outside_poland(points)
    if not outside.any():
        return
    if not _outside_poland(points[:, ::-1]).any():
        raise Fault("area-swapped")
    lng, lat = points[int(np.argmax(outside))].tolist()
    raise Fault("area-outside-poland", lng=lng, lat=lat)


def _outside_poland(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    west, south, east, north = POLAND
    lng, lat = points[:, 0], points[:, 1]
    outside: NDArray[np.bool_] = (lng < west) | (lng > east) | (lat < south) | (lat > north)
    return outside


def _polygon(rings: Rings) -> Polygon:
    polygon = Polygon(rings[0], rings[1:])
    if square_metres(polygon.convex_hull) < LEAST_AREA_M2:
        raise Fault("area-too-small", least=LEAST_AREA_M2)
    if not polygon.is_valid:
        raise _invalidity(polygon)
    return polygon


def _invalidity(polygon: Polygon) -> Fault:
    """GEOS names the fault and, in brackets, a place: "Self-intersection[19.9 49.8]"."""
    reason = shapely.is_valid_reason(polygon)
    where = re.search(r"\[(\S+) (\S+)\]", reason)
    lng, lat = (float(where[1]), float(where[2])) if where else polygon.exterior.coords[0]
    code = "area-hole-outside" if reason.startswith("Hole") else "area-self-crossing"
    return Fault(code, lng=round(lng, 7), lat=round(lat, 7))


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    """The polygons of a geometry or of a collection's members; points and lines are left out."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if isinstance(part, Polygon)]


def _rounded(geometry: BaseGeometry) -> Polygonal | None:
    """Its polygons as one shape with coordinates of 7 digits; where plain rounding makes rings cross or
    touch, the shape is snapped to a grid, which costs much more."""
    exact = shapely.union_all(_polygons(geometry))
    for grid in (None, *_GRIDS):
        snapped = exact if grid is None else _snapped(exact, grid)
        rounded = shapely.transform(snapped, lambda lnglat: lnglat.round(7))
        if rounded.is_valid:  # not where nothing is left of a ring, which the grid drops
            return _polygonal(shapely.remove_repeated_points(rounded))  # corners that are now the same
    return _polygonal(exact)


def _snapped(geometry: BaseGeometry, grid: float) -> BaseGeometry:
    return shapely.union_all(_polygons(shapely.set_precision(geometry, grid)))


def _polygonal(geometry: BaseGeometry) -> Polygonal | None:
    """In the one order and orientation that equal shapes share (RFC 7946: outer rings anticlockwise)."""
    ordered = shapely.orient_polygons(shapely.normalize(geometry))
    return ordered if isinstance(ordered, Polygonal) else None
