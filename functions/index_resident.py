"""Firestore trigger: something under `residents/{uid}` was written."""

from __future__ import annotations

import logging

import functions_framework
from cloudevents.http import CloudEvent

from shared import logs, wiring
from shared.domain.notice import Notice
from shared.services.audience.index_resident import index_resident as index
from shared.services.audience.send_notice import is_fresh, send_notice

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
    device = _device(event)
    if device is not None and result.entries and _try_out(uid, device):
        log.info("Sent a trial")


def _try_out(uid: str, device: str) -> bool:
    asked = wiring.residents().trial(uid, device)
    if asked is None or not is_fresh(asked, wiring.clock().now()):
        return False
    return send_notice(uid, device, Notice.TRIAL, wiring.audience(), wiring.channels().values())


def _device(event: CloudEvent) -> str | None:
    """Of residents/{uid}/devices/{slot}, which may ask for a trial."""
    match str(event.get("document") or "").split("/"):
        case ["residents", _, "devices", slot]:
            return slot
        case _:
            return None


def _uid(event: CloudEvent) -> str | None:
    """From the attribute `document`: residents/{uid} or a path below it (Eventarc docs, Firestore events)."""
    match str(event.get("document") or "").split("/"):
        case ["residents", uid, *_] if uid:
            return uid
        case _:
            return None
