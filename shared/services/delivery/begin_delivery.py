"""A delivery's moment: its audience fixed and cut into slices, the first one delivered."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.alert import Alert
from shared.domain.delivery import ALTERED, Delivery, DeliveryRef, DeliveryState, Slice, why_over
from shared.domain.lateness import LATE
from shared.ports import Channel, Pace, Versioned
from shared.services.audience.match_content import match_of
from shared.services.audience.whole_units_meant import whole_units
from shared.services.delivery.deliver_slice import deliver_slice
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.delivery_tasks import begin_task
from shared.services.delivery.enqueue_due import enqueue_delivery, enqueue_slices
from shared.services.delivery.finish_delivery import finish_delivery, gather
from shared.services.delivery.hold_alert import hold_altered
from shared.services.delivery.plan_slices import plan_slices
from shared.services.delivery.plan_told import told_slices
from shared.services.delivery.told_before import is_for_the_area
from shared.services.schedule.alert_tasks import is_early

log = logging.getLogger(__name__)


def begin_deliveries(
    ports: DeliveryPorts, alert: Alert, deliveries: Sequence[Versioned[Delivery]], hand_over: bool = False
) -> None:
    """The direct one is begun here, for as long as its first slice takes; the others' tasks come before.

    `hand_over`: that slice is the queue's as well.
    """
    mine = [known for known in deliveries if known.value.generation == alert.generation]
    for known in mine:
        if not known.value.direct:
            enqueue_delivery(ports, known.value)
    for known in mine:
        if known.value.direct:
            _begin(ports, known, hand_over)


def begin_delivery(ports: DeliveryPorts, ref: DeliveryRef, generation: int) -> None:
    """Begin the delivery if its moment has come.

    Safe to repeat: one that was planned is taken up where it stopped, one that is over stays so. Raises
    Conflict when another worker begins it at the same time, Unavailable just before it is due.
    """
    known = ports.delivery.get(ref)
    if known is not None and known.value.generation == generation:
        _begin(ports, known)


def _begin(ports: DeliveryPorts, known: Versioned[Delivery], hand_over: bool = False) -> None:
    if known.value.epoch < ports.epoch:
        return  # `sweep` ends it: nobody knows what was sent after the moment that the database went back to
    match known.value.state:
        case DeliveryState.PLANNED:
            _begin_if_due(ports, known, hand_over)
        case DeliveryState.SENDING:
            enqueue_slices(ports, known.value)
            finish_delivery(ports, known.value.ref)
        case DeliveryState.DONE if known.value.to_nobody:
            finish_delivery(ports, known.value.ref)


def _begin_if_due(ports: DeliveryPorts, before: Versioned[Delivery], hand_over: bool) -> None:
    delivery, now = before.value, ports.clock.now()
    channel, found = ports.channel(delivery), ports.alerts.get(delivery.alert)
    if found is None:
        _end(ports, before, DeliveryState.STOPPED)
    elif why := why_over(found.value, delivery, now):
        _stop(ports, before, why)
    elif is_early(delivery.due, now):
        ports.tasks.enqueue(begin_task(delivery, channel.ways(delivery.urgent).begin, now))
    elif delivery.number > 1 and _is_late(delivery, now):
        _end(ports, before, DeliveryState.STOPPED)
    elif refusals := channel.check(found.value):
        told = ", ".join(f"{refusal.message} ({refusal.detail})" for refusal in refusals)
        log.error("alert %s: %s refuses it, nobody was sent anything: %s", delivery.alert, channel.name, told)
        _end(ports, before, DeliveryState.FAILED, told)
    else:
        _send(ports, channel, found.value, before, hand_over)


def _is_late(delivery: Delivery, now: datetime) -> bool:
    """It would ring for something that is not urgent, long after the moment that was chosen for the sound."""
    return not delivery.urgent and now - delivery.due > LATE


def _stop(ports: DeliveryPorts, before: Versioned[Delivery], why: str) -> None:
    """The alert first: should we die in between, the repetition finds it stopped."""
    if why == ALTERED:
        hold_altered(ports, before.value.alert, before.value.digest)
    _end(ports, before, DeliveryState.STOPPED, ALTERED if why == ALTERED else "")


def _end(ports: DeliveryPorts, before: Versioned[Delivery], state: DeliveryState, refusal: str = "") -> None:
    now = ports.clock.now()
    ports.delivery.replace(before, replace(before.value, state=state, finished=now, refusal=refusal))
    gather(ports, before.value.alert, finished=True)


def _send(
    ports: DeliveryPorts, channel: Channel, alert: Alert, before: Versioned[Delivery], hand_over: bool
) -> None:
    """One commit makes the plan: until then nobody is told, after it nobody is forgotten."""
    delivery, slices, at_once = _planned(ports, channel, alert, before, hand_over)
    enqueue_slices(ports, delivery, slices)
    if at_once:
        deliver_slice(ports, delivery.ref, delivery.generation, slices[0].index, attempt=0)
    if not slices:
        finish_delivery(ports, delivery.ref)


def _planned(
    ports: DeliveryPorts, channel: Channel, alert: Alert, before: Versioned[Delivery], hand_over: bool
) -> tuple[Delivery, tuple[Slice, ...], bool]:
    """Whether the first slice is for the caller to deliver, is the third.

    On a night when many alerts start, a process that has used up its share of the quota would hold up all
    those that wait to be started: then that slice goes to the queue like the others.
    """
    read_time, pace = ports.audience.moment(), channel.pace
    match = match_of(alert.content.area, alert.content.parts)
    match.units = whole_units(match, alert.terc, ports.areas, ports.audience, read_time)
    match.codes = match.finer(alert.terc, ports.areas, ports.audience, read_time)
    in_area = is_for_the_area(alert, before.value)
    slices = plan_slices(match, ports.audience, read_time, pace.slice) if in_area else ()
    slices = (*slices, *told_slices(ports, before.value, len(slices), pace.slice))
    at_once = bool(slices) and not hand_over and slices[0].count <= channel.room()
    moments = _moments(pace, before.value.urgent, slices, read_time, at_once)
    slices = tuple(replace(part, resume_at=moment) for part, moment in zip(slices, moments, strict=True))
    after = replace(
        before.value,
        state=DeliveryState.SENDING,
        attempt=0,
        read_time=read_time,
        started=read_time,
        slices=len(slices),
        by_parts=alert.content.parts is not None,
        units=tuple(sorted(match.units)),
        codes=match.codes,
        quiet=before.value.quiet or _is_late(before.value, ports.clock.now()),
    )
    ports.delivery.plan(before, after, slices)
    return after, slices, at_once


def _moments(
    pace: Pace, urgent: bool, slices: Sequence[Slice], begun: datetime, at_once: bool
) -> Iterator[datetime]:
    """When the task of each slice is to run.

    That of the first one, when it is delivered at once, is only for when whoever does that has died. As many
    as there are workers follow at once, the others at the pace at which the workers can deliver them: so a
    large alert does not fill the queue, and another municipality's that comes later is served in between.
    """
    rate = pace.rate_urgent if urgent else pace.rate
    ahead = 0  # places in the slices before, but for those that all workers begin with
    for number, part in enumerate(slices):
        if number == 0 and at_once:
            yield begun + pace.lease
            continue
        yield begun + timedelta(seconds=ahead / rate)
        ahead += part.count if number >= pace.workers else 0
