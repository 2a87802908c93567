"""Alerts to names of the register: which entries a plan by codes reads, and which of them are meant."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPoint

from benchmarks.places.audience import COUNTED_PER_READ, NOW, SLICE
from benchmarks.places.population import BUILDING_M, Home, Points, scale
from shared.domain.area_parts import Level, Step, Steps, Unit
from shared.domain.found_by import found_by
from shared.domain.house_numbers import Houses, Parity
from shared.domain.place_codes import PlaceCodes
from shared.geo import cells
from shared.geo.shapes import Area
from shared.ports import AudienceStore
from shared.services.audience.match_content import match_of
from shared.services.audience.match_parts import PartsMatch, Spot, outline_of, shape_taken
from shared.services.delivery.plan_slices import plan_slices

Rows = NDArray[np.intp]  # places by their index

TERC = "9909993"
IN_FIELDS = 0.02  # of the places, too far from any address to have a street or a locality
AROUND_M = 30.0  # of an address, that its street's shape holds
WHOLE_PROBE = 1  # count of those who chose a whole village


@dataclass(frozen=True)
class Inhabited:
    """Places with what the index says of them."""

    spots: Sequence[Spot]
    shapes: Mapping[str, Area]  # by code of street or locality


def inhabited(of: Home, folder: Path, count: int, rng: np.random.Generator) -> Inhabited:
    """So many places in the houses of the register, and a few in the fields."""
    with next(folder.glob("addresses_*.csv")).open(encoding="utf-8", newline="") as file:
        codes = [_codes(row) for row in csv.DictReader(file)]
    chosen = rng.integers(0, len(codes), count)
    points = of.addresses[chosen]
    near = points + rng.normal(0, BUILDING_M / 2, points.shape) * scale(points)
    known = rng.random(count) >= IN_FIELDS
    spots = [
        Spot(cells.cell_of(lat, lng), codes[at] if tells else PlaceCodes(TERC))
        for (lng, lat), at, tells in zip(near.tolist(), chosen.tolist(), known.tolist(), strict=True)
    ]
    return Inhabited(spots, _shapes(of.addresses, codes))


def _codes(row: Mapping[str, str]) -> PlaceCodes:
    street = f"{row['sym']}:{row.get('sym_ul') or row['ulica']}" if row["ulica"] else None
    return PlaceCodes(TERC, row["sym"], None, street, row["numer"])


def _shapes(points: Points, codes: Sequence[PlaceCodes]) -> Mapping[str, Area]:
    grouped = defaultdict(list)
    for at, one in enumerate(codes):
        for code in (one.locality, one.street):
            if code is not None:
                grouped[code].append(at)
    around = {code: _around(points[some]) for code, some in grouped.items()}
    return {code: area for code, area in around.items() if area is not None}


def _around(houses: Points) -> Area | None:
    per_metre = scale(houses)
    near = MultiPoint(houses / per_metre).buffer(AROUND_M, 4)
    return Area.of(shapely.transform(near, lambda xy: xy * per_metre))


def named(of: Home, people: Inhabited) -> dict[str, Steps]:
    """A street, its odd numbers, a village, the gmina, the gmina but for that village."""
    streets = Counter(spot.codes.street for spot in people.spots if spot.codes.street)
    localities = Counter(spot.codes.locality for spot in people.spots if spot.codes.locality)
    street, village = streets.most_common(1)[0][0], localities.most_common()[len(localities) // 2][0]
    boundary = Area.of(of.boundary)
    whole = Unit(Level.GMINA, TERC, shape=None if boundary is None else boundary.text())
    by_code = Unit(Level.STREET, str(street), shape=people.shapes[str(street)].text())
    odd = Unit(Level.STREET, by_code.code, Houses(Parity.ODD), by_code.shape)
    a_village = Unit(Level.LOCALITY, str(village), shape=people.shapes[str(village)].text())
    return {
        "a street by code": (Step(by_code),),
        "its odd numbers": (Step(odd),),
        "a village by code": (Step(a_village),),
        "the gmina by code": (Step(whole),),
        "all but the village": (Step(whole), Step(a_village, subtracted=True)),
    }


class CodedAudience:
    """The part of ports.AudienceStore that planning uses; several threads may count."""

    def __init__(self, people: Inhabited) -> None:
        ranks = cells.ranks([spot.cell for spot in people.spots])
        by_code = defaultdict(list)
        for at, spot in enumerate(people.spots):
            for code in found_by(spot.codes):
                by_code[code].append(at)
        everybody = np.arange(len(ranks))
        self._rows = {code: _in_order(np.array(rows), ranks) for code, rows in by_code.items()}
        self._rows[""] = _in_order(everybody, ranks)
        self._ranks = ranks
        self.reads = 0
        self.counts = 0

    def without_codes(self, read_time: datetime | None) -> bool:
        self.reads += 1
        return False

    def count(self, lo: str, hi: str, read_time: datetime | None, code: str | None = None) -> int:
        found = len(self.rows(lo, hi, code))
        self.counts += 1
        self.reads += max(1, ceil(found / COUNTED_PER_READ))
        return found

    def rows(self, lo: str, hi: str, code: str | None) -> Rows:
        rows = self._rows.get(code or "", np.arange(0))
        first, last = cells.ranks([lo, hi])
        ranks = self._ranks[rows]
        return rows[np.searchsorted(ranks, first, "left") : np.searchsorted(ranks, last, "right")]


def _in_order(rows: Rows, ranks: cells.Ranks) -> Rows:
    return rows[np.argsort(ranks[rows], kind="stable")]


@dataclass(frozen=True)
class ByCode:
    """What one delivery asked for; `missed` and `twice` by the exact choice over everybody."""

    counts: int
    queries: int
    documents: int
    reads: int
    inside: int
    missed: int
    twice: int

    @property
    def per_match(self) -> float:
        return self.reads / max(1, self.inside)


def told(steps: Steps, people: Inhabited) -> ByCode:
    """As `start_alert` plans it and `deliver_slice` reads it."""
    audience, outline = CodedAudience(people), outline_of(steps, shape_taken)
    if outline is None:
        raise ValueError("an area without an outline")
    match = match_of(outline.text(), steps)
    slices = plan_slices(match, cast(AudienceStore, audience), NOW, SLICE)
    spans = [audience.rows(lo, hi, part.code) for part in slices for lo, hi in part.ranges]
    read = np.concatenate([np.arange(0), *spans])
    inside = np.array(sorted(PartsMatch(steps, shape_taken).inside(people.spots)), dtype=np.intp)
    reading = sum(max(1, len(span)) for span in spans)
    meant = read[np.isin(read, inside)]
    return ByCode(
        counts=audience.counts,
        queries=len(spans),
        documents=len(read),
        reads=audience.reads + WHOLE_PROBE + reading,
        inside=len(inside),
        missed=len(np.setdiff1d(inside, read)),
        twice=len(meant) - len(np.unique(meant)),
    )
