"""An alert's moment has come: tell those whom it concerns, or, what they were told silently, once more."""

from __future__ import annotations

from shared.channels.push.validate import validate_alert
from shared.domain.alert import Alert, State
from shared.domain.lifecycle import Action
from shared.ports import Versioned
from shared.services.alerts.expire_alert import expire_alert
from shared.services.delivery.begin_round import begin_round
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.delivery_tasks import is_early, ring_task, start_task
from shared.services.delivery.enqueue_due import enqueue_slices
from shared.services.delivery.finish_alert import finish_alert


def start_alert(ports: DeliveryPorts, alert_id: str, generation: int) -> None:
    """Begin the round of its delivery that is due.

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
        case State.ACTIVE if before.value.awaits_sound:
            _ring_if_due(ports, before)
        case State.ACTIVE:
            finish_alert(ports, alert_id, generation)


def _start_if_due(ports: DeliveryPorts, before: Versioned[Alert]) -> None:
    alert, now = before.value, ports.clock.now()
    due = alert.due()
    if now >= alert.content.expires:
        expire_alert(ports, alert.id, alert.generation)
    elif due is not None and is_early(due, now):
        ports.tasks.enqueue(start_task(alert, now))
    elif validate_alert(ports, before):
        begin_round(ports, before, Action.START)


def _ring_if_due(ports: DeliveryPorts, before: Versioned[Alert]) -> None:
    alert, now = before.value, ports.clock.now()
    if now >= alert.content.expires:
        expire_alert(ports, alert.id, alert.generation)
    elif alert.content.sound_at is not None and is_early(alert.content.sound_at, now):
        ports.tasks.enqueue(ring_task(alert, now))
    else:
        begin_round(ports, before, Action.RING)
