"""What the same areas cost with geofire: a geohash per place, and circles cut into ranges of geohashes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.places.population import Country, Points, scale
from infra.local.processes import ROOT
from shared.geo.shapes import Area

PRECISION = 10  # characters; geofire's default
_ALPHABET = np.frombuffer(b"0123456789bcdefghjkmnpqrstuvwxyz", dtype="S1")
_SCRIPT = Path(__file__).with_name("geohash_bounds.mjs")

Circle = tuple[float, float, float]  # lat, lng, metres


@dataclass(frozen=True)
class Geofire:
    """The bounds of every area, and the hash of every place in order."""

    bounds: dict[str, list[tuple[str, str]]]

    @classmethod
    def of(cls, areas: dict[str, Area], sample: Points) -> Geofire:
        """Raises AssertionError when our hashes of the sample are not geofire's."""
        circles = {name: list(_circles(area)) for name, area in areas.items()}
        flat = [circle for some in circles.values() for circle in some]
        found = _asked(flat, sample)
        if found["hashes"] != [name.decode() for name in hashes(sample).tolist()]:
            raise AssertionError("a geohash is not the one that geofire gives")
        rest = iter(found["bounds"])
        bounds = {name: [(lo, hi) for _ in some for lo, hi in next(rest)] for name, some in circles.items()}
        return cls(bounds)

    def reads(self, name: str, ordered: NDArray[np.bytes_]) -> tuple[int, int]:
        """Queries and documents read; `ordered` are the hashes of all places in order."""
        documents = 0
        for start, end in self.bounds[name]:
            first = np.searchsorted(ordered, start.encode(), "left")
            documents += max(1, int(np.searchsorted(ordered, end.encode(), "right") - first))
        return len(self.bounds[name]), documents


def ordered(country: Country) -> NDArray[np.bytes_]:
    return np.sort(hashes(country.places))


def hashes(places: Points) -> NDArray[np.bytes_]:
    """Bits of longitude and latitude in turn, five to a character."""
    bits = 5 * PRECISION // 2
    shares = (places + np.array([180.0, 90.0])) / np.array([360.0, 180.0])
    lng, lat = (shares * 2**bits).astype(np.uint64).T
    both = np.zeros(len(places), dtype=np.uint64)
    for bit in range(bits - 1, -1, -1):
        for axis in (lng, lat):
            both = (both << np.uint64(1)) | ((axis >> np.uint64(bit)) & np.uint64(1))
    shifts = np.arange(5 * (PRECISION - 1), -1, -5, dtype=np.uint64)
    letters = _ALPHABET[(both[:, None] >> shifts) & np.uint64(31)]
    return np.ascontiguousarray(letters).view(f"S{PRECISION}").ravel()


def _circles(area: Area) -> list[Circle]:
    """geofire asks for circles only: one about each part."""
    found: list[Circle] = []
    for part in shapely.get_parts(area.geometry):
        per_metre = scale(shapely.get_coordinates(part))
        plane = shapely.transform(part, partial(np.multiply, 1 / per_metre))
        middle = shapely.get_coordinates(shapely.minimum_bounding_circle(plane).centroid)[0]
        lng, lat = middle * per_metre
        found.append((lat, lng, float(shapely.minimum_bounding_radius(plane))))
    return found


def _asked(circles: Sequence[Circle], places: Points) -> dict[str, list[list[list[str]]]]:
    given = json.dumps({"circles": circles, "places": places[:, ::-1].tolist()})
    done = subprocess.run(
        ["node", str(_SCRIPT)], input=given, cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, list[list[list[str]]]] = json.loads(done.stdout)
    return found
