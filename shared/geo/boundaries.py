"""Which municipality a place belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import isfinite
from threading import Lock

import h3
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry


def municipality_of(cell: str, boundaries: Mapping[str, str]) -> str | None:
    """TERC of the municipality that the cell's centre lies in, None outside all of them.

    `boundaries` is GeoJSON text by TERC; on a border that two share, the lower TERC wins.
    """
    lat, lng = h3.cell_to_latlng(cell)
    return municipality_at(lat, lng, boundaries)


def municipalities_about(cell: str, boundaries: Mapping[str, str]) -> frozenset[str | None]:
    """Those that any place of the cell lies in, None for outside all of them: of its centre and its corners.

    One of them alone is certain; a cell that a border cuts belongs to none without asking more.
    """
    corners = (h3.cell_to_latlng(cell), *h3.cell_to_boundary(cell))
    return frozenset(municipality_at(lat, lng, boundaries) for lat, lng in corners)


def municipality_at(lat: float, lng: float, boundaries: Mapping[str, str]) -> str | None:
    """As municipality_of, of an exact point: a cell's centre can lie on the other side of a border."""
    point = Point(lng, lat)
    matching = (terc for terc, text in boundaries.items() if _holds(text, point))
    return min(matching, default=None)


def is_shape(geojson: object) -> bool:
    """Whether it is GeoJSON text of polygons that can be drawn and asked."""
    if not isinstance(geojson, str):
        return False
    try:
        shape = shapely.from_geojson(geojson)
    except ShapelyError:
        return False
    return isinstance(shape, Polygon | MultiPolygon) and all(map(isfinite, shape.bounds))


def _holds(geojson: str, point: Point) -> bool:
    west, south, east, north = _bounds(geojson)
    if not (west <= point.x <= east and south <= point.y <= north):
        return False
    boundary, turn = _prepared(geojson)
    with turn:
        return bool(boundary.intersects(point))


@lru_cache(maxsize=4096)  # all gminas of Poland are 2,477
def _bounds(geojson: str) -> tuple[float, float, float, float]:
    """Most boundaries are told apart by it alone, and need not be kept prepared."""
    west, south, east, north = shapely.from_geojson(geojson).bounds
    return west, south, east, north


@lru_cache(maxsize=256)
def _prepared(geojson: str) -> tuple[BaseGeometry, Lock]:
    """With the lock under which it is asked: a prepared shape is not for several threads at once
    (libgeos/geos#825)."""
    boundary = shapely.from_geojson(geojson)
    shapely.prepare(boundary)
    return boundary, Lock()
