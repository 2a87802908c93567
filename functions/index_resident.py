"""Firestore trigger: something under `residents/{uid}` was written."""

from __future__ import annotations

import logging

import functions_framework
from cloudevents.http import CloudEvent

from functions.event_request import begin_event
from shared import logs, wiring
from shared.services.audience.index_resident import index_resident as index
from shared.services.audience.index_resident import says_nothing_new

logs.configure()
log = logging.getLogger(__name__)


@functions_framework.cloud_event
def index_resident(event: CloudEvent) -> None:
    """Index the resident that the event names. The documents in its body may be out of date and are not read;
    which fields the write changed stays true.

    An error makes Eventarc deliver the event again. What no repetition can cure is logged and accepted.
    """
    path = begin_event(event)
    match path:
        case ["residents", uid, *below] if uid:
            if says_nothing_new(below, wiring.changed_fields(event.get_data())):
                return
            _index(uid)
        case _:
            log.error("An event without a resident's document was dropped")


def _index(uid: str) -> None:
    result = index(uid, wiring.residents(), wiring.audience(), wiring.municipalities(), wiring.reachable)
    if result.gone:
        wiring.traces().ask(uid)
    log.info("Indexed a resident: %d entries, changed: %s", result.entries, result.changed)
