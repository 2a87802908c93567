"""What all functions behind a Cloud Tasks queue share: the payload, and the answer that the queue needs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from flask import Request

from shared.errors import AlertOnlineError

log = logging.getLogger(__name__)

Payload = Mapping[str, str | int]
Answer = tuple[str, int]


def answer_task(request: Request, work: Callable[[Payload], None], **fields: type) -> Answer:
    """200: done, or never to be done: the queue forgets the task. 503: nothing was recorded, it comes back.

    `fields` are the payload's names and types. Any other error is a defect: 500, and the task comes back too.
    """
    payload = request.get_json(silent=True)
    if payload is None or not _fits(payload, fields):
        log.error("A task with an unknown payload was dropped")
        return "unknown payload", 200
    try:
        work(payload)
    except AlertOnlineError as error:
        if error.retry_helps:
            return error.code, error.status
        log.exception("A task can never succeed and was dropped")
        return error.code, 200
    return "done", 200


def _fits(payload: object, fields: Mapping[str, type]) -> bool:
    return isinstance(payload, dict) and all(type(payload.get(name)) is kind for name, kind in fields.items())
