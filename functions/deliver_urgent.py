"""Task: one slice of a severe or extreme alert; a service of its own, so that nothing else is ahead of it."""

from __future__ import annotations

import functions_framework
from flask import Request

from functions.deliver_slice import answer_slice
from functions.task_request import Answer


@functions_framework.http
def deliver_urgent(request: Request) -> Answer:
    """Payload as of deliver_slice."""
    return answer_slice(request)
