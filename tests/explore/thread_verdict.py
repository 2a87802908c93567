"""What must be true of a thread in the end: each got exactly what was for them, and nobody anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from shared.domain.alert import Alert, Kind
from shared.domain.audience import AudienceEntry
from shared.domain.delivery import Delivery, DeliveryRef, DeliveryState
from shared.domain.preferences import wants
from shared.services.audience.match_area import EXACTLY_READABLE
from tests.explore import verdict
from tests.explore.outside import EchoChannel, Word
from tests.explore.threads import ThreadLife
from tests.explore.virtual import moment_of


def violations(life: ThreadLife) -> Iterator[str]:
    yield from life.defects
    yield from life.deliveries.broken
    yield from verdict._again(life)
    yield from verdict._unheld(life)
    for known in life.deliveries.documents.values():
        if not known.value.over:
            yield f"{known.value.alert} {known.value.id} ends as {known.value.state}"
        yield from verdict._wrong_figures(life, known.value)
    for channel in life.channels.values():
        yield from _of_channel([Told(life, channel, one) for one in life.messages])


@dataclass
class Told:
    """One message over one channel."""

    life: ThreadLife
    channel: EchoChannel
    alert_id: str

    @property
    def alert(self) -> Alert:
        return self.life.alerts.documents[self.alert_id].value

    @cached_property
    def delivery(self) -> Delivery | None:
        known = self.life.deliveries.documents.get(DeliveryRef(self.alert_id, f"{self.channel.name}.1"))
        return None if known is None else known.value

    @cached_property
    def arrived(self) -> frozenset[str]:
        return frozenset(key for label, key in self.channel.arrived if label == self._label)

    @cached_property
    def heard(self) -> frozenset[str]:
        """Phones ("uid/device") of which there was an answer."""
        return frozenset(phone_of(key) for label, key in self.channel.heard if label == self._label)

    @cached_property
    def aside(self) -> frozenset[str]:
        return frozenset(key for label, key in self.channel.aside if label == self._label)

    @cached_property
    def ledger(self) -> Mapping[str, bool]:
        """By uid, of whoever may have got it, whether they were told it aside."""
        ref = DeliveryRef(self.alert_id, f"{self.channel.name}.1")
        found: dict[str, bool] = {}
        for log in self.life.deliveries.logs.get(ref, {}).values():
            for wave in (entry.wave for entry in log.entries if entry.wave):
                for key, outcome in wave.outcomes.items():
                    if outcome in (Word.TAKEN, "unanswered"):
                        found[uid_of(key)] = found.get(uid_of(key), False) or key in wave.aside
        return found

    @property
    def _label(self) -> str:
        return f"{self.alert_id}/{self.channel.name}.1"


def uid_of(key: str) -> str:
    return key.partition(".")[0]


def phone_of(key: str) -> str:
    return f"{uid_of(key)}/{key.rpartition('/')[2]}"


def _of_channel(messages: list[Told]) -> Iterator[str]:
    for number, one in enumerate(messages):
        before = messages[:number]
        twice = [phone for phone, count in Counter(map(phone_of, one.arrived)).items() if count > 1]
        if twice:
            yield f"{one.alert_id} was told twice to {twice}"
        if one.delivery is None or one.delivery.read_time is None:
            continue
        people = {entry.uid: entry for entry in one.life.audience.as_of(one.delivery.read_time).values()}
        yield from _wrongly_told(one, before, people)
        if one.delivery.state is DeliveryState.DONE and not _is_old(one, one.delivery):
            yield from _missed(one, before, people)


def _is_old(one: Told, delivery: Delivery) -> bool:
    """It read of another moment for a while: who moved in that minute may be missed, or told."""
    last = max((sent.began for sent in one.life.sent), default=0.0) + max(one.life.skews)
    return delivery.read_time is None or moment_of(last) - delivery.read_time >= EXACTLY_READABLE


def _by_the_area(one: Told, entry: AudienceEntry) -> bool:
    return _is_in(one, entry) and wants(entry.preferences, one.alert.content)


def _is_in(one: Told, entry: AudienceEntry) -> bool:
    inside = one.life.town.inside_of(one.alert.content.area.removeprefix(f"town {one.life.town.number}"))
    return any(sibling.cell in inside for sibling in entry.siblings)


def _was_released(uid: str, before: list[Told]) -> bool:
    """By the last that they were told."""
    return next((told.ledger[uid] for told in reversed(before) if uid in told.ledger), False)


def _wrongly_told(one: Told, before: list[Told], people: Mapping[str, AudienceEntry]) -> Iterator[str]:
    told_before = {uid for told in before for uid in told.ledger}
    for key in sorted(one.arrived):
        uid, entry = uid_of(key), people.get(uid_of(key))
        if entry is None:
            if not _is_old(one, one.delivery):
                yield f"{one.alert_id}: {key} was told and was not there"
            continue
        by_area = _by_the_area(one, entry) and (not before or one.alert.kind is Kind.UPDATE)
        if not by_area and uid not in told_before and not _is_old(one, one.delivery):
            yield f"{one.alert_id}: {key} was wrongly told"
        if one.alert.kind is Kind.UPDATE and not by_area and uid in told_before:
            yield from _wrong_words(one, key, entry, _was_released(uid, before))
        elif key in one.aside:
            yield f"{one.alert_id}: {key} was told aside, and it is for them"


def _wrong_words(one: Told, key: str, entry: AudienceEntry, released: bool) -> Iterator[str]:
    left_out = bool(one.alert.area_change) and not _is_in(one, entry)
    if released:
        yield f"{one.alert_id}: {key} heard before that it no longer concerns them"
    elif left_out is not (key in one.aside):
        yield f"{one.alert_id}: {key} was told in the wrong words"


def _missed(one: Told, before: list[Told], people: Mapping[str, AudienceEntry]) -> Iterator[str]:
    """Whoever really got a message before hears this one on each phone, unless it is an update that no longer
    concerns them, and they know."""
    got = {uid_of(key) for told in before for key in told.arrived}
    for uid, entry in people.items():
        by_area = (not before or one.alert.kind is Kind.UPDATE) and _by_the_area(one, entry)
        by_ledger = uid in got and not (one.alert.kind is Kind.UPDATE and _was_released(uid, before))
        if by_area or by_ledger:
            for device in entry.devices:
                if f"{uid}/{device.id}" not in one.heard:
                    yield f"{one.alert_id}: {uid}/{device.id} was missed"
