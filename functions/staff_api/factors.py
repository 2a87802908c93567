"""Routes of the caller's keys and PIN: what renews a session, and what counts as a fresh factor."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from shared import wiring
from shared.domain.own_factors import Factors
from shared.domain.staff_session import StaffSession
from shared.formats.factors_json import (
    factors_json,
    read_credential,
    read_key,
    read_pin,
    read_purpose,
)
from shared.formats.session_json import session_json

factors = Blueprint("factors", __name__, url_prefix="/api/factors")


def _told(found: Factors) -> Response:
    return jsonify(factors_json(found, g.staff.proof, wiring.clock().now()))


@factors.get("")
def get_factors() -> Response:
    from shared.services.sessions.own_factors import factors_of

    return _told(factors_of(wiring.session_ports(), g.staff))


@factors.post("/challenge")
def challenge_key() -> Response:
    from shared.services.sessions.own_factors import challenge

    purpose = read_purpose(request_fields.body())
    return jsonify(challenge(wiring.session_ports(), g.staff, g.session, purpose))


@factors.post("/keys")
def add_key() -> Response:
    from shared.services.sessions.own_factors import add_key

    credential, name = read_key(request_fields.body())
    response = _told(add_key(wiring.session_ports(), g.staff, g.session, credential, name))
    response.status_code = 201
    return response


@factors.delete("/keys/<key>")
def remove_key(key: str) -> Response:
    from shared.services.sessions.own_factors import remove_key

    return _told(remove_key(wiring.session_ports(), g.staff, key))


@factors.post("/use")
def use_key() -> Response:
    from shared.services.sessions.own_factors import use_key

    credential = read_credential(request_fields.body())
    return _renewed(use_key(wiring.session_ports(), g.staff, g.session, credential))


@factors.put("/pin")
def set_pin() -> Response:
    from shared.services.sessions.own_factors import set_pin

    return _told(set_pin(wiring.session_ports(), g.staff, read_pin(request_fields.body())))


@factors.delete("/pin")
def remove_pin() -> Response:
    from shared.services.sessions.own_factors import remove_pin

    return _told(remove_pin(wiring.session_ports(), g.staff))


@factors.post("/pin")
def use_pin() -> Response:
    from shared.services.sessions.own_factors import use_pin

    return _renewed(use_pin(wiring.session_ports(), g.staff, g.session, read_pin(request_fields.body())))


def _renewed(session: StaffSession) -> Response:
    now = wiring.clock().now()
    g.standing = session.standing(now)
    return jsonify(session_json(session, now, session))
