"""Which ranges of cells to read for an area: told by counting where people live.

Geometry gives some thousand ranges that fit the area closely. Reading each would cost a query, and a query
costs a read even when it finds nobody; reading few long ones would read the neighbours, too. Counts, which
cost a read per 1,000 index entries, tell where a longer range is worth it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from math import ceil

from shared.geo import cells
from shared.geo.cells import Range
from shared.ports import Entries

AT_ONCE = 8  # counts asked for at the same time
GROUPS = 8  # that a part is cut into, to look closer
CLUSTERS, FAR = 64, 20  # at most, to begin with: parted by gaps so many times wider than all ranges together
WASTE = 32  # places probably read in vain, for which a part is looked at closer
COUNTS = (8, 0.01, 160)  # at least, per place, at most: counts that looking closer may take
EMPTY = 0.05  # a share of the places: with fewer in its gaps a part is read with one query
SPARE = 0.03  # places probably read in vain, per place, that fewer queries are worth ...
PER_QUERY = (1, 0.002)  # ... and those that one query is worth: at least, per place

Group = tuple[Range, ...]


@dataclass(frozen=True)
class Part:
    """Neighbouring ranges in string order, and how many places lie from the first to the last of them.

    So `count` is exact for one range; for several it is the most that they can hold. `within`: a range
    that holds nobody but the parts cut from it, so that neighbours among them may be read as one.
    """

    ranges: Group
    count: int
    within: Range | None = None

    @property
    def hull(self) -> Range:
        return self.ranges[0][0], self.ranges[-1][1]

    @property
    def is_cell(self) -> bool:
        lo, hi = self.hull
        return lo == hi

    @cached_property
    def gaps(self) -> list[int]:
        """Cells between each range and the next."""
        return _gaps(self.ranges)

    @cached_property
    def density(self) -> float:
        """Places per cell, from the first range to the last."""
        first, last = cells.ranks(self.hull).tolist()
        return float(self.count / (last - first + 1))

    @cached_property
    def waste(self) -> float:
        """Places that lie in the gaps, if they are spread evenly."""
        return self.density * sum(self.gaps)


def survey(audience: Entries, ranges: Sequence[Range], read_time: datetime | None) -> list[Part]:
    """The parts of the ranges that hold somebody, with ranges merged where few live between them.

    Nothing is counted across wide gaps, so the counts do not grow with the population elsewhere.
    """
    if not ranges:
        return []
    parts = count_parts(audience, _clusters(ranges), read_time)
    return _joined(_looked_at_closer(audience, parts, read_time))


def fitting(audience: Entries, parts: Sequence[Part], size: int, read_time: datetime | None) -> list[Part]:
    """The same places in parts of at most `size`; only a single cell may hold more."""
    large = [part for part in parts if part.count > size and not part.is_cell]
    if not large:
        return list(parts)
    small = [part for part in parts if part not in large]
    groups = {part: _finer(part, size) for part in large}
    pieces = count_parts(audience, [one for some in groups.values() for one in some], read_time)
    finer = [
        replace(piece, within=part.within or part.hull if len(part.ranges) == 1 else None)
        for part in large
        for piece in _inside(part, pieces)
    ]
    return small + fitting(audience, finer, size, read_time)


def together(parts: Iterable[Part]) -> tuple[Range, ...]:
    """The ranges to read for parts that follow each other, in string order: as few as read nobody else."""
    ranges: list[Range] = []
    before: Part | None = None
    for part in parts:
        if before and before.within is not None and before.within == part.within:
            ranges[-1] = (ranges[-1][0], part.hull[1])
        else:
            ranges += part.ranges
        before = part
    return tuple(ranges)


def exact(audience: Entries, parts: Sequence[Part], read_time: datetime | None) -> list[Part]:
    """The same places in parts of one range each, counted."""
    alone = [part for part in parts if len(part.ranges) == 1]
    several = [(one,) for part in parts if len(part.ranges) > 1 for one in part.ranges]
    return alone + count_parts(audience, several, read_time)


def count_parts(audience: Entries, groups: Sequence[Group], read_time: datetime | None) -> list[Part]:
    """Each group with its count; without those that hold nobody."""
    hulls = [(group[0][0], group[-1][1]) for group in groups]
    counts = _counts(audience, hulls, read_time)
    return [Part(group, count) for group, count in zip(groups, counts, strict=True) if count]


def _counts(audience: Entries, hulls: Sequence[Range], read_time: datetime | None) -> list[int]:
    if len(hulls) == 1:
        return [audience.count(*hulls[0], read_time)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda hull: audience.count(hull[0], hull[1], read_time), hulls))


def _looked_at_closer(audience: Entries, parts: list[Part], read_time: datetime | None) -> list[Part]:
    """The parts, those cut and counted again that would be read in vain most."""
    least, share, most = COUNTS
    spent = 0
    while True:
        allowed = min(most, max(least, share * sum(part.count for part in parts)))
        chosen = _most_wasteful(parts, int(allowed - spent) // GROUPS)
        if not chosen:
            return parts
        groups = {part: _cut(part.ranges, _widest(part.gaps, GROUPS - 1)) for part in chosen}
        pieces = count_parts(audience, [one for some in groups.values() for one in some], read_time)
        spent += sum(map(len, groups.values()))
        closer = [piece for part in chosen for piece in _kept(part, len(groups[part]), pieces)]
        parts = [part for part in parts if part not in groups] + closer


def _most_wasteful(parts: Sequence[Part], most: int) -> list[Part]:
    wasteful = sorted((part for part in parts if part.waste > WASTE), key=lambda part: -part.waste)
    return wasteful[: min(most, AT_ONCE)] if most > 0 else []


def _kept(part: Part, groups: int, pieces: Sequence[Part]) -> list[Part]:
    """The part as one range if nearly nobody lives in the gaps that it was cut at, else its pieces.

    They must be half of all its gap, to speak for the rest. If nobody at all does, its pieces are as good as
    it, and counted.
    """
    own = _inside(part, pieces)
    cut_at = sum(sorted(part.gaps)[-(groups - 1) :])
    between = part.count - sum(piece.count for piece in own)
    if between > EMPTY * part.count or 2 * cut_at < sum(part.gaps):
        return own
    if between:
        return [Part((part.hull,), part.count)]
    return [Part((piece.hull,), piece.count, within=part.hull) for piece in own]


def _inside(part: Part, pieces: Sequence[Part]) -> list[Part]:
    lo, hi = part.hull
    return [piece for piece in pieces if lo <= piece.hull[0] <= hi]


def _joined(parts: Sequence[Part]) -> list[Part]:
    """The parts with the fewest ranges that probably read no more than SPARE in vain."""
    places = sum(part.count for part in parts)
    gaps = [
        (part.density * gap, number, at)
        for number, part in enumerate(parts)
        for at, gap in enumerate(part.gaps)
    ]
    worth = max(PER_QUERY[0], PER_QUERY[1] * places)
    left = sum(vain for vain, _, _ in gaps)
    kept: list[list[int]] = [[] for _ in parts]
    for vain, number, at in sorted(gaps, reverse=True):
        if left <= SPARE * places or vain < worth:
            break
        kept[number].append(at)
        left -= vain
    return [replace(part, ranges=_hulls(_cut(part.ranges, at))) for part, at in zip(parts, kept, strict=True)]


def _hulls(groups: Iterable[Group]) -> Group:
    return tuple((group[0][0], group[-1][1]) for group in groups)


def _finer(part: Part, size: int) -> list[Group]:
    if len(part.ranges) > 1:
        return [(one,) for one in part.ranges]
    return [(piece,) for piece in cells.split(*part.hull, 2 * ceil(part.count / size))]


def _clusters(ranges: Sequence[Range]) -> list[Group]:
    """Cut at gaps much wider than all ranges together: what lives there is not to be counted."""
    gaps = _gaps(ranges)
    bounds = cells.ranks([bound for one in (ranges[0], ranges[-1]) for bound in one]).tolist()
    own = bounds[-1] - bounds[0] + 1 - sum(gaps)
    wide = [at for at in _widest(gaps, CLUSTERS - 1) if gaps[at] > FAR * own]
    return _cut(ranges, wide)


def _widest(gaps: Sequence[int], most: int) -> list[int]:
    return sorted(range(len(gaps)), key=lambda at: gaps[at], reverse=True)[:most]


def _cut(ranges: Sequence[Range], after: Iterable[int]) -> list[Group]:
    """Groups of neighbours, parted after the ranges of these numbers."""
    starts = [0, *(at + 1 for at in sorted(after)), len(ranges)]
    return [tuple(ranges[start:end]) for start, end in pairwise(starts)]


def _gaps(ranges: Sequence[Range]) -> list[int]:
    bounds = cells.ranks([bound for one in ranges for bound in one]).tolist()
    return [int(lo) - int(hi) - 1 for hi, lo in zip(bounds[1:-1:2], bounds[2::2], strict=True)]
