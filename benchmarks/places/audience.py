"""The audience index as a sorted array, which counts what Firestore would read and bill for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import cast

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from benchmarks.places.population import Country
from shared.geo import cells
from shared.geo.cells import Range
from shared.geo.cover import matcher
from shared.geo.shapes import Area
from shared.ports import AudienceStore
from shared.services.audience.match_area import AreaMatch
from shared.services.delivery.plan_slices import plan_slices

SLICE = 5000  # places; shared.services.delivery.delivery_ports.Pace
COUNTED_PER_READ = 1000  # index entries; Firestore pricing, "Aggregation queries"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Read:
    """What one delivery asked for: `documents` are places read, `reads` all that is billed."""

    counts: int
    queries: int
    documents: int
    reads: int
    found: NDArray[np.intp]  # positions of the places read and kept by the exact filter

    @property
    def per_match(self) -> float:
        return self.reads / len(self.found) if len(self.found) else float("nan")


class SortedAudience:
    """The part of ports.AudienceStore that planning uses; several threads may count."""

    def __init__(self, country: Country) -> None:
        self._ranks = country.ranks
        self.counted: list[int] = []

    def count(self, lo: str, hi: str, read_time: datetime | None) -> int:
        first, last = self.between((lo, hi))
        self.counted.append(last - first)
        return last - first

    def between(self, one: Range) -> tuple[int, int]:
        lo, hi = cells.ranks(one)
        first = np.searchsorted(self._ranks, lo, "left")
        return int(first), int(np.searchsorted(self._ranks, hi, "right"))


def delivered(area: Area, country: Country) -> Read:
    """As `start_alert` plans it and `deliver_slice` reads it."""
    audience = SortedAudience(country)
    slices = plan_slices(AreaMatch(area), cast(AudienceStore, audience), NOW, SLICE)
    spans = [audience.between(one) for part in slices for one in part.ranges]
    read = _positions(spans)
    names = cells.strings(country.ranks[read])
    kept = matcher(area)(names) if names else np.zeros(0, dtype=bool)
    counting = sum(max(1, ceil(count / COUNTED_PER_READ)) for count in audience.counted)
    reading = sum(max(1, last - first) for first, last in spans)
    return Read(len(audience.counted), len(spans), len(read), counting + reading, read[kept])


def _positions(spans: Sequence[tuple[int, int]]) -> NDArray[np.intp]:
    return np.concatenate([np.arange(0), *(np.arange(first, last) for first, last in spans)])


@dataclass(frozen=True)
class Judged:
    """A delivery against plain geometry: places in the area left out, places delivered twice, and how far
    outside it the farthest place is that was delivered."""

    inside: int
    missed: int
    twice: int
    beyond_m: float


def judged(area: Area, country: Country, read: Read) -> Judged:
    inside = np.flatnonzero(shapely.intersects_xy(area.geometry, *country.places.T))
    return Judged(
        inside=len(inside),
        missed=len(np.setdiff1d(inside, read.found)),
        twice=len(read.found) - len(np.unique(read.found)),
        beyond_m=_metres_outside(area, country.places[np.setdiff1d(read.found, inside)]),
    )


def _metres_outside(area: Area, places: NDArray[np.float64]) -> float:
    """The distance of the farthest, on the ellipsoid; edges are cut into pieces of 0.001 degree first,
    since a straight line in degrees is not one in the plane."""
    if not len(places):
        return 0.0
    lng, lat = area.centre
    plane = pyproj.Transformer.from_crs(
        "EPSG:4326", f"+proj=aeqd +lat_0={lat} +lon_0={lng} +ellps=GRS80 +units=m", always_xy=True
    )

    def project(lnglat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(plane.transform(*lnglat.T))

    shape = shapely.transform(shapely.segmentize(area.geometry, 0.001), project)
    shapely.prepare(shape)
    return float(shapely.distance(shape, shapely.points(project(places))).max())
