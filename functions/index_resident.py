"""Firestore trigger: something under `residents/{uid}` was written."""

from __future__ import annotations

import logging

import functions_framework
from cloudevents.http import CloudEvent

from shared import logs, wiring
from shared.services.audience.index_resident import index_resident as index

logs.configure()
log = logging.getLogger(__name__)


@functions_framework.cloud_event
def index_resident(event: CloudEvent) -> None:
    """Index the resident that the event names; its body may be out of date and is not read.

    An error makes Eventarc deliver the event again. What no repetition can cure is logged and accepted.
    """
    uid = _uid(event)
    if uid is None:
        log.error("An event without a resident's document was dropped")
        return
    result = index(uid, wiring.residents(), wiring.audience(), wiring.municipalities(), wiring.reachable)
    if result.gone:
        wiring.traces().ask(uid)
    log.info("Indexed a resident: %d entries, changed: %s", result.entries, result.changed)


def _uid(event: CloudEvent) -> str | None:
    """From the attribute `document`: residents/{uid} or a path below it (Eventarc docs, Firestore events)."""
    match str(event.get("document") or "").split("/"):
        case ["residents", uid, *_] if uid:
            return uid
        case _:
            return None
