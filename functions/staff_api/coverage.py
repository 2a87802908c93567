"""Routes of the coverage: how many addresses have a phone, by street."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from shared import wiring
from shared.formats.coverage_json import coverage_json

coverage = Blueprint("coverage", __name__, url_prefix="/api")


@coverage.get("/coverage")
def get_coverage() -> Response:
    """For everybody with a role in the municipality, of theirs alone."""
    return jsonify(coverage_json(wiring.coverage().latest(g.staff.terc, wiring.clock().now())))
