"""Task: one slice of an alert's audience is to be delivered."""

from __future__ import annotations

import functions_framework
from flask import Request

from functions.task_request import Answer, answer_task
from shared import wiring
from shared.services.delivery.deliver_slice import deliver_slice as deliver


@functions_framework.http
def deliver_slice(request: Request) -> Answer:
    """Payload {alert, generation, slice, attempt}."""
    return answer_slice(request)


def answer_slice(request: Request) -> Answer:
    """Also for the service of urgent alerts, which has a name of its own."""
    return answer_task(
        request,
        lambda payload: deliver(
            wiring.delivery_ports(),
            str(payload["alert"]),
            int(payload["generation"]),
            int(payload["slice"]),
            int(payload["attempt"]),
        ),
        alert=str,
        generation=int,
        slice=int,
        attempt=int,
    )
