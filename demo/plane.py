"""Metres about a point, for the demo's own geometry: it uses none of the product's, which it checks."""

from __future__ import annotations

from math import cos, radians
from typing import TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

G = TypeVar("G", bound=BaseGeometry)
METRES_PER_DEGREE = radians(6_371_007.180918475)  # on the sphere of H3's cells


class LocalMetres:
    """An equirectangular plane; good to a few parts in a thousand across a municipality."""

    def __init__(self, latitude: float) -> None:
        self._scale = np.array([METRES_PER_DEGREE * cos(radians(latitude)), METRES_PER_DEGREE])

    def project(self, geometry: G) -> G:
        projected: G = shapely.transform(geometry, lambda lonlat: lonlat * self._scale)
        return projected

    def unproject(self, geometry: G) -> G:
        unprojected: G = shapely.transform(geometry, lambda xy: xy / self._scale)
        return unprojected


def moved(lon: float, lat: float, east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude of the point so many metres away."""
    return lon + east / (METRES_PER_DEGREE * cos(radians(lat))), lat + north / METRES_PER_DEGREE
