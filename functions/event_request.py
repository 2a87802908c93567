"""What all functions behind an Eventarc trigger share: the trace, and the document that the event names."""

from __future__ import annotations

from cloudevents.http import CloudEvent
from flask import request

from shared import logs
from shared.settings import settings


def begin_event(event: CloudEvent) -> tuple[str, ...]:
    """The path of the document (Eventarc docs, Firestore events: `document`), one empty part without one.

    What is logged next belongs to the trace of the request that carried the event.
    """
    logs.begin_request(request.headers, settings().project)
    return tuple(str(event.get("document") or "").split("/"))
