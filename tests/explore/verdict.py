"""What must be true of every seed in the end, whatever went wrong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from shared.domain.alert import State
from shared.domain.audience import AudienceEntry
from shared.domain.delivery import Delivery, DeliveryState, Slice
from shared.domain.figures import shown
from shared.domain.preferences import wants
from shared.services.audience.match_area import readable
from shared.services.delivery.sum_slices import sum_slices
from tests.explore.fate import KINDS
from tests.explore.life import Life
from tests.explore.virtual import moment_of, seconds_of
from tests.explore.world import ALERT, FAR
from tests.fakes.audience import has

REPAIRED = (*KINDS, "lost-call", "older-release", "skew")  # after them something may be left to repair


def violations(life: Life) -> Iterator[str]:
    yield from life.defects
    yield from life.deliveries.broken
    yield from _unended(life)
    yield from _after_the_end(life)
    yield from _again(life)
    yield from _unheld(life)
    yield from _too_early(life)
    yield from _idle_repairs(life)
    yield from _wrong_summary(life)
    for known in life.deliveries.documents.values():
        yield from _missed(life, known.value)
        yield from _wrong_figures(life, known.value)


def _unended(life: Life) -> Iterator[str]:
    alert = life.alerts.documents[ALERT].value
    if alert.state not in (State.CANCELLED, State.EXPIRED):
        yield f"the alert ends as {alert.state}"
    if alert.started is None and not _ends_soon(life):
        yield "the alert was never started"
    for known in life.deliveries.documents.values():
        delivery = known.value
        if not delivery.over:
            yield f"{delivery.id} ends as {delivery.state}"
        if delivery.state is DeliveryState.STOPPED and not _ends_soon(life):
            yield f"{delivery.id} was stopped, though nobody ended the alert"
        if delivery.state is DeliveryState.FAILED and not life.channels[delivery.channel].mood.refuses:
            yield f"{delivery.id} failed, though nobody refused it"
        if delivery.read_time is None and any(sent.delivery == delivery.id for sent in life.sent):
            yield f"{delivery.id} was sent without a plan"
    if alert.started and not life.published.says(alert):
        yield "the public copy says something else than the alert"


def _ends_soon(life: Life) -> bool:
    return seconds_of(life.content.expires) < FAR or life.cancelled


def _after_the_end(life: Life) -> Iterator[str]:
    """Who began a wave before the end may send it; nobody begins another one."""
    expires = seconds_of(life.content.expires)
    for worker, waves in _late_waves(life, expires).items():
        if waves > 1:
            yield f"{worker} sent {waves} waves after the alert had ended"
    for sent in life.sent:
        if sent.by.began > life.ended_at or sent.by.began + sent.by.skew > expires:
            yield f"{sent.by.name} began after the alert had ended, and sent"


def _late_waves(life: Life, expires: float) -> Counter[str]:
    return Counter(
        sent.by.name
        for sent in life.sent
        if sent.began > life.ended_at or sent.began + sent.by.skew > expires
    )


def _again(life: Life) -> Iterator[str]:
    """Nobody is told again but for a disturbance: of those each can cost one wave."""
    again = Counter((sent.delivery, key) for sent in life.sent for key in sent.again)
    allowed = life.fate.disturbances + life.deliveries.takeovers
    if again and (max(again.values()) > allowed or sum(again.values()) > allowed * life.town.wave):
        yield f"after {allowed} disturbances told again: {dict(again)}"


def _unheld(life: Life) -> Iterator[str]:
    """Whoever has lost a slice sends only the message that was under way; a wave where clocks differ."""
    allowed = life.fate.disturbances + life.deliveries.takeovers * life.town.wave
    for worker, messages in life.unheld.items():
        if messages > allowed:
            yield f"{worker} sent {messages} messages of a slice that another one had"


def _idle_repairs(life: Life) -> Iterator[str]:
    """Where nothing goes wrong, nothing is repaired; and whoever begins a wave has time to send it."""
    if not life.fate.disturbances and any(sent.late for sent in life.sent):
        yield "a wave began when its time was over"
    if not any(life.fate.hits[kind] for kind in REPAIRED):
        if life.unrepaired:
            yield "the sweep failed, though nothing had gone wrong"
        for step in ("restarted", "resumed"):
            if life.repaired[step]:
                yield f"the sweep {step} {life.repaired[step]}, though nothing had gone wrong"


def _too_early(life: Life) -> Iterator[str]:
    """By the clock of whoever is ahead most."""
    for sent in life.sent:
        due = life.content.sound_at if sent.delivery.endswith(".2") else life.content.send_at
        if due is not None and sent.began + max(life.skews) < seconds_of(due):
            yield f"{sent.by.name} sent delivery {sent.delivery} before its moment"


def _missed(life: Life, delivery: Delivery) -> Iterator[str]:
    """Whoever was meant as of `read_time` got it, unless the channel gave them up or the alert ended."""
    if delivery.read_time is None:
        return
    slices = [log.end for log in life.deliveries.logs.get(delivery.ref, {}).values()]
    for part in slices:
        if not part.done:
            yield f"slice {part.index} of {delivery.id} is not done"
    if delivery.state is DeliveryState.DONE and any(part.stopped for part in slices):
        yield f"{delivery.id} is told as done, though it was cut off"
    channel = life.channels[delivery.channel]
    for key, entry in _meant(life, delivery):
        told = delivery.id, key
        if told in channel.arrived:
            continue
        own = _of(slices, entry)
        if own is None:
            yield f"{key} lies in no slice of {delivery.id}"
        elif not own.stopped and told not in channel.heard:
            yield f"{key} was missed by {delivery.id}"


def _meant(life: Life, delivery: Delivery) -> Iterator[tuple[str, AudienceEntry]]:
    """Keys and entries; of a long delivery only those who were there also at the minute it falls back to."""
    if delivery.read_time is None:
        return
    then = life.audience.as_of(delivery.read_time)
    last = max((sent.began for sent in life.sent if sent.delivery == delivery.id), default=0.0)
    before = life.audience.as_of(readable(delivery.read_time, moment_of(last + max(life.skews))))
    entries = [entry for key, entry in then.items() if before.get(key) == entry]
    for entry, own in zip(entries, life.town.match.owners(entries), strict=True):
        if own and wants(entry.preferences, life.content):
            yield from ((f"{entry.key}/{device.id}", entry) for device in entry.devices)


def _of(slices: list[Slice], entry: AudienceEntry) -> Slice | None:
    """The first that finds it: those of a query come before those of the next."""
    for part in sorted(slices, key=lambda one: one.index):
        if any(lo <= entry.cell <= hi for lo, hi in part.ranges) and (not part.code or has(entry, part.code)):
            return part
    return None


def _wrong_figures(life: Life, delivery: Delivery) -> Iterator[str]:
    """The figures are those of the ledger, and a phone counts once."""
    if delivery.read_time is None:
        return
    if life.deliveries.plans[delivery.ref] > 1:
        yield f"{delivery.id} was planned {life.deliveries.plans[delivery.ref]} times"
    logs = life.deliveries.logs.get(delivery.ref, {}).values()
    for log in logs:
        last: dict[str, str] = {}
        for entry in log.entries:
            last |= entry.wave.outcomes if entry.wave else {}
        part = log.end
        accepted = sum(outcome == "taken" for outcome in last.values())
        failed = sum(part.failed.values())
        if (part.devices, part.accepted) != (len(last), accepted):
            yield f"slice {part.index} of {delivery.id} counts {part.devices} and {part.accepted}, not {last}"
        if part.done and failed != part.devices - part.accepted:
            yield f"slice {part.index} of {delivery.id} counts {failed} failures of {part.devices}"
    if delivery.figures != sum_slices([log.end for log in logs]):
        yield f"the figures of {delivery.id} are not those of its slices"


def _wrong_summary(life: Life) -> Iterator[str]:
    """What staff are told as complete is what the first deliveries came to."""
    known = life.summaries.documents.get(ALERT)
    if known is None or not known.value.complete:
        return
    deliveries = [item.value for item in life.deliveries.documents.values()]
    figures = [one.figures for one in deliveries if one.number == 1 and one.figures]
    people = max((each.people for each in figures), default=0)
    if known.value.targeted != shown(sum(each.targeted for each in figures), people):
        yield f"staff are told of {known.value.targeted} meant, the deliveries of others"
    if known.value.accepted != shown(sum(each.accepted for each in figures), people):
        yield f"staff are told of {known.value.accepted} told, the deliveries of others"
