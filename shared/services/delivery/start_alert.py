"""An alert's moment has come: from now on it is active, and each channel begins to tell it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

from shared.domain.alert import Alert, State
from shared.domain.delivery import Delivery
from shared.domain.lateness import starts, why_held
from shared.domain.lifecycle import Action
from shared.domain.preferences import is_urgent
from shared.ports import Versioned
from shared.services.alerts.change_state import act, changed
from shared.services.delivery.begin_delivery import begin_deliveries
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.expire_alert import expire_alert
from shared.services.schedule.alert_tasks import is_early, start_task

PROOF_KEY_BYTES = 32
log = logging.getLogger(__name__)


def start_alert(ports: DeliveryPorts, alert_id: str, generation: int, hand_over: bool = False) -> None:
    """Make the alert active, and begin those of its deliveries that are due.

    `hand_over`: somebody waits for the answer, so no slice is delivered here; all go to the queue.

    Safe to repeat: a start that died is taken up where it stopped; one of an old generation does nothing.
    Raises Conflict when another worker starts the alert at the same time, Unavailable just before it is due.
    """
    before = ports.alerts.get(alert_id)
    if before is None or before.value.generation != generation:
        return
    match before.value.state:
        case State.SCHEDULED:
            _start_if_due(ports, before, hand_over)
        case State.ACTIVE:
            begin_deliveries(ports, before.value, ports.delivery.of(alert_id), hand_over)


def _start_if_due(ports: DeliveryPorts, before: Versioned[Alert], hand_over: bool) -> None:
    alert, now = before.value, ports.clock.now()
    moment, why = starts(alert), why_held(alert, now, ports.epoch)
    if now >= alert.content.expires:
        expire_alert(ports, alert.id, alert.generation)
    elif moment is not None and is_early(moment, now):
        ports.tasks.enqueue(start_task(alert, now))
    elif why is not None and alert.held is None:
        _hold(ports, before, now, why)
    elif alert.epoch < ports.epoch:
        log.warning("alert %s is of before a restore, and waits until somebody approves it again", alert.id)
    else:
        begin_deliveries(ports, *_start(ports, before, now), hand_over)


def _hold(ports: DeliveryPorts, before: Versioned[Alert], now: datetime, why: str) -> None:
    """Nobody is told. Staff see that it waits; they approve it once more, edit or cancel it."""
    after, entry = changed(before.value, Action.HOLD, now, {"why": why}, held=now, attempt=0)
    ports.alerts.replace(before, after, entry, [act(before.value, entry)])
    log.warning("alert %s waits for somebody to say whether it is still to be sent: %s", after.id, why)
    ports.tasks.enqueue(start_task(after, now))


def _start(
    ports: DeliveryPorts, before: Versioned[Alert], now: datetime
) -> tuple[Alert, Sequence[Versioned[Delivery]]]:
    """One commit makes it so: until then nobody is told, after it no channel is forgotten."""
    deliveries = list(_deliveries(ports, before.value, now))
    details = {"deliveries": ", ".join(delivery.id for delivery in deliveries)}
    if before.value.held is not None:
        details["unanswered"] = before.value.held.isoformat()
    after, entry = changed(before.value, Action.START, now, details, started=now, attempt=0)
    proof_key = secrets.token_hex(PROOF_KEY_BYTES)
    return after, ports.delivery.start(
        before, after, entry, deliveries, proof_key, [act(before.value, entry)]
    )


def _deliveries(ports: DeliveryPorts, alert: Alert, now: datetime) -> Iterator[Delivery]:
    """Of an alert that was held and nobody answered, once and without a sound."""
    quiet = alert.held is not None
    for position, channel in enumerate(ports.channels.values()):
        moments = channel.moments(alert.content, now)
        for number, due in enumerate(moments[:1] if quiet else moments, start=1):
            yield Delivery(
                alert=alert.id,
                channel=channel.name,
                number=number,
                generation=alert.generation,
                version=alert.version,
                urgent=is_urgent(alert.content),
                due=due,
                expires=alert.content.expires,
                quiet=quiet,
                epoch=ports.epoch,
                direct=position == 0 and number == 1,
            )
