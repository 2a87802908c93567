"""Routes of calls of staff: what goes on, who is on duty, who is ready, and the caller's own number.

Whoever stands in for an office sees no names of its people.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from shared import wiring
from shared.domain.duty import Roster

calls = Blueprint("calls", __name__, url_prefix="/api")


@calls.get("/calls")
def list_calls() -> Response:
    from shared.formats.call_json import call_json
    from shared.services.calls.see_calls import name_of, open_calls

    ports, uid = wiring.call_ports(), g.staff.person.uid
    return _listed(call_json(call, uid, name_of(ports, call)) for call in open_calls(ports, g.staff))


@calls.get("/alerts/<alert>/calls")
def list_calls_of(alert: str) -> Response:
    from shared.formats.call_json import call_json
    from shared.services.calls.see_calls import calls_of

    found = calls_of(wiring.call_ports(), g.staff, alert)
    return _listed(call_json(call, g.staff.person.uid, by) for call, by in found)


@calls.post("/calls/<call>/acknowledge")
def acknowledge_call(call: str) -> Response:
    from shared.formats.call_json import call_json
    from shared.services.calls.see_calls import acknowledge, name_of

    ports = wiring.call_ports()
    done = acknowledge(ports, g.staff, call)
    return jsonify(call_json(done, g.staff.person.uid, name_of(ports, done)))


@calls.get("/duty")
def get_duty() -> Response:
    from shared.services.calls.keep_duty import roster_of

    return _roster(roster_of(wiring.call_ports(), g.staff.terc))


@calls.put("/duty")
def keep_duty() -> Response:
    from shared.formats.call_json import read_roster
    from shared.services.calls.keep_duty import keep_duty

    expected = request_fields.expected_revision()
    rows = read_roster(request_fields.body())
    return _roster(keep_duty(wiring.call_ports(), expected, rows, g.staff))


@calls.get("/readiness")
def get_readiness() -> Response:
    from shared.formats.call_json import readiness_json
    from shared.services.calls.see_calls import readiness_of

    found = readiness_json(readiness_of(wiring.call_ports(), g.staff.terc), g.staff.person.uid)
    return jsonify(found | {"people": []} if g.staff.on_behalf else found)


@calls.post("/drills")
def begin_drills() -> tuple[Response, int]:
    from shared.formats.call_json import read_everybody
    from shared.services.calls.see_calls import begin_drills

    everybody = read_everybody(request_fields.body())
    return jsonify(begun=begin_drills(wiring.call_ports(), g.staff, everybody)), 202


@calls.get("/contact")
def get_contact() -> Response:
    from shared.formats.call_json import contact_json
    from shared.services.calls.own_contact import own_contact

    return jsonify(contact_json(own_contact(wiring.contact_ports(), g.staff)))


@calls.put("/contact")
def set_contact() -> Response:
    from shared.formats.call_json import contact_json, read_text
    from shared.services.calls.own_contact import set_phone

    phone = read_text(request_fields.body(), "phone")
    return jsonify(contact_json(set_phone(wiring.contact_ports(), g.staff, phone)))


@calls.post("/contact/verify")
def verify_contact() -> Response:
    from shared.formats.call_json import contact_json, read_text
    from shared.services.calls.own_contact import verify_phone

    code = read_text(request_fields.body(), "code")
    return jsonify(contact_json(verify_phone(wiring.contact_ports(), g.staff, code)))


@calls.delete("/contact")
def remove_contact() -> Response:
    from shared.formats.call_json import contact_json
    from shared.services.calls.own_contact import remove_phone

    return jsonify(contact_json(remove_phone(wiring.contact_ports(), g.staff)))


def _listed(found: Iterable[dict[str, Any]]) -> Response:
    hidden: dict[str, Any] = {"told": [], "by": None} if g.staff.on_behalf else {}
    return jsonify(items=[item | hidden for item in found])


def _roster(roster: Roster) -> Response:
    from shared.formats.call_json import roster_json
    from shared.services.calls.called_people import deciding

    people = () if g.staff.on_behalf else deciding(wiring.call_ports(), g.staff.terc)
    response = jsonify(roster_json(roster, people, wiring.clock().now()))
    response.headers["ETag"] = f'"{roster.revision}"'
    return response
