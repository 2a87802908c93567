"""One slice of a delivery's audience: claimed, delivered, and the delivery ended with the last of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from shared.domain.alert import Alert
from shared.domain.delivery import Delivery, DeliveryRef, Slice, left_in_doubt, why_over
from shared.errors import Held, NotYetDue
from shared.ports import Versioned
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.delivery_tasks import slice_task
from shared.services.delivery.finish_delivery import finish_delivery
from shared.services.delivery.settle_told import is_settled, put_off
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
    found = ports.alerts.get(delivery.alert)
    alert = found.value if found else None
    if not why_over(alert, delivery, ports.clock.now()) and _must_wait(ports, delivery, part.value):
        put_off(ports, delivery, part)
        return
    leased_at = ports.clock.monotonic()
    run = SliceRun(ports, alert, delivery, _claim(ports, delivery, part, alert), leased_at)
    run.deliver()


def _must_wait(ports: DeliveryPorts, delivery: Delivery, part: Slice) -> bool:
    """Somebody may still be sent what came before, and would then be left out."""
    if not part.told or part.exhausted:
        return False
    return not is_settled(ports, delivery, part, deliver_slice)


def _require_due(part: Slice, now: datetime) -> None:
    """By our clock, which may be behind the queue's: handed over, it would be asked for at once again."""
    if part.exhausted and part.resume_at is not None and now < part.resume_at:
        raise NotYetDue


def _claim(
    ports: DeliveryPorts, delivery: Delivery, part: Versioned[Slice], alert: Alert | None
) -> Versioned[Slice]:
    """The lease: from here on every commit of the worker that held the slice before is refused. What that one
    sent last is then recorded by nobody."""
    now = ports.clock.now()
    if not why_over(alert, delivery, now):
        _require_due(part.value, now)
    if part.value.held_until is not None and now < part.value.held_until:
        raise Held
    until = now + ports.channel(delivery).pace.lease
    claimed = replace(part.value, held_until=until, in_doubt=left_in_doubt(part.value))
    return ports.delivery.save(delivery.ref, part, claimed, None)
