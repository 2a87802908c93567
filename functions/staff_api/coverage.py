"""Routes of the coverage: how many addresses have a phone, by street."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from shared import wiring
from shared.formats.coverage_json import coverage_json

coverage = Blueprint("coverage", __name__, url_prefix="/api")


@coverage.get("/coverage")
def get_coverage() -> Response:
    """For everybody with a role in the municipality, of theirs alone; who looked is in the audit."""
    from shared.services.audit.act import act_of

    found = wiring.coverage().latest(g.staff.terc, wiring.clock().now())
    wiring.audit().record(act_of(g.staff, "coverage.read", after={"month": found.month if found else None}))
    return jsonify(coverage_json(found))
