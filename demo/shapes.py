"""The areas that staff draw in the demo: around a street, around a village."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPoint, Polygon, shape
from shapely.geometry.base import BaseGeometry

from demo.municipality import Address, GeoJson, Municipality
from demo.plane import LocalMetres

STREET_MARGIN_M = 22.0
VILLAGE_MARGIN_M = 60.0
GRAPHIC_PRECISION_M = 3.0  # how closely a hand follows


def street_area(municipality: Municipality, street: str, locality: str | None = None) -> GeoJson:
    """A corridor that follows the street's addresses, in one part and without holes.

    GeoJSON Polygon. Raises FolderError for an unknown street, or one that several localities have.
    """
    points, plane = _in_metres(municipality.on_street(street, locality))
    along = shapely.union_all([LineString(points[list(edge)]) for edge in _spanning_tree(points)])
    corridor = shapely.union_all([along, MultiPoint(points)]).buffer(STREET_MARGIN_M, quad_segs=4)
    closed = corridor.buffer(STREET_MARGIN_M, quad_segs=4).buffer(-STREET_MARGIN_M, quad_segs=4)
    return _drawn(closed, plane, municipality)


def locality_area(municipality: Municipality, locality: str) -> GeoJson:
    """A shape around all addresses of a town or village. GeoJSON Polygon. Raises FolderError."""
    points, plane = _in_metres(municipality.in_locality(locality))
    outline = shapely.concave_hull(MultiPoint(points), ratio=0.3).buffer(VILLAGE_MARGIN_M, quad_segs=4)
    return _drawn(outline, plane, municipality)


def _in_metres(addresses: Sequence[Address]) -> tuple[NDArray[np.float64], LocalMetres]:
    plane = LocalMetres(addresses[0].lat)
    degrees = MultiPoint([(address.lon, address.lat) for address in addresses])
    return shapely.get_coordinates(plane.project(degrees)), plane


def _spanning_tree(points: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Edges of the shortest tree that joins all points (Prim)."""
    nearest = np.zeros(len(points), dtype=int)
    gap = np.hypot(*(points - points[0]).T)
    outside = np.ones(len(points), dtype=bool)
    outside[0] = False
    edges = []
    while outside.any():
        new = int(np.flatnonzero(outside)[np.argmin(gap[outside])])
        edges.append((int(nearest[new]), new))
        outside[new] = False
        from_new = np.hypot(*(points - points[new]).T)
        closer = from_new < gap
        gap[closer], nearest[closer] = from_new[closer], new
    return edges


def _drawn(outline: BaseGeometry, plane: LocalMetres, municipality: Municipality) -> GeoJson:
    """The largest part inside the municipality, its holes filled, with a hand's corners."""
    largest = _largest(outline)
    simple = Polygon(largest.exterior).simplify(GRAPHIC_PRECISION_M)
    inside = shapely.intersection(plane.unproject(simple), shape(municipality.boundary))
    rounded = shapely.set_precision(Polygon(_largest(inside).exterior), 1e-7)
    drawn = shapely.transform(_largest(rounded), lambda lonlat: lonlat.round(7))
    decoded: GeoJson = json.loads(shapely.to_geojson(drawn))
    return decoded


def _largest(geometry: BaseGeometry) -> Polygon:
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]
    return max(parts, key=lambda part: part.area)
