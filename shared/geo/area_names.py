"""What lies in an area, by name: its streets and places with their houses, in words and on the small map.

From a municipality's base map (`areas/{terc}/layers/base`): a `Point` is a town or village, a `MultiPoint`
the houses of a street, or of a village without streets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from shared.geo.area_map import HEIGHT, WIDTH, Framed

LETTER, LINE = 9, 20  # units of the drawing: what a letter and a line take
MOST_DRAWN = 24
PLACE = "locality"


@dataclass(frozen=True)
class Houses:
    """`inside` of the `total` houses of one name lie in the area."""

    name: str
    inside: int
    total: int


@dataclass(frozen=True)
class DrawnName:
    """Where a name stands in a drawing, in its units; a place's is drawn larger than a street's."""

    name: str
    x: int
    y: int
    place: bool


@lru_cache(maxsize=64)
def houses_within(area: str, base_map: str) -> tuple[Houses, ...]:
    """By name, those of which the area has the most first. Both are GeoJSON text."""
    shape = shapely.from_geojson(area)
    shapely.prepare(shape)
    found = []
    for name, _, points in _features(base_map):
        inside = int(shapely.contains_xy(shape, points[:, 0], points[:, 1]).sum())
        if inside and len(points) > 1:
            found.append(Houses(name, inside, len(points)))
    return tuple(sorted(found, key=lambda one: (-one.inside, one.name)))


@lru_cache(maxsize=64)
def names_drawn(framed: Framed, base_map: str, places_only: bool = False) -> tuple[DrawnName, ...]:
    """Names that the drawing has room for, places first; none covers another one."""
    features = sorted(_features(base_map), key=lambda one: (one[1] != PLACE, -len(one[2])))
    drawn: list[DrawnName] = []
    for name, kind, points in features:
        if places_only and kind != PLACE:
            continue
        at = _seen(framed.units(points))
        if at is not None and _has_room(name, at, drawn):
            drawn.append(DrawnName(name, *at, place=kind == PLACE))
        if len(drawn) == MOST_DRAWN:
            break
    return tuple(drawn)


def _features(base_map: str) -> Iterator[tuple[str, str, NDArray[np.float64]]]:
    """Name, kind and points (longitude, latitude) of whatever has a name; all else is left out."""
    for feature in json.loads(base_map).get("features", []):
        properties: Mapping[str, Any] = feature.get("properties") or {}
        geometry = feature.get("geometry") or {}
        if not isinstance(properties.get("name"), str) or geometry.get("type") not in ("Point", "MultiPoint"):
            continue
        points = geometry["coordinates"] if geometry["type"] == "MultiPoint" else [geometry["coordinates"]]
        kind = PLACE if geometry["type"] == "Point" else str(properties.get("kind", ""))
        if points:
            yield properties["name"], kind, np.array([point[:2] for point in points], dtype=np.float64)


def _seen(units: NDArray[np.float64]) -> tuple[int, int] | None:
    """The point nearest to the middle of those that the drawing shows."""
    x, y = units[:, 0], units[:, 1]
    shown = units[(x > 0) & (x < WIDTH) & (y > LINE) & (y < HEIGHT)]
    if not len(shown):
        return None
    middle = shown.mean(axis=0)
    nearest = shown[np.argmin(((shown - middle) ** 2).sum(axis=1))]
    return round(float(nearest[0])), round(float(nearest[1]))


def _has_room(name: str, at: tuple[int, int], drawn: list[DrawnName]) -> bool:
    half = len(name) * LETTER / 2
    if not half < at[0] < WIDTH - half:
        return False
    return all(
        abs(one.y - at[1]) >= LINE or abs(one.x - at[0]) >= half + len(one.name) * LETTER / 2 for one in drawn
    )
