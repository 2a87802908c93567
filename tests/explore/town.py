"""A few neighbours and an area, made once in a process: where people live is not what is explored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from random import Random

import numpy as np

from shared.domain.alert import Severity
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.delivery import Slice
from shared.domain.preferences import Preferences
from shared.geo.cells import cell_of
from shared.geo.shapes import Area
from shared.ports import AudienceStore
from shared.services.audience.match_area import AreaMatch
from shared.services.delivery import begin_delivery as begin

WEST, SOUTH, EAST, NORTH = 19.930, 49.830, 19.9355, 49.8336
AREA = (
    f'{{"type":"Polygon","coordinates":[[[{WEST},{SOUTH}],[{EAST},{SOUTH}],[{EAST},{NORTH}],'
    f"[{WEST},{NORTH}],[{WEST},{SOUTH}]]]}}"
)
MARGIN = 0.0002  # degrees; nobody lives on the border
TOWNS = 64
SPARED = Preferences(least=Severity.EXTREME)
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
        return TownMatch(self)


class TownMatch(AreaMatch):
    """The choice of AreaMatch, with the cells in the area looked up instead of reckoned."""

    def __init__(self, of: Town) -> None:
        self.town = of
        self._matches = lambda cells: np.array([cell in of.inside for cell in cells])


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
    stand_ins = ((AreaMatch, "of_text", staticmethod(_match_of)), (begin, "plan_slices", planned))
    real = [(owner, name, vars(owner)[name]) for owner, name, _ in stand_ins]
    for owner, name, stand_in in stand_ins:
        setattr(owner, name, stand_in)
    try:
        yield
    finally:
        for owner, name, before in real:
            setattr(owner, name, before)


def _match_of(text: str) -> TownMatch:
    return town(int(text.removeprefix("town "))).match


def planned(match: TownMatch, audience: AudienceStore, read_time: datetime, size: int) -> tuple[Slice, ...]:
    """The town's places as of then, cut into as many slices as it says."""
    of = match.town
    cells = sorted(entry.cell for entry in audience.stream(LOWEST, HIGHEST, read_time))
    size = max(1, -(-len(cells) // of.slices))
    bounds = [LOWEST, *(cells[at] for at in range(size, len(cells), size))]
    slices = []
    for index, lo in enumerate(bounds):
        hi = _before(bounds[index + 1]) if index + 1 < len(bounds) else HIGHEST
        count = sum(lo <= cell <= hi for cell in cells)
        slices.append(Slice(index=index, ranges=((lo, hi),), count=count))
    return tuple(slices) if cells else ()


def _before(cell: str) -> str:
    """The text just before it, of the same length."""
    return f"{int(cell, 16) - 1:015x}"


def _point(rng: Random) -> tuple[float, float]:
    """Latitude, longitude; every fourth lies east of the area."""
    if rng.random() < 0.25:
        return rng.uniform(SOUTH, NORTH), rng.uniform(EAST + MARGIN, EAST + 0.003)
    return rng.uniform(SOUTH + MARGIN, NORTH - MARGIN), rng.uniform(WEST + MARGIN, EAST - MARGIN)


def _entries(rng: Random, uid: str, points: Sequence[tuple[float, float]]) -> list[AudienceEntry]:
    siblings = tuple(Sibling(str(number), cell_of(*point)) for number, point in enumerate(points, 1))
    phones = tuple(
        Device(str(number), rng.choice(tuple(Platform)), Target("token", f"{uid}-{number}"))
        for number in range(1, rng.choice((1, 1, 2)) + 1)
    )
    preferences = SPARED if rng.random() < 0.1 else Preferences()
    return [
        AudienceEntry(uid, place.id, place.cell, "1201022", "pl", phones, siblings, preferences)
        for place in siblings
    ]


@cache
def _area() -> AreaMatch:
    return AreaMatch(Area.from_text(AREA))


def _lies_inside(cell: str) -> bool:
    return bool(_area()._matches([cell])[0])
