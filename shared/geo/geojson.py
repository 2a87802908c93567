"""GeoJSON from outside (RFC 7946) as rings of numbers, or the one thing that is wrong with it.

Nothing is trusted: depth, size and type are checked before anything is built, and the cost of refusing
does not grow with what lies beyond the limit. Altitudes and foreign members are ignored.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_VERTICES = 10_000
Rings = list[NDArray[np.float64]]  # the outer ring, then the holes; rows longitude, latitude


class Fault(Exception):
    """What is wrong, by message code; `at` in the parameters is the path inside the GeoJSON."""

    def __init__(self, code: str, **params: str | int | float) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def decoded(text: str) -> object:
    """The JSON value; raises Fault, also for text nested so deep that no reader would take it."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        raise Fault("area-not-geojson") from None
    return value


def polygons(value: object) -> list[Rings]:
    """Rings of every polygon of a Polygon, MultiPolygon, flat GeometryCollection, Feature or
    FeatureCollection. Raises Fault."""
    reader = _Reader()
    found = [rings for geometry, at in _geometries(value) for rings in reader.polygons(geometry, at)]
    if not found:
        raise Fault("area-empty")
    return found


def _member(value: object, name: str, at: str) -> Any:
    if not isinstance(value, dict) or name not in value:
        raise Fault("area-not-geojson", at=at)
    return value[name]


def _items(value: object, name: str, at: str) -> list[Any]:
    items = _member(value, name, at)
    if not isinstance(items, list):
        raise Fault("area-not-geojson", at=f"{at}/{name}")
    return items


def _geometries(value: object, at: str = "") -> Iterator[tuple[object, str]]:
    """The geometries of a Feature or FeatureCollection, else the value itself, with their paths."""
    kind = _member(value, "type", at)
    if kind == "FeatureCollection":
        for index, feature in enumerate(_items(value, "features", at)):
            yield from _of_feature(feature, f"{at}/features/{index}")
    elif kind == "Feature":
        yield from _of_feature(value, at)
    else:
        yield from _of_collection(value, at)


def _of_feature(feature: object, at: str) -> Iterator[tuple[object, str]]:
    if _member(feature, "type", at) != "Feature":
        raise Fault("area-not-geojson", at=at)
    geometry = _member(feature, "geometry", at)
    if geometry is None:
        raise Fault("area-empty", at=at)
    yield from _of_collection(geometry, f"{at}/geometry")


def _of_collection(geometry: object, at: str) -> Iterator[tuple[object, str]]:
    if _member(geometry, "type", at) != "GeometryCollection":
        yield geometry, at
        return
    for index, part in enumerate(_items(geometry, "geometries", at)):
        path = f"{at}/geometries/{index}"
        if _member(part, "type", path) == "GeometryCollection":
            raise Fault("area-nested-collection", at=path)
        yield part, path


@dataclass
class _Reader:
    """Reads coordinates; counts the vertices of all geometries together."""

    vertices: int = field(default=0)

    def polygons(self, geometry: object, at: str) -> Iterator[Rings]:
        kind = _member(geometry, "type", at)
        if kind not in ("Polygon", "MultiPolygon"):
            raise Fault("area-wrong-type", at=at, type=kind[:40] if isinstance(kind, str) else "?")
        coordinates = _items(geometry, "coordinates", at)
        path = f"{at}/coordinates"
        if kind == "Polygon":
            yield self._polygon(coordinates, path)
        for index, polygon in enumerate(coordinates if kind == "MultiPolygon" else ()):
            yield self._polygon(polygon, f"{path}/{index}")

    def _polygon(self, rings: object, at: str) -> Rings:
        if not isinstance(rings, list):
            raise Fault("area-coordinates", at=at)
        if not rings:
            raise Fault("area-empty", at=at)
        return [self._ring(ring, f"{at}/{index}") for index, ring in enumerate(rings)]

    def _ring(self, ring: object, at: str) -> NDArray[np.float64]:
        if not isinstance(ring, list):
            raise Fault("area-coordinates", at=at)
        self.vertices += len(ring)
        if self.vertices > MOST_VERTICES:
            raise Fault("area-too-many-vertices", most=MOST_VERTICES)
        if not ring:
            raise Fault("area-empty", at=at)
        points = np.array([_position(position, f"{at}/{index}") for index, position in enumerate(ring)])
        if not np.array_equal(points[0], points[-1]):
            raise Fault("area-ring-open", at=at)
        if len(points) < 4:
            raise Fault("area-ring-short", at=at)
        return points


def _position(position: object, at: str) -> tuple[float, float]:
    if not isinstance(position, list) or len(position) < 2:
        raise Fault("area-coordinates", at=at)
    return _number(position[0], at), _number(position[1], at)


def _number(value: object, at: str) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise Fault("area-coordinates", at=at)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Fault("area-not-finite", at=at)
    return number
