"""Firestore trigger: something under `residents/{uid}` was written."""

from __future__ import annotations

import logging

import functions_framework
from cloudevents.http import CloudEvent

from shared import logs, wiring
from shared.services.audience.index_resident import index_resident as index
from shared.services.audience.own_target import own_target

logs.configure()
log = logging.getLogger(__name__)


@functions_framework.cloud_event
def index_resident(event: CloudEvent) -> None:
    """Index the resident that the event names; its body may be out of date and is not read.

    An error makes Eventarc deliver the event again. What no repetition can cure is logged and accepted.
    """
    path = _path(event)
    if path is None:
        log.error("An event without a resident's document was dropped")
        return
    uid = path[0]
    if path[1:2] == ["devices"] and len(path) > 2:
        own_target(uid, path[2], wiring.targets())
    result = index(uid, wiring.residents(), wiring.audience(), wiring.municipalities(), wiring.reachable)
    if result.gone and len(path) == 1:  # their own document was there: others have nothing to erase
        wiring.traces().ask(uid, wiring.clock().now())
    log.info("Indexed a resident: %d entries, changed: %s", result.entries, result.changed)


def _path(event: CloudEvent) -> list[str] | None:
    """What follows `residents/` in the attribute `document`: the uid, then collection and id of what lies
    below (Eventarc docs, Firestore events)."""
    match str(event.get("document") or "").split("/"):
        case ["residents", uid, *below] if uid:
            return [uid, *below]
        case _:
            return None
