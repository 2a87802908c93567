"""The last slice is done: the delivery is over, and its figures are final."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from shared.domain.delivery import Delivery, DeliveryRef, DeliveryState
from shared.errors import Conflict
from shared.services.delivery.delivery_ports import FinishPorts
from shared.services.delivery.gather_summary import gather_summary
from shared.services.delivery.sum_slices import sum_slices
from shared.services.delivery.tell_difference import tell_difference

TRIES = 5


def finish_delivery(ports: FinishPorts, ref: DeliveryRef) -> None:
    """Called by whoever ends a slice, and again for every repetition: only the last slice ends the delivery.

    Slices are counted, not subtracted from a number, so nobody's crash can make the count wrong.
    """
    gather(ports, ref.alert, _finish(ports, ref))


def gather(ports: FinishPorts, alert_id: str, finished: bool) -> None:
    """The figures, at once when they are final."""
    gather_summary(
        alert_id,
        alerts=ports.alerts,
        delivery=ports.delivery,
        published=ports.published,
        summaries=ports.summaries,
        clock=ports.clock,
        at_most_every=timedelta() if finished else None,
    )


def _finish(ports: FinishPorts, ref: DeliveryRef) -> bool:
    """Whether the delivery is over. Raises Conflict when others keep changing it."""
    for _ in range(TRIES):
        before = ports.delivery.get(ref)
        if before is None or before.value.state is DeliveryState.PLANNED:
            return False
        if before.value.over:
            return True
        if ports.delivery.done(ref) < before.value.slices:
            return False
        ended = _ended(ports, before.value)
        if ended.state is DeliveryState.DONE and ended.figures is not None:
            tell_difference(ports, ended, ended.figures.targeted)
        try:
            ports.delivery.replace(before, ended)
        except Conflict:
            continue
        return True
    raise Conflict


def _ended(ports: FinishPorts, delivery: Delivery) -> Delivery:
    slices = ports.delivery.slices(delivery.ref)
    stopped = any(part.stopped for part in slices)
    return replace(
        delivery,
        state=DeliveryState.STOPPED if stopped else DeliveryState.DONE,
        finished=ports.clock.now(),
        figures=sum_slices(slices),
    )
