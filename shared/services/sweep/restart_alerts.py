"""Alerts that should have started, and deliveries that should have begun, and did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.alert import Alert, State
from shared.domain.delivery import Delivery, DeliveryState
from shared.ports import Versioned
from shared.services.delivery.delivery_tasks import begin_task
from shared.services.delivery.enqueue_due import enqueue_due
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep_ports import SweepPorts

LONGEST_STEP = 30  # graces between two attempts: a quarter of an hour


def restart_alerts(run: Run, tally: Tally) -> None:
    """A new task under a new name for each; whoever starts it finds out whether another one did."""
    waiting = [item for item in run.woken if _late_by(item.value, run.now) is not None]
    run.each(tally, waiting, lambda item: _restart(run, item))
    planned = [item for item in run.deliveries if item.value.state is DeliveryState.PLANNED]
    run.each(tally, planned, lambda item: _begin_again(run, item))


def _restart(run: Run, before: Versioned[Alert]) -> int:
    late = _late_by(before.value, run.now)
    if late is None or late < patience(before.value.attempt, run.ports.limits.grace):
        return 0
    _ask_again(run.ports, before)
    return 1


def _ask_again(ports: SweepPorts, before: Versioned[Alert]) -> None:
    """The document first: it names the task, and its trigger enqueues it as well should we die in between."""
    again = replace(before.value, attempt=before.value.attempt + 1)
    ports.alerts.replace(before, again, None)
    enqueue_due(ports, again.id)


def _begin_again(run: Run, before: Versioned[Delivery]) -> int:
    """The document first, as above. One whose alert is over is begun as well: that stops it."""
    delivery, ports = before.value, run.ports
    if run.now - delivery.due < patience(delivery.attempt, ports.limits.grace):
        return 0
    way = ports.channel(delivery).ways(delivery.urgent).begin  # no attempt is spent where nobody has it
    again = replace(delivery, attempt=delivery.attempt + 1)
    ports.delivery.replace(before, again)
    ports.tasks.enqueue(begin_task(again, way, run.now))
    return 1


def patience(attempt: int, grace: timedelta) -> timedelta:
    """How late an alert is before attempt number `attempt` is given up.

    With 30 s of grace: 0.5, 1.5, 3.5, 7.5, 15.5 minutes, then a quarter of an hour more each time. A start
    may be planning for long, and each new attempt makes it begin again.
    """
    return sum((grace * min(2**number, LONGEST_STEP) for number in range(attempt + 1)), timedelta())


def _late_by(alert: Alert, now: datetime) -> timedelta | None:
    """None: it waits for nothing that a task could still do."""
    moment = alert.due() if alert.state is State.SCHEDULED else None
    if moment is None or now < moment or now >= alert.content.expires:
        return None
    return now - moment
