"""A round of an alert's delivery: its moment fixed, its audience cut into slices, the first one delivered."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from shared.domain.alert import Alert
from shared.domain.delivery import Slice
from shared.domain.lifecycle import Action
from shared.domain.preferences import is_urgent
from shared.ports import Versioned
from shared.services.alerts.change_state import changed
from shared.services.audience.match_area import AreaMatch
from shared.services.delivery.deliver_slice import deliver_slice
from shared.services.delivery.delivery_ports import DeliveryPorts, Pace
from shared.services.delivery.enqueue_due import enqueue_slices
from shared.services.delivery.finish_alert import finish_alert
from shared.services.delivery.plan_slices import plan_slices

PROOF_KEY_BYTES = 32
BEGUN = {Action.START: "started", Action.RING: "rung"}  # the alert's field that holds the moment


def begin_round(
    ports: DeliveryPorts, before: Versioned[Alert], action: Literal[Action.START, Action.RING]
) -> None:
    """START is the first round; RING the second, for what was delivered silently.

    One commit makes it so: until then nobody is told, after it nobody is forgotten. Raises Conflict when
    another worker began the round first.
    """
    begun, slices, at_once = _planned(ports, before, action)
    enqueue_slices(ports, begun, slices)
    if at_once:
        deliver_slice(ports, begun.id, begun.generation, slices[0].index, attempt=0)
    if not slices:
        finish_alert(ports, begun.id, begun.generation)


def _moments(
    pace: Pace, alert: Alert, slices: Sequence[Slice], begun: datetime, at_once: bool
) -> Iterator[datetime]:
    """When the task of each slice is to run.

    That of the first one, when it is delivered at once, is only for when whoever does that has died. As many
    as there are workers follow at once, the others at the pace at which the workers can deliver them: so a
    large alert does not fill the queue, and another municipality's that comes later is served in between.
    """
    rate = pace.rate_urgent if is_urgent(alert.content) else pace.rate
    ahead = 0  # places in the slices before, but for those that all workers begin with
    for number, part in enumerate(slices):
        if number == 0 and at_once:
            yield begun + pace.lease
            continue
        yield begun + timedelta(seconds=ahead / rate)
        ahead += part.count if number >= pace.workers else 0


def _planned(
    ports: DeliveryPorts, before: Versioned[Alert], action: Action
) -> tuple[Alert, tuple[Slice, ...], bool]:
    """Whether the first slice is for the caller to deliver, is the third.

    On a night when many alerts start, a process that has used up its share of the quota would hold up all
    those that wait to be started: then that slice goes to the queue like the others.
    """
    first = action is Action.START
    read_time = ports.audience.moment()
    slices = plan_slices(
        AreaMatch.of_text(before.value.content.area), ports.audience, read_time, ports.pace.slice
    )
    at_once = bool(slices) and slices[0].count <= ports.push.room()
    known = before.value.slices_total or 0
    moments = _moments(ports.pace, before.value, slices, read_time, at_once)
    slices = tuple(
        replace(part, index=known + part.index, round=1 if first else 2, resume_at=moment)
        for part, moment in zip(slices, moments, strict=True)
    )
    begun, entry = changed(
        before.value,
        action,
        ports.clock.now(),
        details={"slices": str(len(slices)), "places": str(sum(part.count for part in slices))},
        read_time=read_time,
        slices_total=known + len(slices),
        attempt=0,
        **{BEGUN[action]: read_time},
    )
    ports.delivery.plan(before, begun, entry, slices, secrets.token_hex(PROOF_KEY_BYTES) if first else None)
    return begun, slices, at_once
