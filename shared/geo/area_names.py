"""What lies in an area by its base map: its streets and places with their houses, in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import shapely

from shared.geo.base_map import named


@dataclass(frozen=True)
class Houses:
    """`inside` of the `total` houses of one name lie in the area."""

    name: str
    inside: int
    total: int


@lru_cache(maxsize=64)
def houses_within(area: str, base_map: str) -> tuple[Houses, ...]:
    """By name, those of which the area has the most first. Both are GeoJSON text."""
    shape = shapely.from_geojson(area)
    shapely.prepare(shape)
    found = []
    for one in named(base_map):
        inside = int(shapely.contains_xy(shape, one.points[:, 0], one.points[:, 1]).sum())
        if inside and len(one.points) > 1:
            found.append(Houses(one.name, inside, len(one.points)))
    return tuple(sorted(found, key=lambda one: (-one.inside, one.name)))
