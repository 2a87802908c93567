"""Firestore trigger: an alert was written. Its public copy follows it, and what is due later is enqueued."""

from __future__ import annotations

import logging

import functions_framework
from cloudevents.http import CloudEvent

from functions.event_request import begin_event
from shared import logs, wiring
from shared.services.calls.call_tasks import ask_tell
from shared.services.delivery.enqueue_due import enqueue_due
from shared.services.publishing.publish_alert import publish_alert

logs.configure()
log = logging.getLogger(__name__)


@functions_framework.cloud_event
def on_alert_written(event: CloudEvent) -> None:
    """The event only names the alert: it may be old, repeated or out of order. An error brings it back."""
    match begin_event(event):
        case ["alerts", alert_id] if alert_id:
            _follow(alert_id)
        case _:
            log.error("An event without an alert's document was dropped")


def _follow(alert_id: str) -> None:
    ports = wiring.schedule_ports()
    alert = enqueue_due(ports, alert_id)
    publish_alert(
        alert_id,
        alerts=wiring.alerts(),
        published=wiring.published(),
        signer=wiring.alert_signer(),
        clock=wiring.clock(),
    )
    if alert is not None:
        ask_tell(ports.tasks, alert)
