"""A round of an alert's delivery: its moment fixed, its audience cut into slices, the first one delivered."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Literal

from shared.domain.alert import Alert
from shared.domain.delivery import Slice
from shared.domain.lifecycle import Action
from shared.domain.preferences import is_urgent
from shared.ports import Versioned
from shared.services.change_state import changed
from shared.services.deliver_slice import deliver_slice
from shared.services.delivery_ports import DeliveryPorts, Pace
from shared.services.enqueue_due import enqueue_slices
from shared.services.finish_alert import finish_alert
from shared.services.match_area import AreaMatch
from shared.services.plan_slices import plan_slices

PROOF_KEY_BYTES = 32
BEGUN = {Action.START: "started", Action.RING: "rung"}  # the alert's field that holds the moment


def begin_round(
    ports: DeliveryPorts, before: Versioned[Alert], action: Literal[Action.START, Action.RING]
) -> None:
    """START is the first round; RING the second, for what was delivered silently.

    One commit makes it so: until then nobody is told, after it nobody is forgotten. Raises Conflict when
    another worker began the round first.
    """
    begun, slices = _planned(ports, before, action)
    enqueue_slices(ports, begun, slices)
    if slices:
        deliver_slice(ports, begun.id, begun.generation, slices[0].index, attempt=0)
    else:
        finish_alert(ports, begun.id, begun.generation)


def _moments(pace: Pace, alert: Alert, begun: datetime) -> Iterator[datetime]:
    """When the task of each slice is to run.

    That of the first one is only for when whoever delivers it at once has died. As many as there are workers
    follow at once, the others at the pace at which the workers can deliver them: so a large alert does not
    fill the queue, and another municipality's that comes later is served in between.
    """
    yield begun + pace.lease
    rate = pace.rate_urgent if is_urgent(alert.content) else pace.rate
    for place in count(1):
        yield begun + timedelta(seconds=max(0, place - pace.workers) * pace.slice / rate)


def _planned(
    ports: DeliveryPorts, before: Versioned[Alert], action: Action
) -> tuple[Alert, tuple[Slice, ...]]:
    first = action is Action.START
    read_time = ports.audience.moment()
    slices = plan_slices(
        AreaMatch.of_text(before.value.content.area), ports.audience, read_time, ports.pace.slice
    )
    known = before.value.slices_total or 0
    slices = tuple(
        replace(part, index=known + part.index, round=1 if first else 2, resume_at=moment)
        for part, moment in zip(slices, _moments(ports.pace, before.value, read_time), strict=False)
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
    return begun, slices
