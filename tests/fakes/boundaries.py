"""Boundaries of the municipalities served, in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping

TERC = "1209033"
CENTRE = (49.834, 19.938)  # degrees, latitude first


def square(lat: float, lng: float, half: float) -> str:
    """A GeoJSON square about a point, sides of 2 x `half` degrees."""
    west, south, east, north = lng - half, lat - half, lng + half, lat + half
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


class FakeBoundaryStore:
    """Fulfils ports.BoundaryStore."""

    def __init__(self, boundaries: Mapping[str, str] | None = None) -> None:
        self.served = dict(boundaries or {TERC: square(*CENTRE, 0.05)})

    def boundaries(self) -> Mapping[str, str]:
        return self.served
