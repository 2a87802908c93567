"""Task: staff have to be told something: what an alert's change calls for, or the next step of a call."""

from __future__ import annotations

import functions_framework
from flask import Request

from functions.task_request import Answer, Payload, answer_task
from shared import wiring
from shared.services.calls.run_call import run_call
from shared.services.calls.tell import tell


@functions_framework.http
def call_staff(request: Request) -> Answer:
    """Payload {alert}, or {call, at}."""
    return answer_task(request, _call, optional={"alert": str, "call": str, "at": str})


def _call(payload: Payload) -> None:
    if "alert" in payload:
        tell(wiring.call_ports(), str(payload["alert"]))
    if "call" in payload:
        run_call(wiring.call_ports(), str(payload["call"]), str(payload.get("at", "")))
