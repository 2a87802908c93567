"""Where the people are whom an area may mean: the queries to read, with how many each would find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.whole_units import is_whole
from shared.geo.cells import EVERYWHERE, Range, neighbours
from shared.geo.cover import ranges_for
from shared.ports import AudienceStore
from shared.services.audience.match_area import AreaMatch, Query
from shared.services.audience.narrowed import narrowed
from shared.services.audience.survey_ranges import Part, count_parts, survey

MANY = 1_000  # of one code, to look closer where they are


@dataclass(frozen=True)
class Surveyed:
    """The parts of one query that hold somebody."""

    code: str | None  # as Query.code
    parts: Sequence[Part]

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def of_wholes(self) -> bool:
        """Whole units, each a part of its own that cannot be cut by cells."""
        return any(is_whole(part.hull[0]) for part in self.parts)


def surveyed(match: AreaMatch, audience: AudienceStore, read_time: datetime | None) -> list[Surveyed]:
    """In the order of the queries, whole units last; a code costs one count, a read per 1,000 places."""
    queries = match.queries(audience, read_time)
    found = [Surveyed(query.code, _parts(audience, query, read_time)) for query in queries]
    wholes = count_parts(audience, [((cell, cell),) for cell in sorted(match.units)], read_time)
    return [one for one in (*found, Surveyed("", wholes)) if one.parts]


def _parts(audience: AudienceStore, query: Query, read_time: datetime | None) -> Sequence[Part]:
    entries, ranges = narrowed(audience, query.code), tuple(query.ranges)
    if not query.code:
        return survey(entries, ranges, read_time)
    hull = (ranges[0][0], ranges[-1][1])
    counted = count_parts(entries, [(hull,)], read_time)
    if ranges != (EVERYWHERE,):  # mostly nobody is found for want of a code
        return survey(entries, ranges, read_time) if counted else ()
    if query.about is None or sum(part.count for part in counted) <= MANY:
        return counted
    return count_parts(entries, _about(ranges_for(query.about)), read_time)


def _about(ranges: Sequence[Range]) -> list[tuple[Range]]:
    """All cells in three ranges: before, within and behind these, so that cutting begins near the people."""
    lo, hi = ranges[0][0], ranges[-1][1]
    before, behind = neighbours(lo, hi)
    return [((EVERYWHERE[0], before),), ((lo, hi),), ((behind, EVERYWHERE[1]),)]
