"""How many places an area's ranges hold: asked with few queries, and read with few where it costs little."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import ceil

from shared.geo import cells
from shared.geo.cells import Range
from shared.ports import AudienceStore

AT_ONCE = 8  # counts asked for at the same time
GROUPS = 8  # of neighbouring ranges, counted together
SPARE = 0.05  # places read in vain, per place in the ranges, that fewer queries are worth

Group = tuple[Range, ...]


@dataclass(frozen=True)
class Part:
    """Neighbouring ranges in string order, and how many places lie from the first to the last of them.

    So `count` is exact for one range; for several it is the most that they can hold.
    """

    ranges: Group
    count: int

    @property
    def hull(self) -> Range:
        return self.ranges[0][0], self.ranges[-1][1]

    @property
    def is_cell(self) -> bool:
        lo, hi = self.hull
        return lo == hi


def survey(audience: AudienceStore, ranges: Sequence[Range], read_time: datetime | None) -> list[Part]:
    """The parts of the ranges that hold somebody; at most three rounds of queries, about twenty in all.

    Where nearly nobody lives in the gaps between ranges, as about a municipality or a village, ranges become
    one that is read with a single query; in a dense neighbourhood they stay apart.
    """
    if not ranges:
        return []
    whole = count_parts(audience, [tuple(ranges)], read_time)
    if not whole or whole[0].count <= len(ranges):  # a query costs a read even when it finds nothing
        return [_merged(part) for part in whole]
    parts = count_parts(audience, _groups(ranges), read_time)
    if _in_gaps(audience, parts, read_time) <= SPARE * sum(part.count for part in parts):
        return [_merged(part) for part in parts]
    return parts


def fitting(
    audience: AudienceStore, parts: Sequence[Part], size: int, read_time: datetime | None
) -> list[Part]:
    """The same places in parts of at most `size`; only a single cell may hold more."""
    large = [part for part in parts if part.count > size and not part.is_cell]
    if not large:
        return list(parts)
    small = [part for part in parts if part not in large]
    finer = [piece for part in large for piece in _finer(part, size)]
    return small + fitting(audience, count_parts(audience, finer, read_time), size, read_time)


def exact(audience: AudienceStore, parts: Sequence[Part], read_time: datetime | None) -> list[Part]:
    """The same places in parts of one range each, counted."""
    alone = [part for part in parts if len(part.ranges) == 1]
    several = [(one,) for part in parts if len(part.ranges) > 1 for one in part.ranges]
    return alone + count_parts(audience, several, read_time)


def count_parts(audience: AudienceStore, groups: Sequence[Group], read_time: datetime | None) -> list[Part]:
    """Each group with its count; without those that hold nobody."""
    hulls = [(group[0][0], group[-1][1]) for group in groups]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        counts = list(pool.map(lambda hull: audience.count(hull[0], hull[1], read_time), hulls))
    return [Part(group, count) for group, count in zip(groups, counts, strict=True) if count]


def _merged(part: Part) -> Part:
    return Part((part.hull,), part.count)


def _finer(part: Part, size: int) -> list[Group]:
    if len(part.ranges) > 1:
        return [(one,) for one in part.ranges]
    return [(piece,) for piece in cells.split(*part.hull, 2 * ceil(part.count / size))]


def _groups(ranges: Sequence[Range]) -> list[Group]:
    """Cut at the widest gaps."""
    gaps = _gaps(ranges)
    widest = sorted(range(len(gaps)), key=lambda at: gaps[at], reverse=True)[: GROUPS - 1]
    starts = [0, *(at + 1 for at in sorted(widest)), len(ranges)]
    return [tuple(ranges[start:end]) for start, end in pairwise(starts)]


def _in_gaps(audience: AudienceStore, parts: Sequence[Part], read_time: datetime | None) -> float:
    """How many places lie in the gaps within the parts, told from the parts with half of all gap."""
    widths = {part: sum(_gaps(part.ranges)) for part in parts}
    total = sum(widths.values())
    chosen: list[Part] = []
    looked_at = 0
    for part in sorted(parts, key=lambda part: widths[part], reverse=True):
        if 2 * looked_at >= total:
            break
        chosen.append(part)
        looked_at += widths[part]
    alone = count_parts(audience, [(one,) for part in chosen for one in part.ranges], read_time)
    seen = sum(part.count for part in chosen) - sum(part.count for part in alone)
    return seen * total / looked_at if looked_at else 0.0


def _gaps(ranges: Sequence[Range]) -> list[int]:
    """Cells between each range and the next."""
    bounds = cells.ranks([bound for one in ranges for bound in one]).tolist()
    return [int(lo) - int(hi) - 1 for hi, lo in zip(bounds[1:-1:2], bounds[2::2], strict=True)]
