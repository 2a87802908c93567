"""A municipality's base map (`areas/{terc}/layers/base`): names with the points that they stand for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

PLACE = "locality"


@dataclass(frozen=True, eq=False)
class Named:
    """A town or village at its point, or the houses of a street or of a village without streets."""

    name: str
    points: NDArray[np.float64]  # rows of longitude, latitude
    place: bool


@lru_cache(maxsize=8)
def named(base_map: str) -> tuple[Named, ...]:
    """Whatever has a name; all else is left out. Raises ValueError for a text that is no base map."""
    try:
        return tuple(_named(json.loads(base_map).get("features", [])))
    except (AttributeError, LookupError, TypeError) as error:
        raise ValueError("no base map") from error


def _named(features: list[Any]) -> Iterator[Named]:
    for feature in features:
        properties: Mapping[str, Any] = feature.get("properties") or {}
        geometry = feature.get("geometry") or {}
        if not isinstance(properties.get("name"), str) or geometry.get("type") not in ("Point", "MultiPoint"):
            continue
        is_point = geometry["type"] == "Point"
        points = [geometry["coordinates"]] if is_point else geometry["coordinates"]
        if points:
            lnglat = np.array([point[:2] for point in points], dtype=np.float64)
            yield Named(properties["name"], lnglat, is_point or properties.get("kind") == PLACE)
