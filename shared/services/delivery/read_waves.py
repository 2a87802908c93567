"""The pushes of a slice in waves: first those to be tried again, then the places not read yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from shared.domain.audience import AudienceEntry, Device
from shared.domain.delivery import Slice
from shared.domain.preferences import Announcement
from shared.ports import AudienceStore
from shared.services.audience.match_area import AreaMatch, Position, Verdict, judged, read_ranges


@dataclass(frozen=True)
class Push:
    """One phone of one resident."""

    entry: AudienceEntry
    device: Device

    @cached_property
    def key(self) -> str:
        return f"{self.entry.key}/{self.device.id}"


@dataclass(frozen=True)
class Batch:
    """What one wave sends."""

    pushes: Sequence[Push]
    cursor: Position | None  # the last place read, whether or not it is meant; None: as before
    retried: Sequence[str] = ()  # keys taken from the slice's retry list, also those now gone
    last: bool = False  # nothing is left to read after it


def retry_batches(audience: AudienceStore, part: Slice, read_time: datetime, most: int) -> Iterator[Batch]:
    """Their keys were put down because they were meant as of `read_time`, so that is not asked again."""
    for start in range(0, len(part.retry), most):
        keys = part.retry[start : start + most]
        entries = audience.entries(sorted({key.rpartition("/")[0] for key in keys}), read_time)
        wanted = frozenset(keys)
        pushes = [push for entry in entries for push in _pushes(entry) if push.key in wanted]
        yield Batch(pushes, cursor=None, retried=keys)


def new_batches(
    audience: AudienceStore,
    match: AreaMatch,
    message: Announcement,
    part: Slice,
    read_time: datetime,
    most: int,
    at_once: int = 1,
) -> Iterator[Batch]:
    """Batches of up to `most` pushes, the phones of a resident together; the last one may be empty."""
    cursor = part.cursor
    pushes: list[Push] = []
    unread = read_ranges(audience, part.ranges, read_time, part.cursor, at_once)
    for entry, verdict in judged(match, message, unread):
        found = _pushes(entry) if verdict is Verdict.SENT else []
        if pushes and len(pushes) + len(found) > most:
            yield Batch(pushes, cursor)
            pushes = []
        pushes = pushes + found if found else pushes
        cursor = (entry.cell, entry.key)
    yield Batch(pushes, cursor, last=True)


def _pushes(entry: AudienceEntry) -> list[Push]:
    return [Push(entry, device) for device in entry.devices]
