"""Routes of drafts as they are typed: an alert that may lack anything until it is submitted."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from functions.staff_api.alerts import answer, created
from shared import wiring
from shared.domain.lifecycle import Action

drafts = Blueprint("drafts", __name__, url_prefix="/api/drafts")
unsaid = Blueprint("unsaid", __name__, url_prefix="/api/unsaid")


@drafts.post("")
def begin_draft() -> Response:
    from shared.formats.noticed_json import read_alert
    from shared.formats.unfinished_json import read_unfinished
    from shared.services.alerts.keep_draft import begin_draft

    key = request_fields.idempotency_key()
    form = read_alert(request_fields.body(), read_unfinished)
    return created(begin_draft(wiring.alert_ports(), form, g.staff, key))


@drafts.put("/<alert>")
def keep_draft(alert: str) -> Response:
    from shared.formats.noticed_json import read_alert
    from shared.formats.unfinished_json import read_unfinished
    from shared.services.alerts.keep_draft import keep_draft

    expected = request_fields.expected_revision()
    form = read_alert(request_fields.body(), read_unfinished)
    return answer(keep_draft(wiring.alert_ports(), alert, expected, g.staff, form))


@unsaid.post("")
def name_missing() -> Response:
    """Of a content that is not saved."""
    from shared.formats.alert_json import missing_json
    from shared.formats.unfinished_json import read_unfinished
    from shared.services.alerts.alert_guards import require_role
    from shared.services.alerts.name_missing import name_missing

    require_role(g.staff, Action.EDIT)  # before a byte of the body is paid for
    found = name_missing(read_unfinished(request_fields.body()))
    return jsonify(missing=missing_json(found))
