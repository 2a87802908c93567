"""The one route that Amazon asks: what became of mails to staff, signed (SNS)."""

from __future__ import annotations

from flask import Blueprint, Response, request

from functions.staff_api import request_fields
from shared import wiring
from shared.errors import NotFound, TooLarge
from shared.formats.json_body import parse_json
from shared.formats.sns_notice import read_notice

notices = Blueprint("notices", __name__, url_prefix="/api")


@notices.post("/mail-notices")
def hear_notice() -> Response:
    """SNS sends JSON as text/plain."""
    from shared.services.calls.hear_notice import hear_notice

    ports = wiring.notice_ports()
    if ports is None:
        raise NotFound
    raw = request.get_data(cache=False)
    if len(raw) > request_fields.MOST_BYTES:
        raise TooLarge(most=request_fields.MOST_BYTES)
    hear_notice(ports, read_notice(parse_json(raw)))
    return Response(status=204)
