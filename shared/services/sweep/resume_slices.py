"""Deliveries that no longer move: slices whose worker died, whose task was lost or ran out of attempts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.domain.alert import Alert, State
from shared.domain.preferences import is_urgent
from shared.ports import Progress
from shared.services.delivery.delivery_tasks import slice_task
from shared.services.delivery.finish_alert import finish_alert
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep_ports import SweepPorts

STILL = 1.5  # leases without a sign of life: no worker holds the slice any more
QUEUED = 5.0  # leases, while others of the queue are served: it may merely wait for its turn


@dataclass(frozen=True)
class Delivery:
    alert: Alert
    slices: Sequence[Progress]


def resume_slices(run: Run, tally: Tally) -> None:
    """All deliveries are read before one is judged: slices of other alerts may be ahead in the queue."""
    sending = [item.value for item in run.woken if item.value.state is State.SENDING]
    deliveries: list[Delivery] = []
    run.each(tally, sending, lambda alert: _read(run.ports, alert, deliveries))
    for urgent in (True, False):
        queue = [delivery for delivery in deliveries if is_urgent(delivery.alert.content) is urgent]
        served = any(_works(item, run) for delivery in queue for item in delivery.slices)
        _each_of_queue(run, tally, queue, served)


def _read(ports: SweepPorts, alert: Alert, into: list[Delivery]) -> int:
    into.append(Delivery(alert, ports.delivery.progress(alert.id)))
    return 0


def _each_of_queue(run: Run, tally: Tally, queue: Sequence[Delivery], served: bool) -> None:
    ended = [delivery for delivery in queue if _has_ended(delivery, run)]
    run.each(tally, ended, lambda delivery: _finish(run.ports, delivery.alert))
    still = [
        (delivery.alert, item)
        for delivery in queue
        for item in delivery.slices
        if stands_still(run, item, served)
    ]
    most = run.ports.limits.slices
    tally.left += max(0, len(still) - most)
    run.each(tally, still[:most], lambda found: _resume(run.ports, *found))


def _has_ended(delivery: Delivery, run: Run) -> bool:
    """A moment ago at least: usually the worker of the last slice ends the alert."""
    last = max((item.moved for item in delivery.slices), default=delivery.alert.started or run.now)
    all_done = all(item.part.value.done for item in delivery.slices)
    return all_done and run.now - last >= run.ports.limits.grace


def _finish(ports: SweepPorts, alert: Alert) -> int:
    finish_alert(ports, alert.id, alert.generation)
    return 1


def stands_still(run: Run, item: Progress, served: bool) -> bool:
    """`served`: the queue gets through, so that a slice that nobody claimed may be waiting in it."""
    part, now, lease = item.part.value, run.now, run.ports.pace.lease
    if part.done or (part.lease.until is not None and now < part.lease.until):
        return False
    waits_in_queue = served and part.lease.until is None
    since = max(item.moved, part.resume_at or item.moved)  # its task may have been put off until later
    return now - since >= lease * (QUEUED if waits_in_queue else STILL)


def _works(item: Progress, run: Run) -> bool:
    """Its last entry is a worker's, and young. One that only changed the task tells nothing of the queue."""
    part = item.part.value
    young = run.now - item.moved < run.ports.pace.lease * STILL
    return young and (part.done or part.lease.until is not None)


def _resume(ports: SweepPorts, alert: Alert, item: Progress) -> int:
    """The save refuses every later one of the worker before; then a task under a new name."""
    part = item.part.value
    again = replace(part, attempt=part.attempt + 1, lease=replace(part.lease, until=None))
    ports.delivery.save(alert.id, item.part, again, None)
    ports.tasks.enqueue(slice_task(alert, again))
    return 1
