"""An alert's moment has come: from now on it is active, and each channel begins to tell it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

from shared.domain.alert import Alert, State
from shared.domain.altered import approved_digest
from shared.domain.delivery import Delivery
from shared.domain.interlock import settled
from shared.domain.lateness import why_held
from shared.domain.lifecycle import Action
from shared.domain.preferences import is_urgent
from shared.ports import Versioned
from shared.services.alerts.change_state import act, changed
from shared.services.delivery.begin_delivery import begin_deliveries
from shared.services.delivery.check_interlock import Refused, why_altered, why_other_numbers
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.expire_alert import expire_alert
from shared.services.delivery.hold_alert import hold_alert
from shared.services.delivery.replace_in_thread import above, replacement, why_overtaken
from shared.services.delivery.told_before import recipients_of, told_before
from shared.services.schedule.alert_tasks import is_early, start_task

PROOF_KEY_BYTES = 32


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
    moment = alert.due()
    if now >= alert.content.expires:
        expire_alert(ports, alert.id, alert.generation)
    elif moment is not None and is_early(moment, now):
        ports.tasks.enqueue(start_task(alert, now))
    else:
        replaced = ports.alerts.get(alert.replaces) if alert.replaces else None
        if refused := _refused(ports, alert, replaced, now):
            hold_alert(ports, before, now, refused.why, refused.told)
        else:
            begin_deliveries(ports, *_start(ports, before, replaced, now), hand_over)


def _refused(
    ports: DeliveryPorts, alert: Alert, replaced: Versioned[Alert] | None, now: datetime
) -> Refused | None:
    """Why it waits for a person; counted is only what nothing else holds."""
    if altered := why_altered(alert):
        return altered
    if why := why_held(alert, now, ports.epoch) or why_overtaken(replaced):
        return Refused(why)
    return why_other_numbers(ports, alert)


def _start(
    ports: DeliveryPorts, before: Versioned[Alert], replaced: Versioned[Alert] | None, now: datetime
) -> tuple[Alert, Sequence[Versioned[Delivery]]]:
    """One commit makes it so: until then nobody is told, after it no channel is forgotten, and at no moment
    are both this message and what it replaces in force."""
    alert = above(before.value, replaced)
    deliveries = list(_deliveries(ports, alert, now))
    details = {"deliveries": ", ".join(delivery.id for delivery in deliveries)}
    kept = settled(alert.interlock)
    after, entry = changed(alert, Action.START, now, details, started=now, attempt=0, interlock=kept)
    proof_key = secrets.token_hex(PROOF_KEY_BYTES)
    gone = replacement(replaced, after, now)
    acts = [act(before.value, entry), *([act(gone.before.value, gone.entry)] if gone else [])]
    return after, ports.delivery.start(before, after, entry, deliveries, proof_key, acts, gone)


def _deliveries(ports: DeliveryPorts, alert: Alert, now: datetime) -> Iterator[Delivery]:
    before = told_before(ports, alert)
    for position, channel in enumerate(ports.channels.values()):
        for number, due in enumerate(channel.moments(alert.content, now), start=1):
            yield Delivery(
                alert=alert.id,
                channel=channel.name,
                number=number,
                generation=alert.generation,
                version=alert.version,
                urgent=is_urgent(alert.content),
                due=due,
                expires=alert.content.expires,
                epoch=ports.epoch,
                direct=position == 0 and number == 1,
                digest=approved_digest(alert),
                recipients_of=recipients_of(alert, number, before),
            )
