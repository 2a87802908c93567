"""The yearly review of access: what an admin sees, signs, and when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import Person
from shared.domain.audit import Act
from shared.domain.scope import Scope
from shared.domain.staff import Kind
from shared.formats.review_json import printed
from shared.services.staff.access_review import access_review
from tests.fakes.alert_values import TERC
from tests.fakes.staff import record
from tests.fakes.tokens import staff

ADA = Person("uid-ada", "Ada Administrator")
WATER = Scope(frozenset({"failure"}), "Moderate", frozenset({"zone-1"}))
YEAR = timedelta(days=365)


@pytest.fixture
def office(office):
    office.tokens.staff["ada"] = staff(ADA, "admin")
    people = {
        "uid-anna": replace(record("author"), name="Anna Nowak", email="anna@urzad.example"),
        "uid-waldek": replace(record("author"), name="Waldek Wodny", scopes={"author": WATER}),
        "uid-gone": replace(record("approver"), name="Zofia Dawna", active=False),
    }
    office.register.records = {uid: replace(one, uid=uid) for uid, one in people.items()}
    return office


def review(api, who="ada"):
    return api.get(who, "/api/access-review")


def sign(api, digest, who="ada"):
    return api.post(who, "/api/access-review", {"digest": digest})


def test_an_admin_sees_who_may_do_what_and_since_when_nobody_signed_in(office, api):
    api.get("anna", "/api/me")
    told = {one["uid"]: one for one in review(api).json["people"]}
    assert [one["name"] for one in told.values()] == ["Anna Nowak", "Waldek Wodny", "Zofia Dawna"]
    assert told["uid-anna"]["last"] == "2026-11-22T01:10:00.000Z"
    assert told["uid-waldek"]["last"] is None
    limits = {"categories": ["failure"], "areas": ["zone-1"], "severity": "Moderate"}
    assert told["uid-waldek"]["scopes"] == {"author": limits}
    assert told["uid-gone"]["state"] == "ended"


@pytest.mark.parametrize("who", ["anna", "piotr", "ewa"])
def test_nobody_else_sees_or_signs_it(office, api, who):
    digest = review(api).json["digest"]
    for answer in (review(api, who), sign(api, digest, who)):
        assert (answer.status_code, answer.json["code"]) == (403, "role-missing")


def test_what_was_seen_is_signed_and_is_in_the_audit(office, api):
    seen = review(api).json
    assert (seen["signed"], seen["due"]) == (None, True)
    signed = sign(api, seen["digest"]).json
    assert (signed["signed_by"], signed["due"]) == (ADA.name, False)
    (act,) = office.audit.acts(TERC, "review.sign")
    assert act.after == {"people": 3, "digest": seen["digest"]}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/digest"),
        ({"digest": "0" * 63}, "/digest"),
        ({"digest": "G" * 64}, "/digest"),
        ({"digest": 1}, "/digest"),
        ({"digest": "0" * 64, "all": True}, "/all"),
        ([], ""),
    ],
)
def test_what_is_no_digest_is_named_and_signs_nothing(office, api, body, pointer):
    answer = api.post("ada", "/api/access-review", body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert office.audit.acts(TERC, "review.sign") == []


def test_a_list_that_changed_since_is_not_signed(office, api):
    digest = review(api).json["digest"]
    records = office.register.records
    records["uid-anna"] = replace(records["uid-anna"], roles=frozenset({"author", "approver"}))
    answer = sign(api, digest)
    assert (answer.status_code, answer.json["code"]) == (412, "stale-review")
    assert office.audit.acts(TERC, "review.sign") == []


def test_a_sign_in_meanwhile_changes_nothing_of_what_is_signed(office, api):
    digest = review(api).json["digest"]
    api.get("anna", "/api/me")
    assert sign(api, digest).status_code == 200


def test_it_is_due_again_after_a_year(office, api):
    sign(api, review(api).json["digest"])
    office.clock.advance(YEAR + timedelta(seconds=1))
    assert review(api).json["due"] is True


@pytest.mark.parametrize(
    ("sealed", "days", "due"), [(False, 0, True), (True, None, True), (True, 189, False), (True, 190, True)]
)
def test_the_sealed_account_is_tried_twice_a_year(office, api, sealed, days, due):
    if sealed:
        kept = replace(record("author"), uid="sealed", name="Konto awaryjne", kind=Kind.BREAK_GLASS)
        office.register.records["sealed"] = kept
    if days is not None:
        office.audit.record(Act(TERC, "sealed.test", None))
        office.clock.advance(timedelta(days=days))
    assert review(api).json["sealed"]["due"] is due


def test_it_is_printed_with_room_for_a_decision_and_a_signature(office, api):
    from shared import wiring

    lines = list(printed(access_review(wiring.review_ports(), TERC), "Gmina Regionalna"))
    assert sum("zostaje / stays" in line for line in lines) == 3
    assert any(
        "zakres / scope author: categories failure; areas zone-1; severity Moderate" in one for one in lines
    )
    assert "podpis" in lines[-1]
