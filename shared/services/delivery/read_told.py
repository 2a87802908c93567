"""The messages of a slice of who was told before: by its thread's ledgers, as the index knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import Enum, auto
from itertools import islice

from shared.domain.alert import Alert, Kind
from shared.domain.audience import AudienceEntry
from shared.domain.delivery import Delivery, Slice
from shared.domain.ledger import Holder, token_of
from shared.domain.preferences import wants
from shared.domain.wave import Recipient
from shared.ports import AudienceStore, Channel, Wave
from shared.services.audience.match_area import AreaMatch
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.plan_told import ledgers
from shared.services.delivery.read_waves import Batch

AT_ONCE = 250  # residents


class Telling(Enum):
    """What a resident who was told before hears of this message."""

    NOTHING = auto()  # the area's slices tell them, or they heard that it no longer concerns them
    WHOLE = auto()
    ASIDE = auto()  # that it no longer concerns their place


Judge = Callable[[AudienceEntry, bool], Telling]  # the second: Holder.released


def judge_of(alert: Alert, match: AreaMatch) -> Judge:
    """Corrections and all-clears go to all; wishes decide whether they sound, not whether they come.

    An update is told by the area's slices to whoever is in it and wants such alerts, so those are left out
    here. Of the others, who was told that it no longer concerns their place hears nothing more of the area.
    """

    def of_update(entry: AudienceEntry, released: bool) -> Telling:
        (meant,) = match.reaches([entry])
        if released or (meant and wants(entry.preferences, alert.content)):
            return Telling.NOTHING
        return Telling.ASIDE if alert.area_change and not meant else Telling.WHOLE

    return of_update if alert.kind is Kind.UPDATE else lambda _entry, _released: Telling.WHOLE


def holders(ports: DeliveryPorts, channel: Channel, delivery: Delivery, part: Slice) -> Sequence[Holder]:
    """The residents of the slice's share, each once, by the newest message that they were sent; in order.

    Every worker of a slice reads the whole ledger: about two documents for a thousand of its lines.
    """
    found: dict[str, Holder] = {}
    for alert_id in delivery.recipients_of:
        newer = frozenset(found)
        for one in ledgers(ports, delivery, alert_id):
            for wave in ports.delivery.ledger(one.ref):
                _take(found, newer, _lines(wave, channel), part)
    return sorted(found.values())


def told_batches(
    audience: AudienceStore,
    channel: Channel,
    judge: Judge,
    told: Sequence[Holder],
    part: Slice,
    read_time: datetime,
    most: int,
) -> Iterator[Batch]:
    """Batches of up to `most` messages, the addresses of a resident together; the last one may be empty.

    Costs a read for each resident, one or two more for one who has left the place that they were told for.
    """
    cursor, recipients = part.cursor, list[Recipient]()
    for holder, entry in _known(audience, told, part.cursor, read_time):
        found = [] if entry is None else _recipients(channel, entry, judge(entry, holder.released))
        if recipients and len(recipients) + len(found) > most:
            yield Batch(recipients, cursor)
            recipients = []
        recipients = recipients + found
        cursor = (holder.token, holder.entry)
    yield Batch(recipients, cursor, last=True)


def _lines(wave: Wave, channel: Channel) -> Iterator[tuple[str, bool]]:
    """Entries of the index that may have got the message, and whether they were told it aside."""
    taken = {word for word in set(wave.outcomes.values()) if channel.may_have(word)}
    for key, outcome in wave.outcomes.items():
        if outcome in taken:
            yield key.rpartition("/")[0], key in wave.aside


def _take(
    found: dict[str, Holder], newer: frozenset[str], lines: Iterator[tuple[str, bool]], part: Slice
) -> None:
    ((lo, hi),) = part.ranges
    for entry, released in lines:
        uid = entry.rpartition(".")[0]
        if uid and uid not in newer and lo <= (token := token_of(uid)) <= hi:
            known = found.get(uid)
            found[uid] = Holder(
                token,
                entry if known is None else min(known.entry, entry),
                released or (known is not None and known.released),
            )


def _known(
    audience: AudienceStore, told: Sequence[Holder], after: tuple[str, str] | None, read_time: datetime
) -> Iterator[tuple[Holder, AudienceEntry | None]]:
    """With an entry of the resident, None: a channel reaches them no more, or they have left."""
    rest = iter(one for one in told if after is None or (one.token, one.entry) > after)
    while chunk := list(islice(rest, AT_ONCE)):
        there = {one.key: one for one in audience.entries([one.entry for one in chunk], read_time)}
        for holder in chunk:
            yield holder, there.get(holder.entry) or next(iter(audience.of(holder.uid, read_time)), None)


def _recipients(channel: Channel, entry: AudienceEntry, telling: Telling) -> list[Recipient]:
    if telling is Telling.NOTHING:
        return []
    aside = telling is Telling.ASIDE
    return [Recipient(entry, address, aside) for address in channel.addresses(entry)]
