"""Routes of the yearly review of access; for admins."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from shared import wiring
from shared.formats.review_json import read_digest, review_json

review = Blueprint("review", __name__, url_prefix="/api/access-review")


@review.get("")
def get_review() -> Response:
    from shared.services.staff.access_review import access_review

    return jsonify(review_json(access_review(wiring.review_ports(), g.staff.terc)))


@review.post("")
def sign_review() -> Response:
    from shared.services.staff.access_review import sign_review

    digest = read_digest(request_fields.body())
    return jsonify(review_json(sign_review(wiring.review_ports(), g.staff, digest)))
