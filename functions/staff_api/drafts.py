"""Routes of drafts as they are typed: an alert that may lack anything until it is submitted."""

from __future__ import annotations

from flask import Blueprint, Response, g

from functions.staff_api import request_fields
from functions.staff_api.alerts import answer, created
from shared import wiring

drafts = Blueprint("drafts", __name__, url_prefix="/api/drafts")


@drafts.post("")
def begin_draft() -> Response:
    from shared.formats.unfinished_json import read_unfinished
    from shared.services.alerts.keep_draft import begin_draft

    key = request_fields.idempotency_key()
    form = read_unfinished(request_fields.body())
    return created(begin_draft(wiring.alert_ports(), form, g.staff, key))


@drafts.put("/<alert>")
def keep_draft(alert: str) -> Response:
    from shared.formats.unfinished_json import read_unfinished
    from shared.services.alerts.keep_draft import keep_draft

    expected = request_fields.expected_revision()
    form = read_unfinished(request_fields.body())
    return answer(keep_draft(wiring.alert_ports(), alert, expected, g.staff, form))
