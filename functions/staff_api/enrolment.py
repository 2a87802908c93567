"""Routes of becoming and ceasing to be staff: for admins, for whoever has a link, for one's own account."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from shared import wiring
from shared.domain.enrolment import Invitation
from shared.domain.lifecycle import STAFF_ROLES
from shared.domain.passwords import LEAST
from shared.formats.enrolment_json import invitation_json, opened_json, read_newcomer, read_texts
from shared.services.staff.enrol_ports import Doer, Visitor

enrolment = Blueprint("enrolment", __name__, url_prefix="/api")
# Whoever asks these is nobody yet: a link or a recovery code says who they are.
FOR_ANYONE = frozenset(
    {
        "enrolment.open_invitation",
        "enrolment.choose_password",
        "enrolment.make_codes",
        "enrolment.finish_enrolment",
        "enrolment.recover",
    }
)


def _doer() -> Doer:
    return Doer(g.staff.terc, g.staff.person, g.staff.origin)


def _visitor() -> Visitor:
    return Visitor(g.address, g.origin)


def _told(invitation: Invitation, status: int = 200) -> Response:
    response = jsonify(invitation_json(invitation, wiring.enrol_ports().clock.now()))
    response.status_code = status
    response.headers["ETag"] = f'"{invitation.revision}"'
    return response


@enrolment.get("/staff/invitations")
def list_invitations() -> Response:
    from shared.services.staff.invite import require_admin

    require_admin(g.staff)
    ports = wiring.enrol_ports()
    now = ports.clock.now()
    return jsonify(items=[invitation_json(one, now) for one in ports.store.invitations(g.staff.terc)])


@enrolment.post("/staff/invitations")
def invite() -> Response:
    """With its first mail; asked for again while it is open, it is answered as it stands."""
    from shared.services.staff.ask_roles import ask_roles
    from shared.services.staff.invite import TWO_ADMINS, Newcomer, invite, mail_first, require_admin

    require_admin(g.staff)
    newcomer = Newcomer(*read_newcomer(request_fields.body(), STAFF_ROLES))
    ports, doer = wiring.enrol_ports(), _doer()
    invitation = invite(ports, doer, newcomer)
    if TWO_ADMINS & newcomer.roles:
        ask_roles(wiring.people_ports(), invitation, g.staff)
    return _told(mail_first(ports, doer, invitation), 201)


@enrolment.post("/staff/invitations/<uid>/send")
def send_invitation(uid: str) -> Response:
    from shared.services.staff.invite import require_admin, send_invitation

    require_admin(g.staff)
    expected = request_fields.expected_revision()
    return _told(send_invitation(wiring.enrol_ports(), _doer(), uid, expected))


@enrolment.delete("/staff/invitations/<uid>")
def withdraw_invitation(uid: str) -> Response:
    from shared.services.staff.invite import require_admin, withdraw

    require_admin(g.staff)
    return _told(withdraw(wiring.enrol_ports(), _doer(), uid))


@enrolment.post("/staff/<uid>/lost-phone")
def say_lost_phone(uid: str) -> Response:
    from shared.services.staff.invite import require_admin
    from shared.services.staff.lost_phone import say_lost

    require_admin(g.staff)
    done = say_lost(wiring.enrol_ports(), _doer(), uid)
    return jsonify(state="done" if done else "waits")


@enrolment.post("/staff/<uid>/disable")
def disable_staff(uid: str) -> Response:
    from shared.services.staff.end_staff import end_staff
    from shared.services.staff.invite import require_admin

    require_admin(g.staff)
    why = read_texts(request_fields.body(), "why")["why"].strip()
    end_staff(wiring.enrol_ports(), _doer(), uid, why)
    return Response(status=204)


@enrolment.post("/enrolment/open")
def open_invitation() -> Response:
    from shared.services.staff.enrol import opened
    from shared.services.staff.enrol_ports import office_name

    given = read_texts(request_fields.body(), "code")
    ports = wiring.enrol_ports()
    invitation = opened(ports, given["code"], _visitor()).value
    return jsonify(opened_json(invitation, office_name(ports, invitation.terc), LEAST))


@enrolment.post("/enrolment/password")
def choose_password() -> Response:
    from shared.services.staff.enrol import choose_password

    given = read_texts(request_fields.body(), "code", "password")
    choose_password(wiring.enrol_ports(), given["code"], _visitor(), given["password"])
    return Response(status=204)


@enrolment.post("/enrolment/codes")
def make_codes() -> Response:
    from shared.services.staff.enrol import make_codes

    given, token = read_texts(request_fields.body(), "code"), request_fields.token()
    return jsonify(codes=make_codes(wiring.enrol_ports(), given["code"], _visitor(), token))


@enrolment.post("/enrolment/finish")
def finish_enrolment() -> Response:
    from shared.services.staff.enrol import finish

    given, token = read_texts(request_fields.body(), "code"), request_fields.token()
    finish(wiring.enrol_ports(), given["code"], _visitor(), token)
    return Response(status=204)


@enrolment.post("/enrolment/recover")
def recover() -> Response:
    from shared.services.staff.lost_phone import recover

    given = read_texts(request_fields.body(), "email", "code")
    recover(wiring.enrol_ports(), given["email"].strip().lower(), given["code"], _visitor())
    return Response(status=204)


@enrolment.get("/account")
def get_account() -> Response:
    from shared.services.staff.account import codes_left

    return jsonify(recovery_codes=codes_left(wiring.enrol_ports(), g.staff), least_password=LEAST)


@enrolment.post("/account/password")
def change_password() -> Response:
    from shared.services.staff.account import change_password

    given, token = read_texts(request_fields.body(), "password"), request_fields.token()
    change_password(wiring.enrol_ports(), g.staff, token, given["password"])
    return Response(status=204)


@enrolment.post("/account/recovery-codes")
def new_recovery_codes() -> Response:
    from shared.services.staff.account import new_codes

    return jsonify(codes=new_codes(wiring.enrol_ports(), g.staff, request_fields.token()))
