"""How many residents and phones an area reaches, told before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil

from shared.domain.audience import AudienceEntry
from shared.geo.shapes import Area
from shared.ports import AudienceStore
from shared.services.match_area import AreaMatch, chunked, read_ranges
from shared.services.survey_ranges import AT_ONCE, Part, exact, fitting, survey

EXACT_UP_TO = 5000  # places in the area
SAMPLE = 4000  # entries read for an estimate
STRATA = 48  # parts of the area, sampled alike, so that no corner of it decides
MARGIN = 1.1  # an estimate this near to EXACT_UP_TO is counted after all


@dataclass(frozen=True)
class Reach:
    """Whom an area reaches; `exact` False: an estimate, within 5 %."""

    residents: int
    phones: int
    places: int
    exact: bool


@dataclass(frozen=True)
class _Tally:
    residents: float = 0
    phones: float = 0
    places: float = 0

    def __add__(self, other: _Tally) -> _Tally:
        return _Tally(
            self.residents + other.residents, self.phones + other.phones, self.places + other.places
        )

    def __mul__(self, factor: float) -> _Tally:
        return _Tally(self.residents * factor, self.phones * factor, self.places * factor)

    def reach(self, exact: bool) -> Reach:
        return Reach(round(self.residents), round(self.phones), round(self.places), exact)


def measure_reach(area: Area, audience: AudienceStore) -> Reach:
    """Counted with the same filter as the delivery; above 5,000 places estimated from a sample."""
    match = AreaMatch(area)
    parts = survey(audience, match.ranges(), None)
    if sum(part.count for part in parts) > EXACT_UP_TO:
        estimate = _estimated(match, audience, parts)
        if estimate.places > EXACT_UP_TO * MARGIN:
            return estimate.reach(exact=False)
    entries = read_ranges(audience, [one for part in parts for one in part.ranges], None)
    return _tally(match, entries).reach(exact=True)


def _estimated(match: AreaMatch, audience: AudienceStore, parts: Sequence[Part]) -> _Tally:
    counted = exact(audience, parts, None)
    total = sum(part.count for part in counted)
    strata = fitting(audience, counted, ceil(total / STRATA), None)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tallies = pool.map(
            lambda part: _sampled(match, audience, part, ceil(part.count * SAMPLE / total)), strata
        )
    return sum(tallies, _Tally())


def _sampled(match: AreaMatch, audience: AudienceStore, part: Part, most: int) -> _Tally:
    entries = list(audience.stream(*part.hull, None, limit=most))
    return _tally(match, entries) * (part.count / len(entries)) if entries else _Tally()


def _tally(match: AreaMatch, entries: Iterable[AudienceEntry]) -> _Tally:
    total = _Tally()
    for chunk in chunked(entries):
        owned = [entry for entry, own in zip(chunk, match.owners(chunk), strict=True) if own]
        phones = sum(len(entry.devices) for entry in owned)
        total += _Tally(len(owned), phones, sum(match.matching(chunk)))
    return total
