"""Whom an alert means: the one place where preview, plan and delivery decide it, so that they agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import chain, islice
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from shared.domain.audience import AudienceEntry
from shared.domain.place_codes import UNKNOWN, PlaceCodes
from shared.domain.preferences import Announcement, wants
from shared.domain.whole_units import is_whole
from shared.geo.cells import Range
from shared.geo.cover import matcher, ranges_for
from shared.geo.shapes import Area
from shared.ports import AreaLibrary, AudienceStore, Entries
from shared.services.audience.read_ahead import read_together
from shared.services.audience.spots import Members, Spot

if TYPE_CHECKING:
    from shared.domain.register_unit import RegisterUnit

CHUNK = 250  # entries filtered at once
READ_AT_ONCE = 8  # queries
SHORT = 300  # places in a range, on average: they take about as long as a round trip
# Firestore docs, "read_time": any moment of the past hour. A worker that begins just before the limit still
# opens queries for minutes (Pace.run, and the wave that ends it).
EXACTLY_READABLE = timedelta(minutes=52)

_Stands = tuple[str, PlaceCodes]  # cell and codes of a place
Position = tuple[str, str]  # (cell, document id): where an entry stands in the audience's order


class Verdict(Enum):
    PASSED = auto()  # outside the area, or another place of the resident stands for them all
    MUTED = auto()  # meant, but its resident does not want such alerts
    SENT = auto()


@dataclass(frozen=True)
class Query:
    """What of the index is read: in ranges of cells those found by a code (domain/found_by.py), or all.

    `code`: "" for all of them in a plan that asks for codes too, None in one that asks for cells alone.
    """

    code: str | None
    ranges: Sequence[Range]
    about: Area | None = None  # where most of those lie that a code finds anywhere


class AreaMatch:
    """The ranges of cells to read for an area, and the choice among the entries read."""

    units: frozenset[str] = frozenset()  # cells of the whole units that are meant
    codes: tuple[str, ...] = ()  # of the plan's queries, in order, where they are not those of the parts

    def __init__(self, area: Area) -> None:
        self.area = area
        self._matches = matcher(area)

    def ranges(self) -> list[Range]:
        return ranges_for(self.area)

    def queries(self, audience: AudienceStore, read_time: datetime | None) -> list[Query]:
        """In the order in which an entry that several of them find is left to the first."""
        return [Query(None, self.ranges())]

    def finer(
        self, terc: str, areas: AreaLibrary | None, audience: AudienceStore, read_time: datetime | None
    ) -> tuple[str, ...]:
        """Codes (`codes`) by which the index is read without what is taken out, where that is worth it."""
        return ()

    def inside(self, spots: Sequence[Spot]) -> Members:
        kept = self._matches([spot.cell for spot in spots]).tolist() if spots else []
        return Members(at for at, yes in enumerate(kept) if yes)

    def part_of(self, unit: RegisterUnit, terc: str, whole: BaseGeometry) -> BaseGeometry:
        """What of a locality is in the area; `whole`: where it lies."""
        return self.area.geometry.intersection(whole)

    def owners(self, entries: Sequence[AudienceEntry], code: str | None = None) -> list[bool]:
        """Which entries to deliver: of a resident's places in the area, the one with the lowest id; a whole
        unit only where no other is meant, since releases before know of none.

        Every other of them comes to the same answer by itself, so each phone gets one push. `code` is that
        of the query that found them: an entry is delivered by the first that does.
        """
        places = sorted({(one.cell, one.codes) for entry in entries for one in entry.siblings}, key=str)
        meant = self._meant(places)
        own = self._first_found(entries, code)
        return [
            first and entry.place == _owner(entry, meant) for entry, first in zip(entries, own, strict=True)
        ]

    def matching(self, entries: Sequence[AudienceEntry], code: str | None = None) -> list[bool]:
        """Which entries are meant at all, those left out that a query before the one of this code finds."""
        places = [(entry.cell, _codes(entry)) for entry in entries]
        meant, own = self._meant(places), self._first_found(entries, code)
        return [first and place in meant for place, first in zip(places, own, strict=True)]

    def reaches(self, entries: Sequence[AudienceEntry]) -> list[bool]:
        """Whether any of the resident's places is meant, whichever entry of theirs it is."""
        places = sorted({(one.cell, one.codes) for entry in entries for one in entry.siblings}, key=str)
        meant = self._meant(places)
        return [_owner(entry, meant) is not None for entry in entries]

    def _first_found(self, entries: Sequence[AudienceEntry], code: str | None) -> Sequence[bool]:
        return [True] * len(entries)

    def _meant(self, places: Sequence[_Stands]) -> Set[_Stands]:
        points = [place for place in places if not is_whole(place[0])]
        inside = self.inside([Spot(cell, codes) for cell, codes in points])
        return {points[at] for at in inside} | {place for place in places if place[0] in self.units}


def _owner(entry: AudienceEntry, meant: Set[_Stands]) -> str | None:
    own = [(is_whole(one.cell), one.id) for one in entry.siblings if (one.cell, one.codes) in meant]
    return min(own, default=(False, None))[1]


def _codes(entry: AudienceEntry) -> PlaceCodes:
    return next((one.codes for one in entry.siblings if one.id == entry.place), UNKNOWN)


def read_ranges(
    audience: Entries,
    ranges: Iterable[Range],
    read_time: datetime | None,
    after: Position | None = None,
    at_once: int = 1,
) -> Iterator[AudienceEntry]:
    """The entries of ranges in string order, those beyond `after` only; so many ranges read side by side."""
    streams = _streams(audience, ranges, read_time, after)
    return read_together(streams, at_once) if at_once > 1 else chain.from_iterable(streams)


def _streams(
    audience: Entries, ranges: Iterable[Range], read_time: datetime | None, after: Position | None
) -> Iterator[Iterator[AudienceEntry]]:
    for lo, hi in ranges:
        if after is None or after[0] < lo:
            yield audience.stream(lo, hi, read_time)
        elif after[0] <= hi:
            yield audience.stream(lo, hi, read_time, after)


def ranges_at_once(places: int, ranges: Sequence[Range]) -> int:
    """How many ranges to read side by side: short ones take longer to ask for than to read."""
    return READ_AT_ONCE if places < SHORT * len(ranges) else 1


def judged(
    match: AreaMatch,
    message: Announcement | None,
    entries: Iterable[AudienceEntry],
    code: str | None = None,
) -> Iterator[tuple[AudienceEntry, Verdict]]:
    """Each entry with what becomes of it, in the same order; without a message nobody has muted it.

    All entries of a resident say the same of their preferences, as one commit writes them: which of the
    places stands for them does not change the verdict.
    """
    for chunk in chunked(entries):
        for entry, own in zip(chunk, match.owners(chunk, code), strict=True):
            yield entry, _verdict(entry, message) if own else Verdict.PASSED


def _verdict(entry: AudienceEntry, message: Announcement | None) -> Verdict:
    return Verdict.SENT if message is None or wants(entry.preferences, message) else Verdict.MUTED


def chunked(entries: Iterable[AudienceEntry]) -> Iterator[list[AudienceEntry]]:
    rest = iter(entries)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def readable(read_time: datetime, now: datetime) -> datetime:
    """The moment to read at: `read_time`, or when that is too old for Firestore the minute before it.

    Older than an hour, only whole minutes can be read, and only with point-in-time recovery.
    """
    if now - read_time < EXACTLY_READABLE:
        return read_time
    return read_time.replace(second=0, microsecond=0)
