"""The tasks that an alert's present state calls for, asked for again whenever it is written."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from shared.domain.alert import Alert, State
from shared.domain.delivery import Delivery, DeliveryState, Slice
from shared.services.delivery.delivery_ports import SchedulePorts
from shared.services.delivery.delivery_tasks import begin_task, slice_task
from shared.services.delivery.expire_alert import LIVE
from shared.services.schedule.alert_tasks import expire_task, start_task

log = logging.getLogger(__name__)


def enqueue_due(ports: SchedulePorts, alert_id: str) -> Alert | None:
    """The alert as it was read, None: there is none. Safe to repeat: a task of the same name is never run
    twice. Raises Unavailable."""
    current = ports.alerts.get(alert_id)
    if current is None:
        return None
    alert, now = current.value, ports.clock.now()
    if alert.state is State.SCHEDULED:
        ports.tasks.enqueue(start_task(alert, now))
    if alert.state is State.ACTIVE:
        for known in ports.delivery.of(alert_id):
            enqueue_delivery(ports, known.value)
    if alert.state in LIVE:
        ports.tasks.enqueue(expire_task(alert, now))
    return alert


def enqueue_delivery(ports: SchedulePorts, delivery: Delivery) -> None:
    """What a delivery waits for. One that went to nobody has no slice whose task says that it is over, should
    whoever began it have died. A channel that this instance does not have holds up no other: `sweep` of the
    release that has it begins it."""
    if delivery.epoch < ports.epoch:
        return
    if delivery.channel not in ports.channels:
        log.warning("alert %s: the channel of %s is not known here", delivery.alert, delivery.id)
        return
    if delivery.state is DeliveryState.SENDING:
        enqueue_slices(ports, delivery)
    if delivery.state is DeliveryState.PLANNED or delivery.to_nobody:
        way = ports.channel(delivery).ways(delivery.urgent).begin
        ports.tasks.enqueue(begin_task(delivery, way, ports.clock.now()))


def enqueue_slices(ports: SchedulePorts, delivery: Delivery, slices: Sequence[Slice] | None = None) -> None:
    """A task for each slice that is not done, at the moment that the plan or its last worker gave it."""
    way = ports.channel(delivery).ways(delivery.urgent).deliver
    for part in ports.delivery.slices(delivery.ref) if slices is None else slices:
        if not part.done:
            ports.tasks.enqueue(slice_task(delivery, way, part))
