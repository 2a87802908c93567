"""Areas: valid shapes, and what is asked of them; read_area.py makes them of what staff draw or upload."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, pi
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from shared.errors import InvalidArea
from shared.geo.cells import CELL_RADIUS_M
from shared.geo.plane import Plane

Polygonal = Polygon | MultiPolygon

LEAST_AREA_M2 = 1
_GRIDS = (1e-7, 1e-6)  # degrees: a centimetre, and what is tried when that makes the shape invalid
_QUADRANT_SEGMENTS = 16
_SIMPLER_M = (0.5, 1.0, 2.0, 4.0, 8.0)  # below the tolerance of a boundary


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
        """A stored area or a boundary of the register: trusted, of any size. Raises InvalidArea."""
        try:
            area = cls.of(shapely.from_geojson(text))
        except shapely.errors.ShapelyError:
            raise InvalidArea("area-not-geojson") from None
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

    @cached_property
    def core(self) -> Polygonal:
        """Where only centres of cells lie of which every place is in the area; nothing of a narrow one."""
        plane = Plane.of(self.geometry)
        return grown(self.geometry, plane, -CELL_RADIUS_M)

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of a point in the area: its centre of gravity where that is inside."""
        centroid = self.geometry.centroid
        point = centroid if self.geometry.covers(centroid) else self.geometry.representative_point()
        return point.x, point.y


def vertices(area: Area) -> int:
    return int(shapely.count_coordinates(area.geometry))


def square_metres(geometry: BaseGeometry) -> float:
    return float(Plane.of(geometry).project(geometry).area)


def buffered(area: Area, metres: float = CELL_RADIUS_M) -> Polygonal:
    """The area grown by `metres`, never by less: everything within that distance is inside."""
    return grown(area.geometry, Plane.of(area.geometry, metres), metres)


def grown(geometry: BaseGeometry, plane: Plane, metres: float) -> Polygonal:
    """What lies within `metres` of it in the plane; below zero, what lies as far inside it.

    A buffer's arcs are chords, up to 1.5 steps long (GEOS, OffsetSegmentGenerator), which cut the corner:
    the distance is lengthened by what they lose.
    """
    distance = metres / cos(0.75 * pi / (2 * _QUADRANT_SEGMENTS))
    wide: Polygonal = plane.unproject(
        shapely.buffer(plane.project(geometry), distance, quad_segs=_QUADRANT_SEGMENTS)
    )
    return wide


def outline(area: Area, most: int, simpler_m: Sequence[float] = _SIMPLER_M) -> Area:
    """The area with at most so many coordinates where metres do not matter: shown, and taken as a whole.

    Corners move by the first of `simpler_m`, half a metre, where that is enough: less than a place is away
    from its cell's centre. With the last of them there may still be more.
    """
    plane, simple = Plane.of(area.geometry), area
    for metres in simpler_m:
        if shapely.count_coordinates(simple.geometry) <= most:
            break
        flat = shapely.simplify(plane.project(area.geometry), metres)
        simple = Area.of(plane.unproject(flat)) or area
    return simple


def within(area: Area, boundary: Area, tolerance_m: float = 10.0) -> bool:
    """Whether the area lies in the boundary, but for `tolerance_m`."""
    shapely.prepare(boundary.geometry)
    if boundary.geometry.covers(area.geometry):
        return True  # the buffer of a long border takes seconds
    allowed = buffered(boundary, tolerance_m)
    shapely.prepare(allowed)
    return bool(allowed.covers(area.geometry))


def clip(area: Area, boundary: Area) -> Area | None:
    """The part of the area inside the boundary, None when there is hardly any."""
    return Area.of(shapely.intersection(area.geometry, boundary.geometry))


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """The polygons of a geometry or of a collection's members; points and lines are left out."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if isinstance(part, Polygon)]


def _rounded(geometry: BaseGeometry) -> Polygonal | None:
    """Its polygons as one shape with coordinates of 7 digits; where plain rounding makes rings cross or
    touch, the shape is snapped to a grid, which costs much more."""
    exact = shapely.union_all(polygons_of(geometry))
    for grid in (None, *_GRIDS):
        snapped = exact if grid is None else _snapped(exact, grid)
        rounded = shapely.transform(snapped, lambda lnglat: lnglat.round(7))
        if rounded.is_valid:  # not where nothing is left of a ring, which the grid drops
            return _polygonal(shapely.remove_repeated_points(rounded))  # corners that are now the same
    return _polygonal(exact)


def _snapped(geometry: BaseGeometry, grid: float) -> BaseGeometry:
    return shapely.union_all(polygons_of(shapely.set_precision(geometry, grid)))


def _polygonal(geometry: BaseGeometry) -> Polygonal | None:
    """In the one order and orientation that equal shapes share (RFC 7946: outer rings anticlockwise)."""
    ordered = shapely.orient_polygons(shapely.normalize(geometry))
    return ordered if isinstance(ordered, Polygonal) else None
