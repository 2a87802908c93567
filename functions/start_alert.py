"""Task, or a direct call by staff_api: an alert's moment to be sent has come."""

from __future__ import annotations

import functions_framework
from flask import Request

from functions.task_request import Answer, answer_task
from shared import wiring
from shared.services.delivery.start_alert import start_alert as start


@functions_framework.http
def start_alert(request: Request) -> Answer:
    """Payload {alert, generation}."""
    return answer_start(request)


def answer_start(request: Request) -> Answer:
    """Also for the service of urgent alerts, which has a name of its own."""
    return answer_task(
        request,
        lambda payload: start(wiring.delivery_ports(), str(payload["alert"]), int(payload["generation"])),
        alert=str,
        generation=int,
    )
