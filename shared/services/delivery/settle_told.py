"""What was still being sent when a message of its thread took its place is ended before its ledger is read.

Else whoever is sent it last would stand in no ledger yet, and hear of the danger but not of its end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from shared.domain.delivery import Delivery, DeliveryRef, DeliveryState, Slice
from shared.errors import Conflict, Held, NotYetDue
from shared.ports import Versioned
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.delivery_tasks import slice_task
from shared.services.delivery.finish_delivery import finish_delivery
from shared.services.delivery.plan_told import ledgers

LONGEST_WAIT = timedelta(seconds=20)
MOST_TRIES = 40  # a quarter of an hour: what is not ended by then never will be

Deliver = Callable[[DeliveryPorts, DeliveryRef, int, int, int], None]  # deliver_slice
log = logging.getLogger(__name__)


def is_settled(ports: DeliveryPorts, delivery: Delivery, part: Slice, deliver: Deliver) -> bool:
    """Whether nothing is added any more to the ledgers that the delivery reads; what can be ended now is.

    A slice that a worker holds is its own to end, which it does before its next wave. Costs a query for each
    message of the thread.
    """
    open_ones = [
        one
        for alert_id in delivery.recipients_of
        for one in ledgers(ports, delivery, alert_id)
        if not one.over and one.epoch >= ports.epoch
    ]
    left = [one.id for one in open_ones if not _ended(ports, one, deliver)]
    if left and part.attempt >= MOST_TRIES:
        log.error("alert %s: what came before does not end, its ledger is read as it is", delivery.alert)
        return True
    return not left


def put_off(ports: DeliveryPorts, delivery: Delivery, part: Versioned[Slice]) -> None:
    """For a while that grows from attempt to attempt. Raises Held while another worker is at the slice."""
    now = ports.clock.now()
    if part.value.held_until is not None and now < part.value.held_until:
        raise Held
    wait = min(timedelta(seconds=2.0 ** min(part.value.attempt, 10)), LONGEST_WAIT)
    later = replace(part.value, attempt=part.value.attempt + 1, resume_at=now + wait, held_until=None)
    ports.delivery.save(delivery.ref, part, later, None)
    way = ports.channel(delivery).ways(delivery.urgent).deliver
    ports.tasks.enqueue(slice_task(delivery, way, later))


def _ended(ports: DeliveryPorts, delivery: Delivery, deliver: Deliver) -> bool:
    """Its alert is over: whoever takes up one of its slices now ends it."""
    with suppress(Conflict):
        if delivery.state is DeliveryState.PLANNED:
            return _stopped(ports, delivery)
        for part in ports.delivery.slices(delivery.ref):
            if not part.done:
                with suppress(Held, NotYetDue, Conflict):
                    deliver(ports, delivery.ref, delivery.generation, part.index, part.attempt)
        finish_delivery(ports, delivery.ref)
    found = ports.delivery.get(delivery.ref)
    return found is None or found.value.over


def _stopped(ports: DeliveryPorts, delivery: Delivery) -> bool:
    """Before it was planned. Raises Conflict where somebody just plans it."""
    known = ports.delivery.get(delivery.ref)
    if known is None or known.value.state is not DeliveryState.PLANNED:
        return known is None or known.value.over
    ended = replace(known.value, state=DeliveryState.STOPPED, finished=ports.clock.now())
    ports.delivery.replace(known, ended)
    return True
