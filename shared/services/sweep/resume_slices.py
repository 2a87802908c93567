"""Deliveries that no longer move: slices whose worker died, whose task was lost or ran out of attempts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.delivery import Delivery, DeliveryState, left_in_doubt
from shared.ports import Progress, Way
from shared.services.delivery.delivery_tasks import slice_task
from shared.services.delivery.finish_delivery import finish_delivery
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep_ports import SweepPorts

STILL = 1.5  # leases without a sign of life: no worker holds the slice any more
QUEUED = 5.0  # leases, while others of the queue are served: it may merely wait for its turn


@dataclass(frozen=True)
class Moving:
    delivery: Delivery
    slices: Sequence[Progress]


def resume_slices(run: Run, tally: Tally) -> None:
    """All deliveries are read before one is judged: slices of others may be ahead in the queue.

    Also those of alerts that are over: their slices are ended, and so their figures become final.
    """
    sending = [item.value for item in run.deliveries if item.value.state is DeliveryState.SENDING]
    moving: list[Moving] = []
    run.each(tally, sending, lambda delivery: _read(run.ports, delivery, moving))
    by_queue: dict[Way, list[Moving]] = {}
    for one in moving:
        by_queue.setdefault(_way(run.ports, one.delivery), []).append(one)
    for queue in by_queue.values():
        served = any(_works(item, run, one.delivery) for one in queue for item in one.slices)
        _each_of_queue(run, tally, queue, served)


def _way(ports: SweepPorts, delivery: Delivery) -> Way:
    return ports.channel(delivery).ways(delivery.urgent).deliver


def _read(ports: SweepPorts, delivery: Delivery, into: list[Moving]) -> int:
    ports.channel(delivery)  # one that this instance does not have is another's to look after
    into.append(Moving(delivery, ports.delivery.progress(delivery.ref)))
    return 0


def _each_of_queue(run: Run, tally: Tally, queue: Sequence[Moving], served: bool) -> None:
    ended = [one for one in queue if _has_ended(one, run)]
    run.each(tally, ended, lambda one: _finish(run.ports, one.delivery))
    still = [
        (one.delivery, item)
        for one in queue
        for item in one.slices
        if stands_still(item, run.now, run.ports.channel(one.delivery).pace.lease, served)
    ]
    most = run.ports.limits.slices
    tally.left += max(0, len(still) - most)
    run.each(tally, still[:most], lambda found: _resume(run.ports, *found))


def _has_ended(one: Moving, run: Run) -> bool:
    """A moment ago at least: usually the worker of the last slice ends the delivery."""
    last = max((item.moved for item in one.slices), default=one.delivery.started or run.now)
    all_done = all(item.part.value.done for item in one.slices)
    return all_done and run.now - last >= run.ports.limits.grace


def _finish(ports: SweepPorts, delivery: Delivery) -> int:
    finish_delivery(ports, delivery.ref)
    return 1


def stands_still(item: Progress, now: datetime, lease: timedelta, served: bool) -> bool:
    """`served`: the queue gets through, so that a slice that nobody claimed may be waiting in it."""
    part = item.part.value
    if part.done or (part.held_until is not None and now < part.held_until):
        return False
    waits_in_queue = served and part.held_until is None
    since = max(item.moved, part.resume_at or item.moved)  # its task may have been put off until later
    return now - since >= lease * (QUEUED if waits_in_queue else STILL)


def _works(item: Progress, run: Run, delivery: Delivery) -> bool:
    """Its last entry is a worker's, and young. One that only changed the task tells nothing of the queue."""
    part = item.part.value
    young = run.now - item.moved < run.ports.channel(delivery).pace.lease * STILL
    return young and (part.done or part.held_until is not None)


def _resume(ports: SweepPorts, delivery: Delivery, item: Progress) -> int:
    """The save refuses every later one of the worker before; then a task under a new name."""
    part = item.part.value
    again = replace(part, attempt=part.attempt + 1, held_until=None, in_doubt=left_in_doubt(part))
    ports.delivery.save(delivery.ref, item.part, again, None)
    ports.tasks.enqueue(slice_task(delivery, _way(ports, delivery), again))
    return 1
