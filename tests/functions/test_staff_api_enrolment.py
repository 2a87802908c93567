"""Routes of becoming and ceasing to be staff: who may ask what, and what a stranger learns."""

from __future__ import annotations

import pytest

from functions.staff_api import app
from functions.staff_api.enrolment import FOR_ANYONE
from tests.fakes.alert_values import TERC
from tests.fakes.staff_api import StaffApi
from tests.services.staff.test_rights import member

ANNA = {"name": " Anna  Nowak ", "email": "Anna@Urzad.example", "roles": ["author"]}
GOOD = "cztery koty i stary parasol"
INVITATIONS = "/api/staff/invitations"


@pytest.fixture
def office():
    return StaffApi()


@pytest.fixture
def api(office, monkeypatch):
    return office.open(monkeypatch)


def test_an_admin_invites_and_the_person_enrols(office, api):
    invited = api.post("adam", INVITATIONS, ANNA)
    assert invited.status_code == 201
    assert (invited.json["email"], invited.json["mail"]) == ("anna@urzad.example", "sent")
    uid, code = invited.json["uid"], office.enrolment.code()
    opened = api.post(None, "/api/enrolment/open", {"code": code})
    assert (opened.json["name"], opened.json["least_password"]) == ("Anna Nowak", 12)
    assert api.post(None, "/api/enrolment/password", {"code": code, "password": GOOD}).status_code == 204
    token = office.enrolment.tokens.sign_in(uid)
    assert len(api.post(token, "/api/enrolment/codes", {"code": code}).json["codes"]) == 10
    assert api.post(token, "/api/enrolment/finish", {"code": code}).status_code == 204
    assert office.enrolment.register.records[uid].employed(office.clock.now())
    acts = [act for act in office.audit.acts(TERC) if act.by and act.by.uid == uid]
    assert [act.action for act in acts] == [
        *["staff.choose-password"] * 2,
        "staff.recovery-codes",
        "staff.enrol",
    ]
    assert {act.where for act in acts} == {"127.0.0.0/24"}
    assert api.get("adam", INVITATIONS).json["items"][0]["state"] == "taken"


def test_no_answer_to_an_admin_has_a_link(office, api):
    invited = api.post("adam", INVITATIONS, ANNA)
    secret = office.enrolment.code().partition(".")[2]
    assert secret not in invited.text
    assert secret not in api.get("adam", INVITATIONS).text


@pytest.mark.parametrize("who", ["anna", "piotr", "ewa", None])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", INVITATIONS),
        ("POST", INVITATIONS),
        ("POST", f"{INVITATIONS}/uid-anna/send"),
        ("DELETE", f"{INVITATIONS}/uid-anna"),
        ("POST", "/api/staff/uid-anna/lost-phone"),
        ("POST", "/api/staff/uid-anna/disable"),
    ],
)
def test_only_admins_decide_about_people(office, api, who, method, path):
    answer = api.ask(who, method, path, json=ANNA)
    assert answer.status_code == (401 if who is None else 403)
    assert office.enrolment.mail.sent == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"roles": ["mayor"]}, "/roles"),
        ({"roles": []}, "/roles"),
        ({"roles": "author"}, "/roles"),
        ({"email": "anna"}, "/email"),
        ({"email": "anna@urzad.example\nBcc: x@y.example"}, "/email"),
        ({"name": ""}, "/name"),
        ({"name": "A" * 81}, "/name"),
        ({"name": "Anna\u202ekawoN"}, "/name"),  # read backwards from there
        ({"roles": ["author"] * 6}, "/roles"),
        ({"admin": True}, "/admin"),
    ],
)
def test_a_wrong_field_is_named_and_nobody_invited(office, api, change, pointer):
    answer = api.post("adam", INVITATIONS, ANNA | change)
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json["errors"]]
    assert office.enrolment.mail.sent == []


def test_send_again_wants_to_know_what_was_seen(api):
    uid = api.post("adam", INVITATIONS, ANNA).json["uid"]
    assert api.post("adam", f"{INVITATIONS}/{uid}/send").status_code == 428
    old = {"If-Match": '"1"'}
    assert api.post("adam", f"{INVITATIONS}/{uid}/send", headers=old).status_code == 412


def test_two_admins_say_that_a_phone_is_lost(office, api):
    uid = api.post("adam", INVITATIONS, ANNA).json["uid"]
    code, token = office.enrolment.code(), office.enrolment.tokens.sign_in(uid)
    api.post(token, "/api/enrolment/codes", {"code": code})
    api.post(token, "/api/enrolment/finish", {"code": code})
    office.register.records |= {admin: member(admin, "admin") for admin in ("uid-adam", "uid-beata")}
    said = [api.post(who, f"/api/staff/{uid}/lost-phone") for who in ("adam", "adam", "beata")]
    states = [answer.json["state"] for answer in said]
    assert states == ["waits", "waits", "done"]


def test_a_wrong_link_a_wrong_code_and_a_stranger_learn_nothing(api):
    for path, body, status in [
        ("open", {"code": "x"}, 404),
        ("password", {"code": "x", "password": GOOD}, 404),
        ("recover", {"email": "anna@urzad.example", "code": "x"}, 403),
    ]:
        assert api.post(None, f"/api/enrolment/{path}", body).status_code == status


@pytest.mark.parametrize("path", ["codes", "finish"])
def test_a_link_alone_does_not_finish(api, path):
    assert api.post(None, f"/api/enrolment/{path}", {"code": "x"}).status_code == 401


def test_a_disabled_person_is_out_at_once(office, api):
    uid = api.post("adam", INVITATIONS, ANNA).json["uid"]
    assert api.post("adam", f"/api/staff/{uid}/disable", {"why": ""}).status_code == 204
    assert not office.enrolment.register.records[uid].active
    assert api.post("adam", "/api/staff/uid-nobody/disable", {"why": ""}).status_code == 404


def test_ones_own_password_changes_soon_after_signing_in(office, api):
    assert api.post("anna", "/api/account/password", {"password": GOOD}).status_code == 401
    office.enrolment.tokens.at["anna"] = office.clock.now()
    office.enrolment.accounts.renew("uid-anna", "anna@urzad.example", "Anna", "old")
    assert api.post("anna", "/api/account/password", {"password": "short"}).status_code == 422
    assert api.post("anna", "/api/account/password", {"password": GOOD}).status_code == 204
    assert api.post("anna", "/api/account/recovery-codes").status_code == 200
    assert api.get("anna", "/api/account").json["recovery_codes"] == 10


def test_what_strangers_may_ask_is_there_and_named():
    assert set(app.view_functions) >= FOR_ANYONE
    assert all(name.startswith("enrolment.") for name in FOR_ANYONE)
