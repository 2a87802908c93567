"""The addresses of a municipality's register that lie in an area."""

from __future__ import annotations

import json
import logging
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from shared.geo.shapes import Area

log = logging.getLogger(__name__)


def count_addresses(base_map: str, area: Area) -> int | None:
    """Exactly, by their points; None when no address was imported, or what was imported cannot be read.

    `base_map` is the text of `areas/{terc}/layers/base` (docs/data.md).
    """
    try:
        points = _points(base_map)
    except (ValueError, LookupError, TypeError):
        log.exception("the addresses of a municipality cannot be read")
        return None
    if not len(points):
        return None
    shapely.prepare(area.geometry)
    return int(shapely.intersects_xy(area.geometry, points[:, 0], points[:, 1]).sum())


@lru_cache(maxsize=16)
def _points(base_map: str) -> NDArray[np.float64]:
    """Longitudes and latitudes of all MultiPoints: those of streets and of villages without streets."""
    features = json.loads(base_map)["features"]
    shapes = [feature["geometry"] for feature in features]
    found = [point[:2] for shape in shapes if shape["type"] == "MultiPoint" for point in shape["coordinates"]]
    return np.array(found, dtype=np.float64).reshape(-1, 2)
