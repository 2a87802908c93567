"""How many residents and phones an area reaches, counted before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from datetime import datetime
from math import ceil

import numpy as np
from shapely.geometry import MultiPolygon

from shared.domain.audience import AudienceEntry
from shared.domain.preferences import Announcement, rings
from shared.domain.reach import Counted
from shared.geo import cells
from shared.geo.shapes import Area
from shared.ports import AudienceStore
from shared.services.audience.match_area import (
    AreaMatch,
    Verdict,
    chunked,
    judged,
    ranges_at_once,
    read_ranges,
)
from shared.services.audience.survey_ranges import (
    AT_ONCE,
    Part,
    count_parts,
    exact,
    fitting,
    survey,
    together,
)

EXACT_UP_TO = 5000  # places in the area
SAMPLE = 4000  # entries read for an estimate ...
SPOTS = 400  # ... in so many spots
STRATA = 96  # parts that are counted, at least
MARGIN = 1.1  # an estimate this near to EXACT_UP_TO is counted after all


@dataclass(frozen=True)
class Sending:
    """A message, and the moment it goes out."""

    message: Announcement
    at: datetime


@dataclass(frozen=True)
class _Tally:
    residents: float = 0
    phones: float = 0
    places: float = 0
    muted: float = 0
    wakes: float = 0
    muted_residents: float = 0
    woken_residents: float = 0

    def __add__(self, other: _Tally) -> _Tally:
        return _Tally(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    def __mul__(self, factor: float) -> _Tally:
        return _Tally(*(figure * factor for figure in astuple(self)))


class _Count:
    """How the entries of an area are counted: with the filter of the delivery."""

    def __init__(self, match: AreaMatch, sending: Sending | None) -> None:
        self.match, self._sending = match, sending

    def of(self, entries: Iterable[AudienceEntry]) -> _Tally:
        return sum((self._of_chunk(chunk) for chunk in chunked(entries)), _Tally())

    def reach(self, tally: _Tally, exact: bool) -> Counted:
        residents, phones, places, *asked_with_a_message = (round(figure) for figure in astuple(tally))
        if self._sending is None:
            return Counted(residents, phones, places, exact)
        return Counted(residents, phones, places, exact, *asked_with_a_message)

    def _of_chunk(self, chunk: Sequence[AudienceEntry]) -> _Tally:
        message = self._sending.message if self._sending else None
        verdicts = list(judged(self.match, message, chunk))
        sent = [entry for entry, verdict in verdicts if verdict is Verdict.SENT]
        muted = [entry for entry, verdict in verdicts if verdict is Verdict.MUTED]
        heard = [entry for entry in sent if self._rings(entry)]
        return _Tally(
            residents=len(sent),
            phones=_phones(sent),
            places=sum(self.match.matching(chunk)),
            muted=_phones(muted),
            wakes=_phones(heard),
            muted_residents=len(muted),
            woken_residents=len(heard),
        )

    def _rings(self, entry: AudienceEntry) -> bool:
        sending = self._sending
        return sending is not None and rings(entry.preferences, sending.message, sending.at)


def measure_reach(area: Area, audience: AudienceStore, sending: Sending | None = None) -> Counted:
    """Counted with the same filter as the delivery; above 5,000 places estimated from a sample."""
    match = AreaMatch(area)
    count = _Count(match, sending)
    parts = survey(audience, match.ranges(), None)
    if sum(part.count for part in parts) > EXACT_UP_TO:
        estimate = _estimated(count, audience, parts)
        if estimate.places > EXACT_UP_TO * MARGIN:
            return count.reach(estimate, exact=False)
    ranges = together(sorted(parts, key=lambda part: part.hull))
    at_once = ranges_at_once(sum(part.count for part in parts), ranges)
    entries = read_ranges(audience, ranges, None, at_once=at_once)
    return count.reach(count.of(entries), exact=True)


def _estimated(count: _Count, audience: AudienceStore, parts: Sequence[Part]) -> _Tally:
    counted = _closely(count.match, audience, parts)
    total = sum(part.count for part in counted)
    strata = fitting(audience, counted, ceil(total / STRATA), None)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tallies = pool.map(lambda spot: _sampled(count, audience, *spot), _spots(strata))
    return sum(tallies, _Tally()) * (total / SPOTS)


def _closely(match: AreaMatch, audience: AudienceStore, parts: Sequence[Part]) -> list[Part]:
    """The parts counted; of an area of several parts, whose merged ranges hold many others, every range."""
    if isinstance(match.area.geometry, MultiPolygon):
        return count_parts(audience, [(one,) for one in match.ranges()], None)
    return exact(audience, parts, None)


def _spots(strata: Sequence[Part]) -> Iterator[tuple[Part, float]]:
    """Evenly spread over all places: a part, and how far into it (0 to 1)."""
    step = sum(part.count for part in strata) / SPOTS
    before = 0.0
    spots = [(number + 0.5) * step for number in range(SPOTS)]
    for part in strata:
        inside = [spot for spot in spots if before <= spot < before + part.count]
        yield from ((part, (spot - before) / part.count) for spot in inside)
        before += part.count


def _sampled(count: _Count, audience: AudienceStore, part: Part, share: float) -> _Tally:
    """The average of some entries from a spot of the part on; after its end from its beginning.

    Not from the beginning alone, where a range leaves the area more often than in its middle.
    """
    (lo, hi), most = part.hull, SAMPLE // SPOTS
    first, last = cells.ranks([lo, hi])
    (spot,) = cells.strings(np.array([first + np.uint64(share * float(last - first))], dtype=np.uint64))
    entries = list(audience.stream(spot, hi, None, limit=most))
    if len(entries) < most:
        entries += audience.stream(lo, spot, None, limit=most - len(entries))
    return count.of(entries) * (1 / len(entries)) if entries else _Tally()


def _phones(entries: Iterable[AudienceEntry]) -> int:
    return sum(len(entry.devices) for entry in entries)
