"""Task or direct call: a severe or extreme alert has come due; a service of its own, as deliver_urgent is."""

from __future__ import annotations

import functions_framework
from flask import Request

from functions.start_alert import answer_start
from functions.task_request import Answer


@functions_framework.http
def start_urgent(request: Request) -> Answer:
    """Payload as of start_alert."""
    return answer_start(request)
