"""Routes of the report of a thread: as data and words for the page, and as a PDF."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, g, jsonify, request

from functions.staff_api import request_fields
from shared import wiring
from shared.errors import FieldError, InvalidInput
from shared.formats.json_body import pointer

if TYPE_CHECKING:
    from shared.formats.report_shown import Shown
    from shared.services.reports.see_report import SeenReport

reports = Blueprint("reports", __name__, url_prefix="/api/reports")
LONGEST = 60  # of an edition's id


@reports.get("/<alert>")
def get_report(alert: str) -> Response:
    from dataclasses import asdict

    from shared.formats.alert_json import time_json

    seen, shown = _seen(alert)
    return _in_language(
        jsonify(
            report=seen.report,
            shown=asdict(shown),
            frozen=None if seen.frozen is None else time_json(seen.frozen.at),
            sha256=None if seen.frozen is None else seen.frozen.sha256,
            due=None if seen.due is None else time_json(seen.due),
            editions=[{"id": one.id, "at": time_json(one.at), "sha256": one.sha256} for one in seen.editions],
        )
    )


@reports.get("/<alert>/pdf")
def print_report(alert: str) -> Response:
    from shared.formats.report_pdf import report_pdf

    seen, shown = _seen(alert)
    made = datetime.fromisoformat(str(seen.report.get("made")))
    pdf = report_pdf(shown, str(seen.report.get("office", "")), made)
    response = Response(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="report-{alert}.pdf"'
    return _in_language(response)


def _seen(alert: str) -> tuple[SeenReport, Shown]:
    from shared.formats.report_shown import shown_report
    from shared.services.reports.see_report import see_report, standing_of

    seen = see_report(wiring.report_ports(), g.staff, alert, _edition())
    return seen, shown_report(seen.report, standing_of(seen), request_fields.language())


def _edition() -> str:
    """Raises InvalidInput for any other parameter."""
    errors = [FieldError(pointer(name), "unknown-field") for name in request.args if name != "edition"]
    edition = request.args.get("edition", "")
    if len(edition) > LONGEST:
        errors.append(FieldError("/edition", "too-long", {"most": LONGEST}))
    if errors:
        raise InvalidInput(errors)
    return edition


def _in_language(response: Response) -> Response:
    response.headers["Content-Language"] = request_fields.language()
    return response
