"""An area's audience cut into slices that workers deliver side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from math import ceil, cos, hypot, radians

from shared.domain.delivery import Slice
from shared.geo import cells
from shared.geo.cells import Range
from shared.ports import AudienceStore
from shared.services.match_area import AreaMatch

MOST_SLICES = 400  # all are written in one commit; Firestore docs, quotas: 10 MiB
AT_ONCE = 8  # counts asked for at the same time


@dataclass(frozen=True)
class Counted:
    """How many places were in a range at the moment of reading."""

    lo: str
    hi: str
    count: int

    @property
    def range(self) -> Range:
        return self.lo, self.hi


def plan_slices(
    match: AreaMatch, audience: AudienceStore, read_time: datetime, size: int
) -> tuple[Slice, ...]:
    """Slices of up to `size` places, nearest to the area's centre first; none when the ranges are empty."""
    counted = count_ranges(audience, match.ranges(), read_time)
    size = max(size, ceil(sum(part.count for part in counted) / (MOST_SLICES / 2)))
    fitting = split_large(audience, counted, size, read_time)
    near_first = sorted(fitting, key=lambda part: _distance(match.area.centre, part))
    return tuple(_slice(index, group) for index, group in enumerate(_packed(near_first, size)))


def count_ranges(
    audience: AudienceStore, ranges: Sequence[Range], read_time: datetime | None
) -> list[Counted]:
    """The ranges that hold somebody."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        counts = list(pool.map(lambda part: audience.count(part[0], part[1], read_time), ranges))
    return [Counted(*part, count) for part, count in zip(ranges, counts, strict=True) if count]


def split_large(
    audience: AudienceStore, counted: Sequence[Counted], size: int, read_time: datetime | None
) -> list[Counted]:
    """The same places in ranges of at most `size`; only a single cell may hold more."""
    fitting = [part for part in counted if part.count <= size or part.lo == part.hi]
    large = [part for part in counted if part.count > size and part.lo != part.hi]
    if not large:
        return fitting
    finer = [piece for part in large for piece in cells.split(*part.range, 2 * ceil(part.count / size))]
    return fitting + split_large(audience, count_ranges(audience, finer, read_time), size, read_time)


def _packed(near_first: Sequence[Counted], size: int) -> Iterator[list[Counted]]:
    group: list[Counted] = []
    for part in near_first:
        if group and sum(member.count for member in group) + part.count > size:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _slice(index: int, group: Sequence[Counted]) -> Slice:
    """Its ranges in string order, so that one cursor tells how far a worker came."""
    ranges = tuple(sorted(part.range for part in group))
    return Slice(index=index, ranges=ranges, count=sum(part.count for part in group))


def _distance(centre: tuple[float, float], part: Counted) -> float:
    """From the area's centre to the middle of the range; in degrees of latitude, good for an order."""
    lng, lat = centre
    middle = cells.split(part.lo, part.hi, 2)[-1][0]
    lats, lngs = cells.centres([middle])
    return hypot(float(lats[0]) - lat, (float(lngs[0]) - lng) * cos(radians(lat)))
