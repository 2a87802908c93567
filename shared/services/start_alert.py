"""An alert's moment has come: fix whom it concerns, and begin to tell them."""

from __future__ import annotations

import secrets

from shared.domain.alert import Alert, State
from shared.domain.delivery import Slice
from shared.domain.lifecycle import Action
from shared.ports import Versioned
from shared.services.change_state import changed
from shared.services.deliver_slice import deliver_slice
from shared.services.delivery_ports import DeliveryPorts
from shared.services.delivery_tasks import is_early, start_task
from shared.services.enqueue_due import enqueue_slices
from shared.services.expire_alert import expire_alert
from shared.services.finish_alert import finish_alert
from shared.services.match_area import AreaMatch
from shared.services.plan_slices import plan_slices

PROOF_KEY_BYTES = 32


def start_alert(ports: DeliveryPorts, alert_id: str, generation: int) -> None:
    """Start the alert if it is due, and deliver its first slice without waiting for a task.

    Safe to repeat: a start that died is taken up where it stopped; one of an old generation does nothing.
    Raises Conflict when another worker starts the alert at the same time, Unavailable just before it is due.
    """
    before = ports.alerts.get(alert_id)
    if before is None or before.value.generation != generation:
        return
    match before.value.state:
        case State.SCHEDULED:
            _start_if_due(ports, before)
        case State.SENDING:
            enqueue_slices(ports, before.value)
            finish_alert(ports, alert_id, generation)
        case State.ACTIVE:
            finish_alert(ports, alert_id, generation)


def _start_if_due(ports: DeliveryPorts, before: Versioned[Alert]) -> None:
    alert, now = before.value, ports.clock.now()
    due = alert.due()
    if now >= alert.content.expires:
        expire_alert(ports, alert.id, alert.generation)
    elif due is not None and is_early(due, now):
        ports.tasks.enqueue(start_task(alert, now))
    else:
        _start(ports, before)


def _start(ports: DeliveryPorts, before: Versioned[Alert]) -> None:
    """One commit makes it so: until then nobody is told, after it nobody is forgotten."""
    started, slices = _planned(ports, before)
    enqueue_slices(ports, started, slices)
    if slices:
        deliver_slice(ports, started.id, started.generation, index=0, attempt=0)
    else:
        finish_alert(ports, started.id, started.generation)


def _planned(ports: DeliveryPorts, before: Versioned[Alert]) -> tuple[Alert, tuple[Slice, ...]]:
    read_time = ports.audience.moment()
    match = AreaMatch.of_text(before.value.content.area)
    slices = plan_slices(match, ports.audience, read_time, ports.pace.slice)
    started, entry = changed(
        before.value,
        Action.START,
        ports.clock.now(),
        details={"slices": str(len(slices)), "places": str(sum(part.count for part in slices))},
        started=read_time,
        read_time=read_time,
        slices_total=len(slices),
    )
    ports.delivery.plan(before, started, entry, slices, secrets.token_hex(PROOF_KEY_BYTES))
    return started, slices
