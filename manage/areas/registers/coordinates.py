"""From a register's coordinates to degrees of WGS 84, and whether their order is what it claims.

PRG's GML of 2012 (urn:ogc:def:crs:EPSG::2180) gives northing before easting, that of 2021 (EPSG:2180)
the other way about, and both orders of most pairs lie in Poland: only the voivodeship tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.exceptions import ProjError

from manage.areas.registers.faults import FileFault, Reject

Numbers = NDArray[np.float64]
METRES = "EPSG:2180"
DEGREES = "EPSG:4326"

# West, south, east, north of the voivodeships by TERC, degrees; PRG, widened outwards by 0.05 to 0.1.
BOXES = {
    "": (14.00, 48.90, 24.30, 55.10),  # Poland
    "02": (14.75, 50.00, 17.85, 51.90), "04": (17.15, 52.25, 19.85, 53.85),
    "06": (21.55, 50.20, 24.20, 52.35), "08": (14.45, 51.30, 16.50, 53.20),
    "10": (18.00, 50.75, 20.75, 52.45), "12": (19.00, 49.10, 21.50, 50.60),
    "14": (19.20, 50.95, 23.20, 53.55), "16": (16.85, 49.90, 18.75, 51.25),
    "18": (21.05, 48.95, 23.60, 50.90), "20": (21.55, 52.20, 24.00, 54.50),
    "22": (16.60, 53.40, 19.70, 54.90), "24": (17.95, 49.30, 20.05, 51.15),
    "26": (19.65, 50.10, 21.95, 51.40), "28": (19.05, 53.05, 22.90, 54.55),
    "30": (15.70, 51.05, 19.20, 53.75), "32": (14.05, 52.55, 17.05, 54.65),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record of a file says it is: `code` is the TERC around it, of any length, or empty."""

    row: int
    code: str
    east: float  # or longitude
    north: float  # or latitude


def degrees(system: str, east: Numbers, north: Numbers) -> tuple[Numbers, Numbers]:
    """Longitudes and latitudes; Raises FileFault for a system that is not known."""
    if system == DEGREES:
        return east, north
    lon, lat = _transformer(system).transform(east, north)
    return np.asarray(lon), np.asarray(lat)


@lru_cache(maxsize=8)
def _transformer(system: str) -> Transformer:
    try:
        return Transformer.from_crs(system, DEGREES, always_xy=True)
    except ProjError as error:
        raise FileFault(f"the system of coordinates is not known: {system[:80]!r}") from error


def located(system: str, places: Sequence[Place], reject: Reject) -> list[tuple[float, float] | None]:
    """Longitude and latitude of each, None for one that is rejected for lying outside its voivodeship.

    Raises FileFault, by the row, when a pair lies in its voivodeship the other way about.
    """
    east = np.array([place.east for place in places], dtype=np.float64)
    north = np.array([place.north for place in places], dtype=np.float64)
    boxes = np.array([box_of(place.code) for place in places], dtype=np.float64).reshape(-1, 4)
    lon, lat = degrees(system, east, north)
    inside = _inside(boxes, lon, lat)
    if not inside.all():
        _refuse_swapped(places, inside, _inside(boxes, *degrees(system, north, east)))
    for at in np.flatnonzero(~inside):
        place = places[int(at)]
        reject(place.row, f"lies outside {f'voivodeship {place.code[:2]}' if place.code else 'Poland'}")
    return [(float(x), float(y)) if fine else None for x, y, fine in zip(lon, lat, inside, strict=True)]


def box_of(code: str) -> tuple[float, float, float, float]:
    return BOXES.get(code[:2], BOXES[""])


def _inside(boxes: Numbers, lon: Numbers, lat: Numbers) -> NDArray[np.bool_]:
    west, south, east, north = boxes.T
    return np.asarray((west <= lon) & (lon <= east) & (south <= lat) & (lat <= north))


def _refuse_swapped(places: Sequence[Place], inside: NDArray[np.bool_], swapped: NDArray[np.bool_]) -> None:
    found = np.flatnonzero(~inside & swapped)
    if found.size:
        raise FileFault(
            "the axes are swapped: it would lie in its voivodeship the other way about",
            places[int(found[0])].row,
        )
