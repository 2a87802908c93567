"""Which address of the register a place belongs to: the nearest one within a stated distance.

Only addresses of the place's own municipality are asked, which its boundary decides (boundaries.py): the
neighbour's house across the border, though it be nearer, gives nobody a street of another municipality.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.geo.plane import Plane

STREET_WITHIN_M = 75.0  # of a house in its garden; the next street's houses are nearer than that in a town
LOCALITY_WITHIN_M = 1_000.0  # a farm beyond the last house of its village


@dataclass(frozen=True)
class Nearest:
    """`index` of the address; `metres` to it; what it tells of the place depends on how far it is."""

    index: int
    metres: float

    @property
    def tells_street(self) -> bool:
        return self.metres <= STREET_WITHIN_M


class AddressPoints:
    """The addresses of one municipality by their points; asked by several threads at once."""

    def __init__(self, lat_lng: Sequence[tuple[float, float]]) -> None:
        """Degrees, latitude first; in the order of the register, the first of those equally near wins."""
        points = np.array(lat_lng, dtype=np.float64).reshape(-1, 2)
        self._points: NDArray[np.float64] = points[np.isfinite(points).all(axis=1)]
        if len(self._points) != len(points):
            raise ValueError("an address without a point")

    def nearest(self, lat: float, lng: float, among: Sequence[int] | None = None) -> Nearest | None:
        """None where no address lies within LOCALITY_WITHIN_M; `among` some of them, by their index."""
        points = self._points if among is None else self._points[list(among)]
        if not len(points):
            return None
        metres = Plane.at(lat).metres[::-1]
        away = (points - (lat, lng)) * metres
        squares = (away**2).sum(axis=1)
        at = int(np.argmin(squares))
        found = Nearest(at if among is None else among[at], float(np.sqrt(squares[at])))
        return found if found.metres <= LOCALITY_WITHIN_M else None
