"""The number that whoever approves confirms: kept with the approval, refused where it is another one now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.domain.alert import Severity, State
from shared.domain.content_digest import content_digest
from shared.domain.interlock import Interlock, Shown
from shared.domain.staff import Kind
from tests.fakes.alert_values import alert, content
from tests.fakes.municipalities import square
from tests.fakes.requests import water
from tests.fakes.tokens import STAFF

LAT, LNG, HALF = 49.834, 19.934, 0.002
HOUSES = 21  # of ulica Różana, in the area
SHOWN = {"addresses": HOUSES, "residents": 35, "phones": 40}
REASON = {"reason": "Pilne"}


@pytest.fixture
def submitted(office):
    told = content(area=square(LAT, LNG, HALF))
    return office.alerts.put(alert("a1", state=State.SUBMITTED, content=told)).value


def step(api, who, verb, body, revision=1):
    path, etag = f"/api/alerts/a1/{verb}", {"If-Match": f'"{revision}"'}
    return api.ask(who, "POST", path, headers=etag, json=body)


def test_what_was_approved_is_kept_and_answered_as_it_was_shown(api, office, submitted):
    approved = step(api, "piotr", "approve", {"confirmed": SHOWN})
    assert approved.status_code == 200
    assert approved.json["interlock"] == {"at": approved.json["approved"], **SHOWN}
    (told,) = office.audit.acts(submitted.terc, "alert.approve")
    assert told.after["confirmed_number"] == SHOWN
    kept = office.alerts.get("a1").value
    digest = content_digest(kept.terc, kept.content)
    assert kept.interlock == Interlock(digest, 1, kept.approved, HOUSES, None, Shown(35, 40))


@pytest.mark.parametrize("body", [None, {}, {"confirmed": None}, {"unseen": ["reach"]}])
def test_of_a_page_that_says_no_number_the_approval_stands(api, office, submitted, body):
    path, etag = "/api/alerts/a1/approve", {"If-Match": '"1"'}
    more = {} if body is None else {"json": body}
    approved = api.ask("piotr", "POST", path, headers=etag, **more)
    assert approved.status_code == 200
    assert approved.json["interlock"] == {
        "at": approved.json["approved"], "addresses": HOUSES, "residents": None, "phones": None,
    }  # fmt: skip
    assert office.alerts.get("a1").value.interlock.shown is None


@pytest.mark.parametrize("addresses", [0, HOUSES - 1, HOUSES + 1])
@pytest.mark.parametrize(("who", "verb", "more"), [("piotr", "approve", {}), ("kasia", "send-now", REASON)])
def test_another_number_is_refused_and_changes_nothing(api, office, submitted, addresses, who, verb, more):
    told = {**more, "confirmed": {**SHOWN, "addresses": addresses}}
    refused = step(api, who, verb, told)
    assert refused.status_code == 422
    (error,) = refused.json["errors"]
    assert (error["pointer"], error["code"], error["counted"]) == (
        "/confirmed/addresses", "confirmed-differs", HOUSES,
    )  # fmt: skip
    assert str(HOUSES) in error["detail"]
    assert office.alerts.get("a1").value == submitted
    assert not office.alerts.history("a1")
    again = step(api, who, verb, {**more, "confirmed": {**SHOWN, "addresses": error["counted"]}})
    assert again.status_code == 200


def test_without_a_register_no_number_is_refused(api, office, submitted):
    office.areas.gazetteers.clear()
    office.alerts.put(replace(submitted, content=replace(submitted.content, covers=None)))
    approved = step(api, "piotr", "approve", {"confirmed": {**SHOWN, "addresses": 7}})
    assert (approved.status_code, approved.json["interlock"]["addresses"]) == (200, None)


WRONG: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"confirmed": 5}, ("/confirmed", "not-object")),
    ({"confirmed": [1]}, ("/confirmed", "not-object")),
    ({"confirmed": {"addresses": "5"}}, ("/confirmed/addresses", "not-a-number")),
    ({"confirmed": {"addresses": -1}}, ("/confirmed/addresses", "not-a-number")),
    ({"confirmed": {"phones": True}}, ("/confirmed/phones", "not-a-number")),
    ({"confirmed": {"residents": 1.5}}, ("/confirmed/residents", "not-a-number")),
    ({"confirmed": {"phones": 10**12}}, ("/confirmed/phones", "not-a-number")),
    ({"confirmed": {"a/b": 1}}, ("/confirmed/a~1b", "unknown-field")),
]


ASKED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("piotr", "approve", {}),
    ("kasia", "send-now", REASON),
)


def test_what_is_no_number_is_named_and_changes_nothing(api, office, submitted):
    for body, expected in WRONG:
        for who, verb, more in ASKED:
            refused = step(api, who, verb, {**more, **body})
            errors = [(one["pointer"], one["code"]) for one in refused.json["errors"]]
            assert (refused.status_code, errors) == (422, [expected]), (verb, body)
    refused = step(api, "anna", "send", {"confirmed": 5})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/confirmed")
    assert office.alerts.get("a1").value == submitted


def test_nobody_submits_with_a_number(api, office, submitted):
    office.alerts.put(replace(submitted, state=State.DRAFT))
    refused = step(api, "anna", "submit", {"confirmed": SHOWN})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/confirmed")


def test_who_sends_alone_keeps_what_they_sent(api, office, submitted):
    office.tokens.staff["sealed"] = replace(STAFF["kasia"], kind=Kind.BREAK_GLASS)
    office.alerts.put(replace(submitted, state=State.DRAFT))
    sent = step(api, "sealed", "send", {"confirmed": SHOWN})
    assert (sent.status_code, sent.json["interlock"]["phones"]) == (200, SHOWN["phones"])


def test_an_edit_voids_it_with_the_approval(api, office, submitted):
    office.alerts.put(replace(submitted, state=State.SCHEDULED, generation=1, interlock=Interlock("1:x", 1)))
    edited = api.edit("anna", "/api/alerts/a1", '"1"', water())
    assert (edited.status_code, edited.json["interlock"]) == (200, None)


def test_what_is_grave_and_who_may_not_are_as_before(api, office, submitted):
    """The number opens no door."""
    grave = replace(submitted, content=replace(submitted.content, severity=Severity.EXTREME))
    office.alerts.put(grave)
    for who in ("anna", "dorota", "adam"):
        assert step(api, who, "approve", {"confirmed": SHOWN}).status_code == 403
    assert step(api, "jan", "approve", {"confirmed": SHOWN}).status_code == 404
    assert step(api, "piotr", "approve", {"confirmed": SHOWN}, revision=9).status_code == 412
    assert office.alerts.get("a1").value == grave
