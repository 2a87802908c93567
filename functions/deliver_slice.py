"""Task: one slice of a delivery's audience is to be delivered."""

from __future__ import annotations

import functions_framework
from flask import Request

from functions.task_request import Answer, answer_task
from shared import wiring
from shared.domain.delivery import DeliveryRef
from shared.services.delivery.deliver_slice import deliver_slice as deliver


@functions_framework.http
def deliver_slice(request: Request) -> Answer:
    """Payload {alert, generation, delivery, slice, attempt}."""
    return answer_task(
        request,
        lambda payload: deliver(
            wiring.delivery_ports(),
            DeliveryRef(str(payload["alert"]), str(payload["delivery"])),
            int(payload["generation"]),
            int(payload["slice"]),
            int(payload["attempt"]),
        ),
        alert=str,
        generation=int,
        delivery=str,
        slice=int,
        attempt=int,
    )
