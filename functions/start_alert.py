"""Task, or a direct call by staff_api: the moment of an alert, or of one of its deliveries, has come."""

from __future__ import annotations

import functions_framework
from flask import Request

from functions.task_request import Answer, Payload, answer_task
from shared import wiring
from shared.domain.delivery import DeliveryRef
from shared.services.delivery.begin_delivery import begin_delivery
from shared.services.delivery.start_alert import start_alert as start


@functions_framework.http
def start_alert(request: Request) -> Answer:
    """Payload {alert, generation}, of one delivery alone {alert, generation, delivery}; with `direct` 1 of
    somebody who waits: answered as soon as the plan is made."""
    optional = {"delivery": str, "direct": int}
    return answer_task(request, _begin, optional=optional, alert=str, generation=int)


def _begin(payload: Payload) -> None:
    alert_id, generation = str(payload["alert"]), int(payload["generation"])
    if "delivery" in payload:
        ref = DeliveryRef(alert_id, str(payload["delivery"]))
        begin_delivery(wiring.delivery_ports(), ref, generation)
    else:
        start(wiring.delivery_ports(), alert_id, generation, hand_over="direct" in payload)
