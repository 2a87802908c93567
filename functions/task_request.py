"""What all functions behind a Cloud Tasks queue share: the payload, and the answer that the queue needs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask import Request

from shared import logs
from shared.errors import AlertOnlineError, Unavailable
from shared.settings import settings

log = logging.getLogger(__name__)

Payload = Mapping[str, str | int]
Answer = tuple[str, int]
COMES_BACK = 409  # as soon as the queue usually lets it; 503 would hold up all its tasks
NO_FIELDS: Mapping[str, type] = MappingProxyType({})


def answer_task(
    request: Request,
    work: Callable[[Payload], None],
    optional: Mapping[str, type] = NO_FIELDS,
    **fields: type,
) -> Answer:
    """200: done, or never to be done: the queue forgets the task. Else nothing was recorded, it comes back:
    503 when something that all tasks need does not answer, 409 and 425 when it concerns this task alone.

    `fields` are the payload's names and types, `optional` those that it may lack. Any other error is a
    defect: 500, and the task comes back too.
    """
    logs.begin_request(request.headers, settings().project)
    payload = request.get_json(silent=True)
    if isinstance(payload, dict) and "heartbeat" in payload:
        return _heartbeat(request)
    if not isinstance(payload, dict) or not _has(payload, fields, optional):
        log.error("A task with an unknown payload was dropped")
        return "unknown payload", 200
    try:
        work(payload)
    except AlertOnlineError as error:
        return _answer(error)
    return "done", 200


def _has(payload: Payload, fields: Mapping[str, type], optional: Mapping[str, type]) -> bool:
    known = {**fields, **{name: optional[name] for name in optional.keys() & payload.keys()}}
    return all(type(payload.get(name)) is kind for name, kind in known.items())


def _heartbeat(request: Request) -> Answer:
    """The hourly sign of life of `sweep`: it asks for no work, only for this line."""
    log.info("Heartbeat through queue %s", request.headers.get("X-CloudTasks-QueueName", "(none)"))
    return "heartbeat", 200


def _answer(error: AlertOnlineError) -> Answer:
    if error.retry_helps:
        log.info("The task comes back: %s", error.code)
        return error.code, error.status if isinstance(error, Unavailable) else COMES_BACK
    log.exception("A task that can never succeed was dropped")
    return error.code, 200
