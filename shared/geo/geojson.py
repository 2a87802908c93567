"""GeoJSON from outside (RFC 7946) as rings of numbers, or the one thing that is wrong with it.

Nothing is trusted: depth, size and type are checked before anything is built, and the cost of refusing
does not grow with what lies beyond the limit. Altitudes and foreign members are ignored.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.entry_rules import rules
from shared.geo.faults import Fault
from shared.geo.reference_systems import check_system

MOST_VERTICES = 8_900  # else the event of a change, with the alert twice, is too large for Eventarc
Rings = list[NDArray[np.float64]]  # the outer ring, then the holes; rows longitude, latitude


def decoded(text: str) -> object:
    """The JSON value; raises Fault, also for text nested so deep that no reader would take it."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        raise Fault("area-not-geojson") from None
    return value


_WITHOUT_AREA = ("Point", "MultiPoint", "LineString", "MultiLineString")


@dataclass(frozen=True)
class Outline:
    """A polygon as it was given: its rings, closed; `at` is its path inside the GeoJSON."""

    rings: Rings
    at: str
    excluded: bool = False  # taken out of what the others make together
    was_open: bool = False  # one of its rings did not end where it began


@dataclass(frozen=True)
class Reading:
    outlines: Sequence[Outline]
    left_out: Sequence[Fault] = ()  # elements that hold no area, and why


def read(value: object) -> Reading:
    """Every polygon of a Polygon, MultiPolygon, flat GeometryCollection, Feature or FeatureCollection.

    Elements without an area (points, lines, no geometry) are left out when others have one; a feature whose
    property `excluded` is true is taken out of the rest. Raises Fault.
    """
    reader, left_out = _Reader(), list[Fault]()
    outlines = [one for found in _geometries(value, left_out) for one in reader.outlines(found, left_out)]
    if all(one.excluded for one in outlines):
        raise left_out[0] if left_out else Fault("area-empty")
    return Reading(outlines, left_out)


def _member(value: object, name: str, at: str) -> Any:
    if not isinstance(value, dict) or name not in value:
        raise Fault("area-not-geojson", at=at)
    return value[name]


def _items(value: object, name: str, at: str) -> list[Any]:
    items = _member(value, name, at)
    if not isinstance(items, list):
        raise Fault("area-not-geojson", at=f"{at}/{name}")
    return items


@dataclass(frozen=True)
class _Found:
    geometry: object
    at: str
    excluded: bool = False


def _geometries(value: object, left_out: list[Fault]) -> Iterator[_Found]:
    """The geometries of a Feature or FeatureCollection, else the value itself."""
    kind = _member(value, "type", "")
    check_system(value)
    if kind == "FeatureCollection":
        for index, feature in enumerate(_items(value, "features", "")):
            yield from _of_feature(feature, f"/features/{index}", left_out)
    elif kind == "Feature":
        yield from _of_feature(value, "", left_out)
    else:
        yield from _of_collection(value, "")


def _of_feature(feature: object, at: str, left_out: list[Fault]) -> Iterator[_Found]:
    if _member(feature, "type", at) != "Feature":
        raise Fault("area-not-geojson", at=at)
    check_system(feature)
    geometry = _member(feature, "geometry", at)
    if geometry is None:
        left_out.append(Fault("area-empty", at=at))
        return
    properties = feature.get("properties") if isinstance(feature, dict) else None
    excluded = isinstance(properties, dict) and properties.get("excluded") is True
    yield from _of_collection(geometry, f"{at}/geometry", excluded)


def _of_collection(geometry: object, at: str, excluded: bool = False) -> Iterator[_Found]:
    if _member(geometry, "type", at) != "GeometryCollection":
        yield _Found(geometry, at, excluded)
        return
    for index, part in enumerate(_items(geometry, "geometries", at)):
        path = f"{at}/geometries/{index}"
        if _member(part, "type", path) == "GeometryCollection":
            raise Fault("area-nested-collection", at=path)
        yield _Found(part, path, excluded)


@dataclass
class _Reader:
    """Reads coordinates; counts the vertices of all geometries together."""

    vertices: int = field(default=0)

    def outlines(self, found: _Found, left_out: list[Fault]) -> Iterator[Outline]:
        kind = _member(found.geometry, "type", found.at)
        check_system(found.geometry)
        if kind not in ("Polygon", "MultiPolygon"):
            fault = Fault("area-wrong-type", at=found.at, type=kind[:40] if isinstance(kind, str) else "?")
            if kind not in _WITHOUT_AREA:
                raise fault
            left_out.append(fault)
            return
        coordinates = _items(found.geometry, "coordinates", found.at)
        path = f"{found.at}/coordinates"
        if kind == "Polygon":
            yield self._outline(coordinates, path, found.at, found.excluded)
        for index, polygon in enumerate(coordinates if kind == "MultiPolygon" else ()):
            yield self._outline(polygon, f"{path}/{index}", f"{path}/{index}", found.excluded)

    def _outline(self, rings: object, path: str, at: str, excluded: bool) -> Outline:
        read = self._polygon(rings, path)
        return Outline([_closed(ring) for ring in read], at, excluded, _gaping(read))

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
        if len(np.unique(points, axis=0)) < 3:
            raise Fault("area-ring-short", at=at)
        return points


def _closed(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ended where it began; an end that is there but for rounding is moved."""
    if np.array_equal(ring[0], ring[-1]):
        return ring
    return np.concatenate([ring[:-1] if _is_same(ring) else ring, ring[:1]])


def _is_same(ring: NDArray[np.float64]) -> bool:
    with np.errstate(over="ignore"):  # what lies farther than any place is refused later, by its place
        apart = np.abs(ring[0] - ring[-1]).max()
    return len(ring) > 3 and bool(apart <= rules()["places"]["same_degrees"])


def _gaping(rings: Rings) -> bool:
    return any(not _is_same(ring) for ring in rings if not np.array_equal(ring[0], ring[-1]))


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
