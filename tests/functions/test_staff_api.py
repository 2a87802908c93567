"""The way of an alert through the API: routes, headers, preconditions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from infra.local.processes import ROOT
from shared import logs, wiring
from shared.domain.alert import State
from shared.domain.content import Category, Hazard, Response, Severity
from shared.domain.preferences import NO_PREFERENCES, Preferences, QuietHours
from tests.fakes.alert_values import APPROVER, AUTHOR, alert, content
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import SUNDAY_NIGHT
from tests.fakes.requests import after, water
from tests.services.delivery_world import resident


def created(api, who="anna", **changes):
    answer = api.post(who, "/api/alerts", water(**changes))
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return answer


def submitted(api):
    draft = created(api)
    return api.step("anna", draft.location + "/submit", draft.headers["ETag"])


def test_a_draft_is_answered_with_its_address_and_etag(api, office):
    answer = created(api)
    assert answer.headers["ETag"] == '"1"'
    assert answer.location == f"/api/alerts/{answer.json['id']}"
    assert answer.json["state"] == "draft"
    assert answer.json["author"] == {"uid": AUTHOR.uid, "name": AUTHOR.name}
    assert answer.json["actions"] == ["edit", "submit", "cancel"]
    assert office.alerts.get(answer.json["id"]).value.content.area_name == "ul. Główna"


def test_an_alert_goes_from_draft_to_scheduled_by_two_people(api, office):
    waiting = submitted(api)
    path = f"/api/alerts/{waiting.json['id']}"
    approved = api.step("piotr", path + "/approve", waiting.headers["ETag"])
    assert approved.status_code == 200
    assert approved.json["state"] == "scheduled"
    assert approved.json["approver"] == {"uid": APPROVER.uid, "name": APPROVER.name}
    payload = {"alert": waiting.json["id"], "generation": 1, "direct": 1}
    assert office.caller.calls == [("start_alert", payload)]
    history = api.get("anna", path + "/history").json["items"]
    assert [(entry["action"], entry["by"]["name"]) for entry in history] == [
        ("create", AUTHOR.name),
        ("submit", AUTHOR.name),
        ("approve", APPROVER.name),
    ]


def test_what_is_read_can_be_sent_back_unchanged(api):
    draft = created(api)
    content = {name: draft.json[name] for name in water()}
    again = api.edit("anna", draft.location, draft.headers["ETag"], content)
    assert again.status_code == 200
    assert {name: again.json[name] for name in water()} == content


def test_an_exercise_at_night_with_sound_in_the_morning_is_kept(api, office):
    options = {"exercise": True, "sound_at": after(hours=4)}
    draft = created(api, severity="Extreme", **options)
    assert {name: draft.json[name] for name in options} == options
    stored = office.alerts.get(draft.json["id"]).value.content
    assert (stored.exercise, stored.sound_at) == (True, SUNDAY_NIGHT + timedelta(hours=4))


def test_words_of_a_later_release_are_answered_as_they_are(api, office):
    later = content(
        category=Category.read("black_ice", "warning"),
        severity=Severity("Catastrophic"),
        event=Hazard("drone"),
        response=Response("CallUs"),
    )
    office.alerts.put(alert("a1", content=later, state=State("superseded")))
    for answer in (api.get("anna", "/api/alerts").json["items"][0], api.get("anna", "/api/alerts/a1").json):
        said = {
            name: answer[name] for name in ("category", "group", "severity", "event", "response", "state")
        }
        assert list(said.values()) == [
            "black_ice",
            "warning",
            "Catastrophic",
            "drone",
            "CallUs",
            "superseded",
        ]
        assert answer["actions"] == []


def test_a_warning_is_kept_as_a_draft_and_submitted_once_it_says_what_to_do(api):
    draft = created(api, category="warning")
    refused = api.step("anna", draft.location + "/submit", draft.headers["ETag"])
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json["errors"]] == ["/event", "/texts/pl/instruction"]
    texts = {"pl": {**water()["texts"]["pl"], "instruction": "Przegotuj wodę."}}
    full = water(category="warning", event="water_contamination", texts=texts, source="PPIS", contact="112")
    edited = api.edit("anna", draft.location, draft.headers["ETag"], full)
    assert edited.json["texts"]["pl"]["instruction"] == "Przegotuj wodę."
    assert api.step("anna", draft.location + "/submit", edited.headers["ETag"]).status_code == 200
    history = api.get("anna", draft.location + "/history").json["items"]
    assert history[1]["details"] == {"changed": "event, texts, source, contact"}


def test_without_options_an_alert_is_real_and_sounds_at_once(api):
    draft = created(api)
    assert (draft.json["exercise"], draft.json["sound_at"]) == (False, None)


def test_an_approval_that_comes_after_the_moment_of_the_sound_is_refused(api, office):
    draft = created(api, sound_at=after(hours=4))
    waiting = api.step("anna", draft.location + "/submit", draft.headers["ETag"])
    office.clock.advance(timedelta(hours=5))
    refused = api.step("piotr", draft.location + "/approve", waiting.headers["ETag"])
    assert (refused.status_code, [error["code"] for error in refused.json["errors"]]) == (
        422,
        ["sound-at-too-soon"],
    )


def test_a_text_longer_than_a_push_is_accepted_and_it_is_said_where_the_push_ends(api):
    texts = {"pl": {"title": "t", "body": "ż" * 2500}, "en": {"title": "t", "body": "Short."}}
    draft = created(api, texts=texts)
    cut = draft.json["carried"]["push"]
    assert cut["en"] is None
    assert 1500 < cut["pl"] < 2500
    edited = api.edit("anna", draft.location, draft.headers["ETag"], water(texts=texts))
    assert edited.json["carried"]["push"] == cut
    assert api.get("anna", draft.location).json["carried"]["push"] == cut


def test_editing_what_waits_makes_it_a_draft_again(api):
    waiting = submitted(api)
    path = f"/api/alerts/{waiting.json['id']}"
    again = api.edit("anna", path, waiting.headers["ETag"], water(area_name="ul. Polna"))
    assert (again.json["state"], again.json["submitted"]) == ("draft", None)
    assert (again.json["revision"], again.json["version"]) == (3, 2)
    assert api.get("anna", path + "/history").json["items"][-1]["details"] == {"changed": "area_name"}


def test_an_edited_schedule_needs_a_new_approval_of_a_new_generation(api, office):
    waiting = submitted(api)
    path = f"/api/alerts/{waiting.json['id']}"
    approved = api.step("piotr", path + "/approve", waiting.headers["ETag"])
    draft = api.edit("anna", path, approved.headers["ETag"], water())
    assert (draft.json["state"], draft.json["approver"], draft.json["approved"]) == ("draft", None, None)
    waiting = api.step("anna", path + "/submit", draft.headers["ETag"])
    api.step("piotr", path + "/approve", waiting.headers["ETag"])
    assert [payload["generation"] for _, payload in office.caller.calls] == [1, 2]


def test_a_step_without_if_match_is_refused(api, office):
    path = created(api).location
    for headers in ({}, {"If-Match": "*"}, {"If-Match": " "}):
        for step in ("submit", "approve", "cancel"):
            answer = api.ask("ewa", "POST", f"{path}/{step}", headers=headers)
            assert (answer.status_code, answer.json["code"]) == (428, "if-match-required")
        assert api.ask("ewa", "PUT", path, headers=headers, json=water()).status_code == 428
    assert office.alerts.writes == 1


@pytest.mark.parametrize("etag", ["1", '"one"', '"1', '"1", "2"', "W/1", '"-1"', '""', '"1"x', '"٣"'])
def test_a_malformed_if_match_is_refused(api, office, etag):
    path = created(api).location
    answer = api.client.post(
        path + "/cancel",
        headers={"Authorization": "Bearer anna", "If-Match": etag.encode().decode("latin-1")},
    )
    assert (answer.status_code, answer.json["code"]) == (400, "if-match-malformed")
    assert office.alerts.writes == 1


@pytest.mark.parametrize("etag", ['"0"', '"2"', '"999999999"', 'W/"2"'])
def test_a_stale_if_match_is_refused(api, office, etag):
    path = created(api).location
    for answer in (api.edit("anna", path, etag, water()), api.step("anna", path + "/submit", etag)):
        assert (answer.status_code, answer.json["code"]) == (412, "stale-etag")
    assert office.alerts.writes == 1


def test_an_etag_that_a_proxy_weakened_still_counts(api):
    assert api.step("anna", created(api).location + "/submit", 'W/"1"').status_code == 200


def test_the_same_idempotency_key_creates_one_alert(api, office):
    ask = {"json": water(), "headers": {"Idempotency-Key": "k-1"}}
    first, second = (api.ask("anna", "POST", "/api/alerts", **ask) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json["id"] == second.json["id"]
    assert office.alerts.writes == 1


def test_an_idempotency_key_with_another_content_is_refused(api, office):
    for area_name, status in (("ul. Główna", 201), ("ul. Polna", 422)):
        answer = api.ask(
            "anna", "POST", "/api/alerts", json=water(area_name=area_name), headers={"Idempotency-Key": "k"}
        )
        assert answer.status_code == status
    assert answer.json["code"] == "idempotency-key-reused"
    assert office.alerts.writes == 1


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é"])
def test_a_malformed_idempotency_key_is_refused(api, office, key):
    answer = api.ask("anna", "POST", "/api/alerts", json=water(), headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json["code"]) == (400, "idempotency-key-malformed")
    assert office.alerts.writes == 0


def test_the_list_goes_by_pages_newest_change_first(api, office):
    ids = []
    for _ in range(3):
        office.clock.advance(timedelta(seconds=1))
        ids.append(created(api).json["id"])
    page = api.get("anna", "/api/alerts?limit=2").json
    rest = api.get("anna", f"/api/alerts?limit=2&after={page['next']}").json
    assert [item["id"] for item in page["items"] + rest["items"]] == ids[::-1]
    assert rest["next"] is None


def test_the_list_filters_by_states(api):
    waiting, draft = submitted(api).json["id"], created(api).json["id"]
    for states in ("state=draft&state=active", "state=draft&state=draft"):
        shown = api.get("anna", f"/api/alerts?{states}").json["items"]
        assert [item["id"] for item in shown] == [draft]
    assert [item["id"] for item in api.get("anna", "/api/alerts?state=submitted").json["items"]] == [waiting]


def test_the_reach_of_an_area_is_measured(api, office, monkeypatch):
    office.areas.gazetteers.clear()
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    answer = api.post("piotr", "/api/reach", {"area": water()["area"]})
    few = {"residents": None, "phones": None, "exact": True}
    assert answer.json == {"addresses": None, "covers": None, "coverage": None, "limited": False, **few}


def test_the_reach_of_an_alert_says_who_muted_it_and_whom_it_wakes(api, office, monkeypatch):
    """02:10 in Poland: ten have muted such alerts, ten sleep, ten wake."""
    audience = FakeAudienceStore()
    for name, preferences in {
        "deaf": Preferences(muted=frozenset({Category.FAILURE})),
        "sleeper": Preferences(quiet=QuietHours(time(22), time(6))),
        "other": NO_PREFERENCES,
    }.items():
        for number in range(10):
            entries = resident(f"{name}{number}", (49.84, 19.94))
            audience.put(*(replace(entry, preferences=preferences) for entry in entries))
    monkeypatch.setattr(wiring, "audience", lambda: audience)
    monkeypatch.setattr(wiring, "clock", lambda: office.clock)
    office.areas.gazetteers.clear()
    body = {"area": water()["area"], "category": "failure", "severity": "Moderate"}
    now = api.post("piotr", "/api/reach", body).json
    people = {"residents": 20, "phones": 20, "exact": True, "muted": 10, "wakes": 10}
    assert now == {"addresses": None, "covers": None, "coverage": None, "limited": False, **people}
    asked: list[tuple[dict[str, Any], int | None]] = [
        ({"send_at": after(hours=4)}, 20),  # 06:10
        ({"send_at": after(hours=-4)}, 10),  # has passed: now
        ({"sound_at": after(hours=4)}, None),
        ({"send_at": None, "sound_at": None, "exercise": False}, 10),
        ({"severity": "Severe"}, 20),
        ({"severity": "Severe", "exercise": True}, 10),
    ]
    for changes, wakes in asked:
        assert api.post("piotr", "/api/reach", {**body, **changes}).json["wakes"] == wakes


def test_the_summary_is_gathered_for_the_own_municipality(api):
    answer = api.post("anna", created(api).location + "/summary")
    assert answer.json == {
        "targeted": None,
        "accepted": None,
        "failed": {},
        "received": None,
        "opened": None,
        "rung": None,
        "not_mine": None,
        "deliveries": [],
        "complete": False,
        "updated": after(),
        "by_platform": {},
        "series": [],
        "places": [],
        "unverified": False,
        "least": 10,
    }


ERRORS = [
    ("GET", "/api/nothing", 404),
    ("GET", "/nothing", 404),
    ("GET", "/api//me", 404),
    ("GET", "/api/me/", 404),
    ("GET", "/api/alerts/a/b/c", 404),
    ("DELETE", "/api/alerts", 405),
    ("OPTIONS", "/api/me", 405),
    ("PATCH", "/api/alerts/x", 405),
    ("GET", "/api/reach", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), ERRORS)
def test_unknown_addresses_and_methods_are_problems_too(api, method, path, status):
    answer = api.ask("anna", method, path)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert ("Allow" in answer.headers) == (status == 405)


def test_a_405_says_what_is_allowed(api):
    assert api.ask("anna", "DELETE", "/api/alerts").headers["Allow"] == "GET, HEAD, POST"


def test_a_fault_of_ours_tells_nothing_of_its_inside(api, monkeypatch, caplog):
    secret = "uid-anna in 19.93, 49.83"

    def broken():
        raise RuntimeError(secret)

    monkeypatch.setattr(wiring, "alerts", broken)
    answer = api.get("anna", "/api/alerts", headers={"X-Cloud-Trace-Context": "a" * 32 + "/1;o=1"})
    assert (answer.status_code, answer.json["code"]) == (500, "internal")
    assert b"uid-anna" not in answer.data
    record = next(record for record in caplog.records if record.levelname == "ERROR")
    line = json.loads(logs.JsonLines().format(record))
    assert "uid-anna" not in json.dumps(line)
    assert "RuntimeError" in line["exception"]
    assert line["logging.googleapis.com/trace"] == f"projects/demo/traces/{'a' * 32}"


@pytest.mark.parametrize(("who", "path"), [("anna", "/api/me"), (None, "/api/me"), ("anna", "/api/none")])
def test_every_answer_protects_itself(api, who, path):
    headers = api.get(who, path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"]
    assert "Access-Control-Allow-Origin" not in headers


POLISH = [None, "pl", "pl,en;q=0.8", "uk", "*", ";;"]
ENGLISH = ["en", "en-GB,en;q=0.9"]


@pytest.mark.parametrize(
    ("accepted", "language"), [*((text, "pl") for text in POLISH), *((text, "en") for text in ENGLISH)]
)
def test_errors_speak_the_readers_language(api, accepted, language):
    headers = {"Accept-Language": accepted} if accepted else {}
    answer = api.get("anna", "/api/alerts/absent", headers=headers)
    assert answer.json["title"] == {"pl": "Nie znaleziono", "en": "Not found"}[language]
    assert answer.headers["Content-Language"] == language


def test_the_function_serves_the_application_behind_the_framework(api, monkeypatch):
    """As deployed: functions-framework around Flask, a body that only one of them reads."""
    from functions_framework import create_app

    client = create_app("staff_api", str(ROOT / "main.py")).test_client()
    headers = {"Authorization": "Bearer anna"}
    answer = client.post("/api/alerts", json=water(), headers=headers)
    assert (answer.status_code, answer.json["state"]) == (201, "draft")
    too_large = client.post("/api/alerts", data=b" " * 10_000_000, headers=headers)
    assert too_large.status_code == 413
    assert client.get("/api/none").content_type == "application/problem+json"
