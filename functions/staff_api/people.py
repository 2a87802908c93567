"""Routes of people's rights: who may do what, what waits for a second admin, who stands in."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from functions.staff_api.municipality_name import municipality_name
from shared import wiring
from shared.domain.grant import Grant
from shared.domain.stand_in import StandIn
from shared.services.staff.change_rights import Changed

people = Blueprint("people", __name__, url_prefix="/api")


@people.get("/people")
def list_people() -> Response:
    from shared.formats.people_json import grant_json, staff_json
    from shared.services.staff.list_people import list_people, open_grants

    ports, me = wiring.people_ports(), g.staff.person.uid
    now = ports.clock.now()
    return jsonify(
        items=[staff_json(one, g.staff.terc, me, now) for one in list_people(ports, g.staff)],
        grants=[grant_json(one, me) for one in open_grants(ports, g.staff)],
    )


@people.put("/people/<uid>/rights")
def change_rights(uid: str) -> Response:
    from shared.formats.people_fields import read_rights
    from shared.services.staff.change_rights import change_rights
    from shared.services.staff.people_guards import require_admin

    require_admin(g.staff)  # before a byte of the body is paid for
    expected = request_fields.expected_revision()
    wanted, why = read_rights(request_fields.body())
    return _changed(change_rights(wiring.people_ports(), uid, expected, wanted, g.staff, why))


@people.post("/people")
def admit() -> Response:
    from shared.formats.people_fields import read_guest
    from shared.services.staff.change_rights import admit
    from shared.services.staff.people_guards import require_admin

    require_admin(g.staff)
    email, wanted, why = read_guest(request_fields.body())
    return _changed(admit(wiring.people_ports(), email, wanted, g.staff, why))


def _changed(changed: Changed) -> Response:
    from shared.formats.people_json import grant_json, staff_json

    me, now = g.staff.person.uid, wiring.people_ports().clock.now()
    waiting = None if changed.grant is None else grant_json(changed.grant, me)
    return jsonify(person=staff_json(changed.person, g.staff.terc, me, now), waiting=waiting)


@people.post("/grants/<grant>/confirm")
def confirm_grant(grant: str) -> Response:
    from shared.services.staff.decide_grant import confirm_grant

    expected = request_fields.expected_revision()
    return _decided(confirm_grant(wiring.people_ports(), grant, expected, g.staff))


@people.post("/grants/<grant>/refuse")
def refuse_grant(grant: str) -> Response:
    from shared.services.staff.decide_grant import refuse_grant

    expected = request_fields.expected_revision()
    return _decided(refuse_grant(wiring.people_ports(), grant, expected, g.staff))


def _decided(grant: Grant) -> Response:
    from shared.formats.people_json import grant_json

    return jsonify(grant_json(grant, g.staff.person.uid))


@people.get("/stand-in")
def get_stand_in() -> Response:
    """The municipality's own agreement, for its staff; and those that name the caller."""
    from shared.services.staff.stand_in import seen_by

    ports = wiring.people_ports()
    own, naming = seen_by(ports, g.staff)
    return jsonify(own=_agreement(own) if own else None, naming=[_agreement(one) for one in naming])


@people.put("/stand-in")
def agree() -> Response:
    from shared.formats.people_fields import read_agreement
    from shared.services.staff.people_guards import require_admin
    from shared.services.staff.stand_in import agree

    require_admin(g.staff)
    expected = request_fields.expected_revision()
    name, emails = read_agreement(request_fields.body())
    return jsonify(_agreement(agree(wiring.people_ports(), name, emails, expected, g.staff)))


@people.post("/stand-in/confirm")
def confirm_stand_in() -> Response:
    from shared.services.staff.stand_in import confirm

    return jsonify(_agreement(confirm(wiring.people_ports(), request_fields.expected_revision(), g.staff)))


@people.delete("/stand-in")
def dissolve_stand_in() -> Response:
    from shared.services.staff.stand_in import dissolve

    dissolve(wiring.people_ports(), request_fields.expected_revision(), g.staff)
    return Response(status=204)


@people.post("/stand-in/<terc>/begin")
def begin_stand_in(terc: str) -> Response:
    from shared.services.staff.stand_in import begin

    return jsonify(_agreement(begin(wiring.people_ports(), terc, g.staff)))


@people.post("/stand-in/<terc>/end")
def end_stand_in(terc: str) -> Response:
    from shared.services.staff.stand_in import end

    return jsonify(_agreement(end(wiring.people_ports(), terc, g.staff)))


def _agreement(agreement: StandIn) -> dict[str, object]:
    from shared.formats.people_json import agreement_json
    from shared.services.staff.stand_in import running

    ports = wiring.people_ports()
    runs = running(ports, agreement)
    return {
        **agreement_json(agreement),
        "municipality": municipality_name(agreement.terc),
        "runs": runs is not None,
        "late": runs is not None and runs.late,
        "may_confirm": g.staff.person.uid
        not in (agreement.by.uid, *(person.uid for person in agreement.people)),
    }
