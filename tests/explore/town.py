"""A few neighbours and an area, made once in a process: where people live is not what is explored."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property
from random import Random

import numpy as np

from shared.domain.alert import Severity
from shared.domain.area_parts import Level, Step, Steps, Unit
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.delivery import Slice
from shared.domain.found_by import any_of, beneath, code_of, found_by
from shared.domain.place_codes import PlaceCodes
from shared.domain.preferences import Preferences
from shared.geo.cells import cell_of
from shared.geo.shapes import Area
from shared.ports import AudienceStore
from shared.services.audience.codes_match import CodesMatch
from shared.services.audience.match_area import AreaMatch, Query
from shared.services.delivery import begin_delivery as begin
from shared.services.delivery import slice_batches

WEST, SOUTH, EAST, NORTH = 19.930, 49.830, 19.9355, 49.8336
AREA = (
    f'{{"type":"Polygon","coordinates":[[[{WEST},{SOUTH}],[{EAST},{SOUTH}],[{EAST},{NORTH}],'
    f"[{WEST},{NORTH}],[{WEST},{SOUTH}]]]}}"
)
MARGIN = 0.0002  # degrees; nobody lives on the border
TOWNS = 64
SPARED = Preferences(least=Severity.EXTREME)
TERC, HERE, THERE = "1201022", "0000001", "0000002"  # the gmina, its localities in the area and east of it
STREET = f"{HERE}:00001"  # where every other lives who lives here
GMINA, VILLAGE, ROAD, AWAY = (
    Unit(Level.GMINA, TERC),
    Unit(Level.LOCALITY, HERE),
    Unit(Level.STREET, STREET),
    Unit(Level.LOCALITY, THERE),
)
# Each means whom the drawn area means: by a code, by several that find some twice, by all but some.
NAMED: Sequence[Steps] = (
    (Step(VILLAGE),),
    (Step(ROAD), Step(VILLAGE)),
    (Step(GMINA), Step(AWAY, subtracted=True)),
    (Step(ROAD), Step(GMINA), Step(AWAY, subtracted=True)),
)
LOWEST, HIGHEST = "8d0000000000000", "8dfffffffffffff"


@dataclass(frozen=True)
class Town:
    number: int
    entries: Mapping[str, AudienceEntry]  # by key, in the index's order
    inside: frozenset[str]  # cells
    slices: int  # of the plan
    wave: int  # messages

    @cached_property
    def keys(self) -> Sequence[str]:
        """Of all addresses."""
        return [f"{entry.key}/{device.id}" for entry in self.entries.values() for device in entry.devices]

    @cached_property
    def match(self) -> TownMatch:
        return TownMatch(self, self.inside)

    @cached_property
    def cells(self) -> Sequence[str]:
        """Of all places, inside and not."""
        return sorted({sibling.cell for entry in self.entries.values() for sibling in entry.siblings})

    def inside_of(self, area: str) -> frozenset[str]:
        """Of the area itself (""), with some of the places about it (" wide"), without some (" narrow")."""
        some = frozenset(cell for cell in self.cells if int(cell, 16) // 64 % 2)
        return {"": self.inside, " wide": self.inside | some, " narrow": self.inside & some}[area]


class TownMatch(AreaMatch):
    """The choice of AreaMatch, with the cells in the area looked up instead of reckoned."""

    def __init__(self, of: Town, inside: frozenset[str]) -> None:
        self.town = of
        self._matches = lambda cells: np.array([cell in inside for cell in cells])

    def ranges(self) -> list[tuple[str, str]]:
        return [(LOWEST, HIGHEST)]


class TownParts(CodesMatch):
    """The choice of CodesMatch; every other town's plan reads what is left of the gmina."""

    def __init__(self, of: Town, steps: Steps) -> None:
        super().__init__(_area().area, steps)
        self.town = of

    def finer(self, *_asked: object) -> tuple[str, ...]:
        if self.town.number % 2:
            return ()
        gmina = code_of(GMINA)
        [left] = any_of([beneath(gmina, HERE), beneath(gmina)])
        return tuple(left if code == gmina else code for code in self._codes)


@cache
def town(number: int) -> Town:
    """3 to 12 places: of one or two phones, of one or two addresses, inside or not, some who are spared."""
    rng = Random(f"town {number}")
    found: dict[str, AudienceEntry] = {}
    places = rng.randint(3, 12)
    while len(found) < places:
        uid = f"r{len(found):02}"
        points = [_point(rng) for _ in range(rng.choice((1, 1, 1, 2)))]
        found |= {entry.key: entry for entry in _entries(rng, uid, points)}
    in_order = sorted(found.values(), key=lambda entry: (entry.cell, entry.key))
    cells = {entry.cell for entry in in_order} | {s.cell for entry in in_order for s in entry.siblings}
    return Town(
        number,
        {entry.key: entry for entry in in_order},
        frozenset(cell for cell in cells if _lies_inside(cell)),
        rng.choice((1, 2, 2, 3)),
        rng.choice((2, 3)),
    )


@contextmanager
def towns() -> Iterator[None]:
    """For as long as it lasts an alert's area is "town 7", and plans are made by counting to three.

    The geometry and the survey of where people live have tests of their own, and would take most of the time.
    """
    stand_ins = (
        (begin, "match_of", _match_of),
        (slice_batches, "match_of", _match_of),
        (begin, "plan_slices", planned),
    )
    real = [(owner, name, vars(owner)[name]) for owner, name, _ in stand_ins]
    for owner, name, stand_in in stand_ins:
        setattr(owner, name, stand_in)
    try:
        yield
    finally:
        for owner, name, before in real:
            setattr(owner, name, before)


def _match_of(
    text: str, parts: Steps | None, units: Collection[str] = (), codes: tuple[str, ...] = ()
) -> TownMatch | TownParts:
    number, space, kind = text.removeprefix("town ").partition(" ")
    of = town(int(number))
    if parts is None:
        return TownMatch(of, of.inside_of(f" {kind}")) if space else of.match
    match = TownParts(of, parts)
    match.codes = codes
    return match


def planned(
    match: TownMatch | TownParts, audience: AudienceStore, read_time: datetime, size: int
) -> tuple[Slice, ...]:
    """The town's places as of then, those of each query cut into as many slices as it says."""
    queries = match.queries(audience, read_time)
    cut = [part for query in queries for part in _cut(match.town.slices, query, audience, read_time)]
    return tuple(replace(part, index=index) for index, part in enumerate(cut))


def _cut(slices: int, query: Query, audience: AudienceStore, read_time: datetime) -> Iterator[Slice]:
    cells = sorted(entry.cell for entry in audience.stream(LOWEST, HIGHEST, read_time, code=query.code))
    size = max(1, -(-len(cells) // slices))
    bounds = [LOWEST, *(cells[at] for at in range(size, len(cells), size))]
    for index, lo in enumerate(bounds if cells else ()):
        hi = _before(bounds[index + 1]) if index + 1 < len(bounds) else HIGHEST
        count = sum(lo <= cell <= hi for cell in cells)
        yield Slice(index=index, ranges=((lo, hi),), count=count, code=query.code)


def _before(cell: str) -> str:
    """The text just before it, of the same length."""
    return f"{int(cell, 16) - 1:015x}"


def _point(rng: Random) -> tuple[float, float]:
    """Latitude, longitude; every fourth lies east of the area."""
    if rng.random() < 0.25:
        return rng.uniform(SOUTH, NORTH), rng.uniform(EAST + MARGIN, EAST + 0.003)
    return rng.uniform(SOUTH + MARGIN, NORTH - MARGIN), rng.uniform(WEST + MARGIN, EAST - MARGIN)


def _entries(rng: Random, uid: str, points: Sequence[tuple[float, float]]) -> list[AudienceEntry]:
    siblings = tuple(
        Sibling(str(number), cell := cell_of(*point), _codes(cell)) for number, point in enumerate(points, 1)
    )
    phones = tuple(
        Device(str(number), rng.choice(tuple(Platform)), Target("token", f"{uid}-{number}"))
        for number in range(1, rng.choice((1, 1, 2)) + 1)
    )
    preferences = SPARED if rng.random() < 0.1 else Preferences()
    return [
        AudienceEntry(uid, one.id, one.cell, TERC, "pl", phones, siblings, preferences, found_by(one.codes))
        for one in siblings
    ]


def _codes(cell: str) -> PlaceCodes:
    if not _lies_inside(cell):
        return PlaceCodes(TERC, THERE)
    return PlaceCodes(TERC, HERE, None, STREET if int(cell, 16) // 64 % 2 else None, "1")


@cache
def _area() -> AreaMatch:
    return AreaMatch(Area.from_text(AREA))


def _lies_inside(cell: str) -> bool:
    return bool(_area()._matches([cell])[0])
