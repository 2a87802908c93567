"""A local plane in metres about an area: x east, y north, from degrees.

Degrees become metres on H3's own sphere with one scale east-west, the one of the latitude farthest from
the equator that is asked for. So a distance in the plane is never longer than on the ground: whatever lies
within d metres on the ground does so in the plane.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

G = TypeVar("G", bound=BaseGeometry)
EARTH_RADIUS_M = 6_371_007.180918475  # H3's authalic radius (H3 docs, "Table of cell statistics")
METRES_PER_DEGREE = radians(EARTH_RADIUS_M)


@dataclass(frozen=True)
class Plane:
    metres: NDArray[np.float64]  # per degree: longitude, latitude

    @classmethod
    def at(cls, latitude: float) -> Plane:
        return cls(np.array([METRES_PER_DEGREE * cos(radians(latitude)), METRES_PER_DEGREE]))

    @classmethod
    def of(cls, geometry: BaseGeometry, margin_m: float = 0.0) -> Plane:
        """Distances hold for everything within `margin_m` of the geometry."""
        _, south, _, north = geometry.bounds
        return cls.at(min(89.0, max(abs(south), abs(north)) + margin_m / METRES_PER_DEGREE))

    def project(self, geometry: G) -> G:
        projected: G = shapely.transform(geometry, lambda lnglat: lnglat * self.metres)
        return projected

    def unproject(self, geometry: G) -> G:
        unprojected: G = shapely.transform(geometry, lambda xy: xy / self.metres)
        return unprojected
