"""Routes of the audit: read it, take it along whole or of one alert; for auditors and admins alone."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, g, jsonify, request

from functions.staff_api import request_fields
from shared import wiring
from shared.errors import FieldError, InvalidInput
from shared.formats.json_body import pointer
from shared.formats.moment_text import read_moment
from shared.ports import AuditFilter

audit = Blueprint("audit", __name__, url_prefix="/api/audit")

_FILTERS = ("person", "action", "about", "since", "until")
_PAGE = ("limit", "after")
NEXT = "Audit-Next"  # of a file that is cut: the `after` of the next one
LONGEST = 200  # characters of a filter


@audit.get("")
def list_audit() -> Response:
    from shared.formats.audit_json import entry_json
    from shared.services.inspection.read_audit import read_audit

    wanted = _wanted(*_PAGE)
    limit, after = request_fields.page()
    found = read_audit(wiring.audit(), g.staff, wanted, limit, after)
    items = [entry_json(g.staff.terc, entry) for entry in found.items]
    return jsonify(items=items, next=found.next, unreadable=found.unreadable)


@audit.get("/export")
def export_audit() -> Response:
    from shared.formats.audit_export import exported_csv, exported_json
    from shared.services.inspection.read_audit import export_audit

    wanted, form, after = _wanted("format", "after"), request.args.get("format"), request.args.get("after")
    if form not in ("csv", "json"):
        raise InvalidInput([FieldError("/format", "unknown-value", {"known": "csv, json"})])
    part = export_audit(wiring.audit(), g.staff, wanted, form, after)
    write, kind = (
        (exported_csv, "text/csv; charset=utf-8") if form == "csv" else (exported_json, "application/json")
    )
    told = write(g.staff.terc, part.items, part.next, part.unreadable)
    response = _file(told.encode(), kind, f"audit.{form}")
    if part.next is not None:
        response.headers[NEXT] = part.next
    return response


@audit.get("/alerts/<alert>")
def export_alert(alert: str) -> Response:
    from shared.services.inspection.packet import packet_of

    _wanted()
    packet = packet_of(wiring.packet_ports(), g.staff, alert)
    return _file(packet, "application/zip", f"alert-{alert}.zip")


def _file(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _wanted(*beside: str) -> AuditFilter:
    """Without an export's parameters or a page's but those `beside`. Raises InvalidInput: a mistyped filter
    would show everything."""
    known = (*_FILTERS, *beside) if beside else ()
    args = request.args
    wrong = [name for name in args if name not in known or len(args.getlist(name)) > 1]
    errors = [FieldError(pointer(name), "unknown-field") for name in wrong]
    errors += [
        FieldError(pointer(name), "too-long", {"most": LONGEST})
        for name in _FILTERS
        if len(args.get(name, "")) > LONGEST
    ]
    since, until = (_moment(name, errors) for name in ("since", "until"))
    if errors:
        raise InvalidInput(errors)
    return AuditFilter(args.get("person", ""), args.get("action", ""), args.get("about", ""), since, until)


def _moment(name: str, errors: list[FieldError]) -> datetime | None:
    text = request.args.get(name)
    if text is None:
        return None
    found = read_moment(text)
    if found is None:
        errors.append(FieldError(pointer(name), "not-a-time"))
    return found
