"""Firestore trigger: something under `residents/{uid}` was written."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import functions_framework
from cloudevents.http import CloudEvent

from functions.event_request import begin_event
from shared import logs, wiring
from shared.domain.notice import Notice
from shared.services.audience.index_resident import index_resident as index
from shared.services.audience.index_resident import says_nothing_new
from shared.services.audience.own_target import own_target
from shared.services.audience.send_notice import is_fresh, send_notice

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
            if not says_nothing_new(below, wiring.changed_fields(event.get_data())):
                _index(uid, below)
        case _:
            log.error("An event without a resident's document was dropped")


def _index(uid: str, below: Sequence[str]) -> None:
    """`below`: collection and id of what was written, of the resident's own document nothing."""
    device = below[1] if below[:1] == ["devices"] and len(below) > 1 else None
    if device is not None:
        own_target(uid, device, wiring.targets())
    stores = wiring.residents(), wiring.audience(), wiring.municipalities()
    result = index(uid, *stores, wiring.reachable, wiring.areas())
    if result.gone and not below:  # their own document was there: others have nothing to erase
        wiring.traces().ask(uid, wiring.clock().now())
    log.info("Indexed a resident: %d entries, changed: %s", result.entries, result.changed)
    if device is not None and result.entries and _try_out(uid, device):
        log.info("Sent a trial")


def _try_out(uid: str, device: str) -> bool:
    asked = wiring.residents().trial(uid, device)
    if asked is None or not is_fresh(asked, wiring.clock().now()):
        return False
    return send_notice(uid, device, Notice.TRIAL, wiring.audience(), wiring.channels().values())
