"""The API takes drafts as they are typed, and approvals that say what was not seen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.domain.alert import State
from tests.fakes.alert_values import alert
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi


@pytest.fixture
def office():
    return StaffApi()


@pytest.fixture
def api(office, monkeypatch):
    return office.open(monkeypatch)


def codes(answer):
    return [(error["pointer"], error["code"]) for error in answer.json["errors"]]


def test_a_draft_is_begun_with_a_title_and_goes_on_from_there(api):
    begun = api.post("anna", "/api/drafts", {"texts": {"pl": {"title": "Brak wody"}}})
    assert (begun.status_code, begun.json["state"], begun.json["expires"]) == (201, "draft", None)
    assert begun.json["texts"] == {"pl": {"title": "Brak wody"}}
    path = f"/api/alerts/{begun.json['id']}"
    kept = api.edit(
        "anna", path.replace("alerts", "drafts"), begun.headers["ETag"], {"area_name": "ul. Główna"}
    )
    assert (kept.status_code, kept.json["revision"], kept.json["area_name"]) == (200, 2, "ul. Główna")
    refused = api.step("anna", f"{path}/submit", kept.headers["ETag"])
    assert refused.status_code == 422
    assert ("/texts/pl/title", "missing") in codes(refused)
    assert len(api.get("anna", f"{path}/history").json["items"]) == 1
    listed = api.get("anna", "/api/alerts").json
    assert [item["id"] for item in listed["items"]] == [begun.json["id"]]
    assert listed["unreadable"] == 0


def test_what_is_no_draft_must_say_all(api):
    answer = api.post("anna", "/api/alerts", {})
    assert answer.status_code == 422
    assert ("/category", "missing") in codes(answer)


def test_a_draft_asked_for_twice_with_one_key_is_one_draft(api):
    key = {"Idempotency-Key": "k1"}
    both = [api.post("anna", "/api/drafts", {"area_name": "a"}, headers=key) for _ in range(2)]
    assert both[0].json["id"] == both[1].json["id"]
    assert both[0].headers["Location"] == f"/api/alerts/{both[0].json['id']}"


@pytest.mark.parametrize(("headers", "status"), [({}, 428), ({"If-Match": '"7"'}, 412)])
def test_a_draft_is_kept_only_by_whoever_has_seen_it(api, office, headers, status):
    office.alerts.put(alert("a1"))
    assert api.ask("anna", "PUT", "/api/drafts/a1", headers=headers, json={}).status_code == status


def test_typing_takes_nothing_back_that_was_handed_on(api, office):
    office.alerts.put(alert("a1", state=State.SUBMITTED))
    answer = api.edit("anna", "/api/drafts/a1", '"1"', water())
    assert (answer.status_code, answer.json["code"]) == (409, "wrong-state")


def approve(api, body):
    return api.ask("piotr", "POST", "/api/alerts/a1/approve", headers={"If-Match": '"1"'}, json=body)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, None),
        ({"unseen": []}, None),
        ({"unseen": ["map", "reach", "map"]}, "reach, map"),
        ({"unseen": ["map"]}, "map"),
    ],
)
def test_an_approval_tells_what_was_not_seen(api, office, body, told):
    office.alerts.put(alert("a1", state=State.SUBMITTED))
    assert approve(api, body).status_code == 200
    assert office.alerts.history("a1")[-1].details.get("unseen") == told


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([], ("", "not-object")),
        ({"unseen": "map"}, ("/unseen", "unknown-value")),
        ({"unseen": ["moon"]}, ("/unseen", "unknown-value")),
        ({"unseen": [["map"]]}, ("/unseen", "unknown-value")),
        ({"seen": ["map"]}, ("/seen", "unknown-field")),
    ],
)
def test_an_approval_that_says_something_else_is_refused(api, office, body, expected):
    office.alerts.put(alert("a1", state=State.SUBMITTED))
    answer = approve(api, body)
    assert (answer.status_code, codes(answer)) == (422, [expected])
    assert office.alerts.get("a1").value.state is State.SUBMITTED


# ---- What a text leaves unsaid


def unsaid(answer):
    return {(one["language"], one["element"]) for one in answer.json["missing"]}


def test_every_answer_names_what_the_texts_leave_unsaid(api):
    body = {"category": "failure", "texts": {"pl": {"title": "Brak wody", "body": "Zakręć krany."}}}
    begun = api.post("anna", "/api/drafts", body)
    assert unsaid(begun) == {("pl", "place"), ("pl", "time")}
    asked = api.post("anna", "/api/unsaid", {**body, "parts": []})
    assert (asked.status_code, unsaid(asked)) == (200, unsaid(begun))


def test_what_cannot_be_read_is_named_and_only_writers_ask(api, office):
    answer = api.post("anna", "/api/unsaid", {"category": "x"})
    assert (answer.status_code, codes(answer)) == (422, [("/category", "unknown-value")])
    assert api.post("piotr", "/api/unsaid", {}).status_code == 403
    assert api.get("anna", "/api/alerts").json["items"] == []


TAP = {"all_the_same": True}


def test_a_tap_is_kept_and_told_until_the_content_changes(api, office):
    office.alerts.put(alert("a1"))
    step = {"headers": {"If-Match": '"1"'}, "json": TAP}
    handed = api.ask("anna", "POST", "/api/alerts/a1/submit", **step)
    assert (handed.status_code, handed.json["all_the_same"]) == (200, handed.json["submitted"])
    assert office.alerts.history("a1")[-1].details["all_the_same"] == "true"
    approved = api.ask("piotr", "POST", "/api/alerts/a1/approve", headers={"If-Match": '"2"'}, json={})
    assert approved.json["all_the_same"] == handed.json["all_the_same"]
    office.alerts.put(alert("a2", all_the_same=datetime(2026, 12, 1, tzinfo=UTC)))
    edited = api.edit("anna", "/api/alerts/a2", '"1"', water())
    assert (edited.status_code, edited.json["all_the_same"]) == (200, None)


def test_without_a_tap_nothing_is_refused_and_nothing_told(api, office):
    office.alerts.put(alert("a1"))
    handed = api.step("anna", "/api/alerts/a1/submit", '"1"')
    assert (handed.status_code, handed.json["all_the_same"]) == (200, None)
    assert "all_the_same" not in office.alerts.history("a1")[-1].details


def test_a_tap_that_is_none_is_refused_and_changes_nothing(api, office):
    office.alerts.put(alert("a1"))
    for body, expected in (
        ({"all_the_same": "yes"}, ("/all_the_same", "not-a-boolean")),
        ({"unseen": []}, ("/unseen", "unknown-field")),
        ([], ("", "not-object")),
    ):
        answer = api.ask("anna", "POST", "/api/alerts/a1/submit", headers={"If-Match": '"1"'}, json=body)
        assert (answer.status_code, codes(answer)) == (422, [expected])
    assert office.alerts.get("a1").value.state is State.DRAFT
