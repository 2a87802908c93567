"""Plans of alerts of any size, made by the real planning over counted cells."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import numpy as np
import shapely

from benchmarks import inhabitants
from benchmarks.population import MOMENT, Population
from benchmarks.simulate_delivery import Plan
from demo.residents import DEVICES
from shared.geo import cells
from shared.geo.cells import Ranks
from shared.geo.cover import matcher, ranges_for
from shared.geo.shapes import Area
from shared.ports import AudienceStore, Pace
from shared.services.audience.match_area import AreaMatch
from shared.services.delivery.plan_slices import plan_slices

PHONES_PER_RESIDENT = sum(phones * share for phones, share in DEVICES.items()) / sum(DEVICES.values())
MUNICIPALITY = 6  # resolution of cells of about 36 km2, each given the settlement of one
COUNTRY_M = 315_000  # radius of a circle as large as Poland
MIDDLE = (19.48, 52.07)


class Counted:
    """The part of ports.AudienceStore that planning uses, as sorted ranks; keeps what each count found."""

    def __init__(self, ranks: Ranks) -> None:
        self._ranks = ranks
        self.counts: list[int] = []

    def count(self, lo: str, hi: str, read_time: datetime | None) -> int:
        first, last = cells.ranks([lo, hi])
        start = np.searchsorted(self._ranks, first, side="left")
        found = int(np.searchsorted(self._ranks, last, side="right") - start)
        self.counts.append(found)
        return found


def municipal(phones: int) -> Plan:
    """The whole municipality at once, with residents for so many phones."""
    population = Population(inhabitants.places(round(phones / PHONES_PER_RESIDENT)))
    area = inhabitants.areas()["whole gmina"]
    return _plan(area, population.ranks, population.reached(area).phones)


def alone_at_home(residents: int) -> Plan:
    """So many residents with one place each, all in the municipality: as benchmarks.alert fills the index."""
    everyone = inhabitants.places(2 * residents)
    area = inhabitants.areas()["whole gmina"]
    inside = matcher(area)(cells.strings(everyone.rank))
    homes = np.sort(everyone.rank[(everyone.slot == 1) & inside][:residents])
    return _plan(area, homes, round(residents * PHONES_PER_RESIDENT))


def national(phones: int) -> Plan:
    """A circle as large as Poland, its municipalities each settled like the benchmarks' one."""
    plane = np.array([1 / np.cos(np.radians(MIDDLE[1])), 1]) / 111_320
    circle = shapely.transform(
        shapely.Point(0, 0).buffer(COUNTRY_M, quad_segs=32), lambda xy: xy * plane + MIDDLE
    )
    area = Area(circle)
    return _plan(area, _country(area, phones), phones)


def _plan(area: Area, ranks: Ranks, phones: int) -> Plan:
    index = Counted(ranks)
    slices = plan_slices(AreaMatch(area), cast(AudienceStore, index), MOMENT, Pace().slice)
    places = sum(part.count for part in slices)
    return Plan(
        counts=index.counts,
        slices=[part.count for part in slices],
        ranges=[len(part.ranges) for part in slices],
        phones_per_place=phones / places,
    )


def _country(area: Area, places: int) -> Ranks:
    """Ranks of places: some municipalities are many times larger than most."""
    rng = np.random.default_rng(1)
    width = np.uint64(7 ** (cells.RESOLUTION - MUNICIPALITY))
    touched = [cells.ranks(pair) // width for pair in ranges_for(area)]
    runs = [np.arange(lo, hi + np.uint64(1), dtype=np.uint64) for lo, hi in touched]
    parents: Ranks = np.unique(np.concatenate(runs))
    centres = cells.index_centres(cells.index_of(parents, MUNICIPALITY))
    parents = parents[shapely.contains_xy(area.geometry, centres[:, 1], centres[:, 0])]
    weights = rng.lognormal(0, 1.2, len(parents))
    chosen = rng.choice(parents, size=places, p=weights / weights.sum())
    settled = inhabitants.places().rank % width
    ranks: Ranks = chosen.astype(np.uint64) * width + rng.choice(settled, size=places)
    ranks.sort()
    return ranks
