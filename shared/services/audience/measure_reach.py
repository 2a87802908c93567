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
from shared.ports import AudienceStore, Entries
from shared.services.audience.match_area import (
    AreaMatch,
    Verdict,
    chunked,
    judged,
    ranges_at_once,
    read_ranges,
)
from shared.services.audience.narrowed import narrowed
from shared.services.audience.survey_match import Surveyed, surveyed
from shared.services.audience.survey_ranges import AT_ONCE, Part, count_parts, exact, fitting, together

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

    def of(self, entries: Iterable[AudienceEntry], code: str | None) -> _Tally:
        return sum((self._of_chunk(chunk, code) for chunk in chunked(entries)), _Tally())

    def reach(self, tally: _Tally, exact: bool) -> Counted:
        residents, phones, places, *asked_with_a_message = (round(figure) for figure in astuple(tally))
        if self._sending is None:
            return Counted(residents, phones, places, exact)
        return Counted(residents, phones, places, exact, *asked_with_a_message)

    def _of_chunk(self, chunk: Sequence[AudienceEntry], code: str | None) -> _Tally:
        message = self._sending.message if self._sending else None
        verdicts = list(judged(self.match, message, chunk, code))
        sent = [entry for entry, verdict in verdicts if verdict is Verdict.SENT]
        muted = [entry for entry, verdict in verdicts if verdict is Verdict.MUTED]
        heard = [entry for entry in sent if self._rings(entry)]
        return _Tally(
            residents=len(sent),
            phones=_phones(sent),
            places=sum(self.match.matching(chunk, code)),
            muted=_phones(muted),
            wakes=_phones(heard),
            muted_residents=len(muted),
            woken_residents=len(heard),
        )

    def _rings(self, entry: AudienceEntry) -> bool:
        sending = self._sending
        return sending is not None and rings(entry.preferences, sending.message, sending.at)


def measure_reach(of: Area | AreaMatch, audience: AudienceStore, sending: Sending | None = None) -> Counted:
    """Counted with the same filter as the delivery; above 5,000 places estimated from a sample."""
    match = AreaMatch(of) if isinstance(of, Area) else of
    count = _Count(match, sending)
    found = surveyed(match, audience, None)
    if sum(one.count for one in found) > EXACT_UP_TO:
        estimate = sum((_estimated(count, audience, one) for one in _shares(found)), _Tally())
        if estimate.places > EXACT_UP_TO * MARGIN:
            return count.reach(estimate, exact=False)
    return count.reach(sum((_counted(count, audience, one) for one in found), _Tally()), exact=True)


def _counted(count: _Count, audience: AudienceStore, of: Surveyed) -> _Tally:
    in_order = sorted(of.parts, key=lambda part: part.hull)
    ranges = [part.hull for part in in_order] if of.of_wholes else together(in_order)
    at_once = ranges_at_once(of.count, ranges)
    return count.of(read_ranges(narrowed(audience, of.code), ranges, None, at_once=at_once), of.code)


@dataclass(frozen=True)
class _Share:
    """One query, and how many spots of the sample are to be in it."""

    of: Surveyed
    spots: int


def _shares(found: Sequence[Surveyed]) -> list[_Share]:
    total = sum(one.count for one in found)
    return [_Share(one, max(1, round(SPOTS * one.count / total))) for one in found]


def _estimated(count: _Count, audience: AudienceStore, share: _Share) -> _Tally:
    of = share.of
    if of.of_wholes or of.count <= share.spots * (SAMPLE // SPOTS):
        return _counted(count, audience, of)
    entries = narrowed(audience, of.code)
    counted = _closely(count.match, entries, of)
    total = sum(part.count for part in counted)
    strata = fitting(entries, counted, ceil(total / STRATA), None)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tallies = pool.map(lambda spot: _sampled(count, entries, of.code, *spot), _spots(strata, share.spots))
    return sum(tallies, _Tally()) * (total / share.spots)


def _closely(match: AreaMatch, audience: Entries, of: Surveyed) -> Sequence[Part]:
    """The parts counted; of an area of several parts, whose merged ranges hold many others, every range."""
    if of.code is None and isinstance(match.area.geometry, MultiPolygon):
        return count_parts(audience, [(one,) for one in match.ranges()], None)
    return exact(audience, of.parts, None)


def _spots(strata: Sequence[Part], most: int) -> Iterator[tuple[Part, float]]:
    """Evenly spread over all places: a part, and how far into it (0 to 1)."""
    step = sum(part.count for part in strata) / most
    before = 0.0
    spots = [(number + 0.5) * step for number in range(most)]
    for part in strata:
        inside = [spot for spot in spots if before <= spot < before + part.count]
        yield from ((part, (spot - before) / part.count) for spot in inside)
        before += part.count


def _sampled(count: _Count, audience: Entries, code: str | None, part: Part, share: float) -> _Tally:
    """The average of some entries from a spot of the part on; after its end from its beginning.

    Not from the beginning alone, where a range leaves the area more often than in its middle.
    """
    (lo, hi), most = part.hull, SAMPLE // SPOTS
    first, last = cells.ranks([lo, hi])
    (spot,) = cells.strings(np.array([first + np.uint64(share * float(last - first))], dtype=np.uint64))
    entries = list(audience.stream(spot, hi, None, limit=most))
    if len(entries) < most:
        entries += audience.stream(lo, spot, None, limit=most - len(entries))
    return count.of(entries, code) * (1 / len(entries)) if entries else _Tally()


def _phones(entries: Iterable[AudienceEntry]) -> int:
    return sum(len(entry.devices) for entry in entries)
