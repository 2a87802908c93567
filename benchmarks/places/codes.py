"""Alerts to names of the register: which entries a plan by codes reads, and which of them are meant."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPoint

from benchmarks.places.audience import COUNTED_PER_READ, NOW, SLICE
from benchmarks.places.population import BUILDING_M, Home, Points, anywhere, scale
from shared.domain.area_parts import Level, Step, Steps, Unit
from shared.domain.audience import AudienceEntry, Sibling
from shared.domain.found_by import codes_in, found_by
from shared.domain.house_numbers import Houses, Parity
from shared.domain.place_codes import PlaceCodes
from shared.domain.search.gazetteer import Gazetteer, Locality, Street
from shared.geo import cells
from shared.geo.shapes import Area
from shared.ports import AreaLibrary, AudienceStore
from shared.services.audience.match_area import AreaMatch
from shared.services.audience.match_content import match_of
from shared.services.audience.match_parts import PartsMatch, outline_of, shape_taken
from shared.services.audience.spots import Spot
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
    register: Gazetteer


def inhabited(of: Home, folder: Path, count: int, rng: np.random.Generator) -> Inhabited:
    """So many places in the houses of the register, and a few in the fields."""
    with next(folder.glob("addresses_*.csv")).open(encoding="utf-8", newline="") as file:
        codes = [_codes(row) for row in csv.DictReader(file)]
    chosen = rng.integers(0, len(codes), count)
    points = of.addresses[chosen]
    near = points + rng.normal(0, BUILDING_M / 2, points.shape) * scale(points)
    known = rng.random(count) >= IN_FIELDS
    near[~known] = anywhere(of.boundary, int((~known).sum()), rng)
    spots = [
        Spot(cells.cell_of(lat, lng), codes[at] if tells else PlaceCodes(TERC))
        for (lng, lat), at, tells in zip(near.tolist(), chosen.tolist(), known.tolist(), strict=True)
    ]
    return Inhabited(spots, _shapes(of.addresses, codes), _register(of.name, codes))


def _register(name: str, codes: Sequence[PlaceCodes]) -> Gazetteer:
    """The names alone: planning asks for no house."""
    streets = defaultdict[str, dict[str, None]](dict)
    for one in codes:
        streets[str(one.locality)] |= {} if one.street is None else {one.street.partition(":")[2]: None}
    localities = (
        Locality(sym, sym, streets=tuple(Street(code, code) for code in some))
        for sym, some in streets.items()
    )
    return Gazetteer(TERC, name, tuple(localities))


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
    """A street, its odd numbers, a village, the gmina; and each of these but for some of it."""
    streets, localities = _by_people(people, Level.STREET), _by_people(people, Level.LOCALITY)
    boundary = Area.of(of.boundary)
    gmina = Unit(Level.GMINA, TERC, shape=None if boundary is None else boundary.text())
    street, village, town = streets[0], localities[len(localities) // 2], localities[0]
    others = [one for one in localities[1:] if one is not village][:2]
    in_town = [one for one in streets if one.code.startswith(town.code)]
    odd = replace(street, houses=Houses(Parity.ODD))
    return {
        "a street by code": (Step(street),),
        "its odd numbers": (Step(odd),),
        "a village by code": (Step(village),),
        "the gmina by code": (Step(gmina),),
        "all but the village": _without(gmina, village),
        "all but three villages": _without(gmina, village, *others),
        "all but the town": _without(gmina, town),
        "all but the town, its longest street": (*_without(gmina, town), Step(in_town[0])),
        "all but the longest streets": _without(gmina, *streets[:5]),
        "the town but its longest street": _without(town, in_town[0]),
        "the town but ten streets": _without(town, *in_town[:10]),
        "a street but its odd numbers": _without(street, replace(odd, shape=None)),
    }


def _by_people(people: Inhabited, level: Level) -> Sequence[Unit]:
    """Most first."""
    street = level is Level.STREET
    found = Counter(spot.codes.street if street else spot.codes.locality for spot in people.spots)
    codes = [code for code, _ in found.most_common() if code is not None]
    return [Unit(level, code, shape=people.shapes[code].text()) for code in codes]


def _without(whole: Unit, *parts: Unit) -> Steps:
    return Step(whole), *(Step(part, subtracted=True) for part in parts)


class OneRegister:
    """The part of ports.AreaLibrary that planning uses."""

    def __init__(self, register: Gazetteer) -> None:
        self._register = register

    def gazetteer(self, terc: str) -> Gazetteer | None:
        return self._register


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
        some = [self._rows.get(one, np.arange(0)) for one in codes_in(code or "")]
        rows = some[0] if len(some) == 1 else _in_order(np.unique(np.concatenate(some)), self._ranks)
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
    register = cast(AreaLibrary, OneRegister(people.register))
    match.codes = match.finer(TERC, register, cast(AudienceStore, audience), NOW)
    slices = plan_slices(match, cast(AudienceStore, audience), NOW, SLICE)
    spans = [(part.code, audience.rows(lo, hi, part.code)) for part in slices for lo, hi in part.ranges]
    delivered = Counter(at for code, rows in spans for at in _delivered(match, rows, people, code))
    return ByCode(
        counts=audience.counts,
        queries=len(spans),
        documents=sum(len(rows) for _, rows in spans),
        reads=audience.reads + WHOLE_PROBE + sum(max(1, len(rows)) for _, rows in spans),
        inside=len(inside := PartsMatch(steps, shape_taken).inside(people.spots)),
        missed=len(inside - delivered.keys()),
        twice=sum(delivered.values()) - len(delivered),
    )


def _delivered(match: AreaMatch, rows: Rows, people: Inhabited, code: str | None) -> Iterator[int]:
    places = rows.tolist()
    entries = [_entry(at, people.spots[at]) for at in places]
    return (at for at, own in zip(places, match.owners(entries, code), strict=True) if own)


def _entry(at: int, spot: Spot) -> AudienceEntry:
    place = Sibling("1", spot.cell, spot.codes)
    found = found_by(spot.codes)
    return AudienceEntry(str(at), "1", spot.cell, spot.codes.terc, "pl", (), (place,), found_by=found)
