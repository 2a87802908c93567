"""The messages of a slice in waves: first those to be tried again, then the places not read yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.audience import AudienceEntry
from shared.domain.delivery import Slice
from shared.domain.preferences import Announcement
from shared.domain.wave import Recipient
from shared.ports import AudienceStore, Channel
from shared.services.audience.match_area import AreaMatch, Position, Verdict, judged, read_ranges
from shared.services.audience.narrowed import narrowed


@dataclass(frozen=True)
class Batch:
    """What one wave sends."""

    recipients: Sequence[Recipient]
    cursor: Position | None  # the last place read, whether or not it is meant; None: as before
    retried: Sequence[str] = ()  # keys taken from the slice's retry list, also those now gone
    last: bool = False  # nothing is left to read after it

    @property
    def aside(self) -> frozenset[str]:
        """Keys of those who are told that it no longer concerns their place."""
        return frozenset(one.key for one in self.recipients if one.aside)


def retry_batches(
    audience: AudienceStore,
    channel: Channel,
    part: Slice,
    read_time: datetime,
    most: int,
    is_aside: Callable[[AudienceEntry], bool] = lambda _: False,
) -> Iterator[Batch]:
    """Their keys were put down because they were meant as of `read_time`, so that is not asked again; but
    whether they are told aside is."""
    for start in range(0, len(part.retry), most):
        keys = part.retry[start : start + most]
        entries = audience.entries(sorted({key.rpartition("/")[0] for key in keys}), read_time)
        wanted = frozenset(keys)
        found = (one for entry in entries for one in _recipients(channel, entry, is_aside(entry)))
        recipients = [one for one in found if one.key in wanted]
        yield Batch(recipients, cursor=None, retried=keys)


def new_batches(
    audience: AudienceStore,
    channel: Channel,
    match: AreaMatch,
    message: Announcement,
    part: Slice,
    read_time: datetime,
    most: int,
    at_once: int = 1,
) -> Iterator[Batch]:
    """Batches of up to `most` messages, the addresses of a resident together; the last one may be empty."""
    cursor = part.cursor
    recipients: list[Recipient] = []
    unread = read_ranges(narrowed(audience, part.code), part.ranges, read_time, part.cursor, at_once)
    for entry, verdict in judged(match, message, unread, part.code):
        found = _recipients(channel, entry) if verdict is Verdict.SENT else []
        if recipients and len(recipients) + len(found) > most:
            yield Batch(recipients, cursor)
            recipients = []
        recipients = recipients + found if found else recipients
        cursor = (entry.cell, entry.key)
    yield Batch(recipients, cursor, last=True)


def _recipients(channel: Channel, entry: AudienceEntry, aside: bool = False) -> list[Recipient]:
    return [Recipient(entry, address, aside) for address in channel.addresses(entry)]
