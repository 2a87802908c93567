"""One slice of a delivery's audience: claimed, delivered, and the delivery ended with the last of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from shared.domain.delivery import Delivery, DeliveryRef, Slice
from shared.errors import Held, NotYetDue
from shared.ports import Versioned
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.delivery_tasks import slice_task
from shared.services.delivery.finish_delivery import finish_delivery
from shared.services.delivery.slice_run import SliceRun


def deliver_slice(ports: DeliveryPorts, ref: DeliveryRef, generation: int, index: int, attempt: int) -> None:
    """Go on with the slice where its last committed wave ended.

    Safe to repeat at any time: a task of an old epoch, generation or attempt sends nothing. Raises Held
    while another worker holds it, NotYetDue while nothing of it is due, Conflict when one took it over.
    """
    delivery = ports.delivery.get(ref)
    part = ports.delivery.slice(ref, index)
    if delivery is None or part is None or delivery.value.generation != generation:
        return
    if delivery.value.epoch < ports.epoch:
        return
    if not part.value.done:
        if attempt < part.value.attempt:
            way = ports.channel(delivery.value).ways(delivery.value.urgent).deliver
            ports.tasks.enqueue(slice_task(delivery.value, way, part.value))
            return
        _deliver(ports, delivery.value, part)
    finish_delivery(ports, ref)


def _deliver(ports: DeliveryPorts, delivery: Delivery, part: Versioned[Slice]) -> None:
    alert, leased_at = ports.alerts.get(delivery.alert), ports.clock.monotonic()
    run = SliceRun(ports, alert.value if alert else None, delivery, _claim(ports, delivery, part), leased_at)
    run.deliver()


def _require_due(part: Slice, now: datetime) -> None:
    """By our clock, which may be behind the queue's: handed over, it would be asked for at once again."""
    if part.exhausted and part.resume_at is not None and now < part.resume_at:
        raise NotYetDue


def _claim(ports: DeliveryPorts, delivery: Delivery, part: Versioned[Slice]) -> Versioned[Slice]:
    """The lease: from here on every commit of the worker that held the slice before is refused."""
    now = ports.clock.now()
    _require_due(part.value, now)
    if part.value.held_until is not None and now < part.value.held_until:
        raise Held
    claimed = replace(part.value, held_until=now + ports.channel(delivery).pace.lease)
    return ports.delivery.save(delivery.ref, part, claimed, None)
