"""Task: an alert's time is over."""

from __future__ import annotations

import functions_framework
from flask import Request

from functions.task_request import Answer, answer_task
from shared import wiring
from shared.services.delivery.expire_alert import expire_alert as expire


@functions_framework.http
def expire_alert(request: Request) -> Answer:
    """Payload {alert, generation}."""
    return answer_task(
        request,
        lambda payload: expire(wiring.schedule_ports(), str(payload["alert"]), int(payload["generation"])),
        alert=str,
        generation=int,
    )
