"""Which municipality a place belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import isfinite

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
    centre = Point(lng, lat)
    matching = (terc for terc, text in boundaries.items() if _prepared(text).intersects(centre))
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


@lru_cache(maxsize=256)
def _prepared(geojson: str) -> BaseGeometry:
    boundary = shapely.from_geojson(geojson)
    shapely.prepare(boundary)
    # GEOS builds the index of a prepared shape at its first query; not left to several threads at once.
    boundary.intersects(boundary.representative_point())
    return boundary
