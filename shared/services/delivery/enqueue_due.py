"""The tasks that an alert's present state calls for, asked for again whenever it is written."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.alert import Alert, State
from shared.domain.delivery import Slice
from shared.services.alerts.expire_alert import LIVE
from shared.services.delivery.delivery_ports import SchedulePorts
from shared.services.delivery.delivery_tasks import expire_task, ring_task, slice_task, start_task


def enqueue_due(ports: SchedulePorts, alert_id: str) -> None:
    """Safe to repeat: a task of the same name is never run twice. Raises Unavailable."""
    current = ports.alerts.get(alert_id)
    if current is None:
        return
    alert, now = current.value, ports.clock.now()
    if alert.state is State.SCHEDULED or _is_sent_to_nobody(alert):
        ports.tasks.enqueue(start_task(alert, now))
    if alert.state is State.SENDING:
        enqueue_slices(ports, alert)
    if alert.state is State.ACTIVE and alert.awaits_sound:
        ports.tasks.enqueue(ring_task(alert, now))
    if alert.state in LIVE:
        ports.tasks.enqueue(expire_task(alert, now))


def _is_sent_to_nobody(alert: Alert) -> bool:
    """Without a slice no other task ends it and says so, should whoever started it have died."""
    return alert.state in (State.SENDING, State.ACTIVE) and alert.slices_total == 0


def enqueue_slices(ports: SchedulePorts, alert: Alert, slices: Sequence[Slice] | None = None) -> None:
    """A task for each slice that is not done, at the moment that the plan or its last worker gave it."""
    known = ports.delivery.slices(alert.id) if slices is None else slices
    for part in known:
        if not part.done:
            ports.tasks.enqueue(slice_task(alert, part))
