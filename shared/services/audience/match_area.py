"""Whom an alert means: the one place where preview, plan and delivery decide it, so that they agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import chain, islice
from typing import Self

from shared.domain.audience import AudienceEntry
from shared.domain.preferences import Announcement, wants
from shared.geo.cells import Range
from shared.geo.cover import matcher, ranges_for
from shared.geo.shapes import Area
from shared.ports import AudienceStore
from shared.services.audience.read_ahead import read_together

CHUNK = 250  # entries filtered at once
READ_AT_ONCE = 8  # queries
SHORT = 300  # places in a range, on average: they take about as long as a round trip
# Firestore docs, "read_time": any moment of the past hour. A worker that begins just before the limit still
# opens queries for minutes (Pace.run, and the wave that ends it).
EXACTLY_READABLE = timedelta(minutes=52)

Position = tuple[str, str]  # (cell, document id): where an entry stands in the audience's order


class Verdict(Enum):
    PASSED = auto()  # outside the area, or another place of the resident stands for them all
    MUTED = auto()  # meant, but its resident does not want such alerts
    SENT = auto()


class AreaMatch:
    """The ranges of cells to read for an area, and the choice among the entries read."""

    def __init__(self, area: Area) -> None:
        self.area = area
        self._matches = matcher(area)

    @classmethod
    def of_text(cls, geojson: str) -> Self:
        return cls(Area.from_text(geojson))

    def ranges(self) -> list[Range]:
        return ranges_for(self.area)

    def owners(self, entries: Sequence[AudienceEntry]) -> list[bool]:
        """Which entries to deliver: of a resident's places in the area, the one with the lowest id.

        Every other of them comes to the same answer by itself, so each phone gets one push.
        """
        cells = sorted({sibling.cell for entry in entries for sibling in entry.siblings})
        if not cells:
            return []
        inside = dict(zip(cells, self._matches(cells).tolist(), strict=True))
        return [entry.place == _owner(entry, inside) for entry in entries]

    def matching(self, entries: Sequence[AudienceEntry]) -> list[bool]:
        """Which entries lie in the area at all."""
        return self._matches([entry.cell for entry in entries]).tolist() if entries else []


def _owner(entry: AudienceEntry, inside: dict[str, bool]) -> str | None:
    return min((sibling.id for sibling in entry.siblings if inside[sibling.cell]), default=None)


def read_ranges(
    audience: AudienceStore,
    ranges: Iterable[Range],
    read_time: datetime | None,
    after: Position | None = None,
    at_once: int = 1,
) -> Iterator[AudienceEntry]:
    """The entries of ranges in string order, those beyond `after` only; so many ranges read side by side."""
    streams = _streams(audience, ranges, read_time, after)
    return read_together(streams, at_once) if at_once > 1 else chain.from_iterable(streams)


def _streams(
    audience: AudienceStore, ranges: Iterable[Range], read_time: datetime | None, after: Position | None
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
    match: AreaMatch, message: Announcement | None, entries: Iterable[AudienceEntry]
) -> Iterator[tuple[AudienceEntry, Verdict]]:
    """Each entry with what becomes of it, in the same order; without a message nobody has muted it.

    All entries of a resident say the same of their preferences, as one commit writes them: which of the
    places stands for them does not change the verdict.
    """
    for chunk in chunked(entries):
        for entry, own in zip(chunk, match.owners(chunk), strict=True):
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
