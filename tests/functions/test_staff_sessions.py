"""Sessions through the API: when they end, what is still possible then, and who may end them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.staff_api.config import OPEN
from functions.staff_api.enrolment import FOR_ANYONE
from shared.domain.alert import Person, State
from shared.domain.lifecycle import STAFF_ROLES
from shared.domain.staff_session import SessionLimits
from tests.fakes.alert_values import APPROVER, AUTHOR, alert, content
from tests.fakes.requests import after, water
from tests.fakes.tokens import staff

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIMITS = SessionLimits()
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def office(office):
    office.session_limits = LIMITS
    return office


def refusal(answer):
    return answer.status_code, answer.json["code"]


def later(office, duration):
    office.clock.advance(duration)


def wait_at_it(office, api, duration, who="anna"):
    """Somebody is there all the time."""
    for _ in range(duration // (20 * MINUTE)):
        later(office, 20 * MINUTE)
        assert api.get(who, "/api/session").json["standing"] == "open"


def put(office, state, **changes):
    lasting = content(expires=office.clock.now() + timedelta(days=3))
    return office.alerts.put(alert("stored", state=state, content=lasting, **changes)).value


def test_a_sign_in_begins_a_session_that_tells_of_itself(office, api):
    answer = api.get("anna", "/api/session", headers={"User-Agent": FIREFOX})
    begun = office.clock.now()
    assert answer.headers["Alert-Session"] == "open"
    assert answer.json == {
        "id": str(int(begun.timestamp())),
        "device": "Firefox, Windows",
        "begun": "2026-11-22T01:10:00.000Z",
        "seen": "2026-11-22T01:10:00.000Z",
        "ends": "2026-11-22T13:10:00.000Z",
        "standing": "open",
        "current": True,
    }


def test_each_request_reads_a_session_once_and_writes_it_once_a_minute(office, api):
    api.get("anna", "/api/vocabulary")
    office.sessions.reads = office.sessions.writes = 0
    for _ in range(30):
        later(office, timedelta(seconds=4))
        api.get("anna", "/api/vocabulary")
    assert (office.sessions.reads, office.sessions.writes) == (30, 2)


def test_a_session_at_which_nobody_is_becomes_idle(office, api):
    api.get("anna", "/api/templates")
    later(office, LIMITS.idle - timedelta(seconds=1))
    assert api.get("anna", "/api/templates").status_code == 200
    later(office, LIMITS.idle)
    answer = api.get("anna", "/api/templates")
    assert refusal(answer) == (401, "session-idle")
    assert answer.headers["Alert-Session"] == "idle"


def test_what_the_page_asks_by_itself_is_nobody_being_there(office, api):
    api.get("anna", "/api/alerts")
    for _ in range(31):
        later(office, MINUTE)
        answer = api.get("anna", "/api/alerts", headers={"Alert-Attended": "no"})
    assert answer.headers["Alert-Session"] == "idle"


def test_a_session_ends_whatever_is_done(office, api):
    api.get("anna", "/api/me")
    wait_at_it(office, api, LIMITS.absolute - 20 * MINUTE)
    later(office, 20 * MINUTE)
    assert refusal(api.post("anna", "/api/alerts", water())) == (401, "session-over")


def test_a_session_does_not_end_while_its_holder_composes(office, api):
    api.get("anna", "/api/me")
    wait_at_it(office, api, LIMITS.absolute - 20 * MINUTE)
    later(office, 15 * MINUTE)
    assert api.post("anna", "/api/drafts", {}).status_code == 201
    later(office, 9 * MINUTE)  # past the end
    assert api.post("anna", "/api/drafts", {}).status_code == 201
    later(office, 9 * MINUTE)
    assert api.get("anna", "/api/templates").status_code == 200
    later(office, MINUTE)
    assert refusal(api.post("anna", "/api/drafts", {})) == (401, "session-over")


@pytest.mark.parametrize("who", ["anna", "piotr"])
@pytest.mark.parametrize("state", [State.SCHEDULED, State.ACTIVE])
def test_a_session_does_not_end_while_an_alert_of_its_holder_is_in_force(office, api, who, state):
    api.get(who, "/api/me")
    stored = put(office, state, approver=APPROVER)
    later(office, LIMITS.absolute + HOUR)
    assert api.get(who, "/api/templates").status_code == 200
    office.alerts.put(replace(stored, state=State.EXPIRED))
    later(office, 11 * MINUTE)
    assert refusal(api.get(who, "/api/templates")) == (401, "session-over")


def test_another_persons_alert_holds_no_session_open(office, api):
    api.get("ewa", "/api/me")
    put(office, State.ACTIVE, approver=APPROVER)
    later(office, HOUR)
    assert refusal(api.get("ewa", "/api/templates")) == (401, "session-idle")


def test_alerts_in_force_are_looked_through_once_a_minute_at_most(office, api, monkeypatch):
    api.get("ewa", "/api/me")
    later(office, HOUR)
    asked, find = [], office.alerts.list

    def counted(*query):
        asked.append(query)
        return find(*query)

    monkeypatch.setattr(office.alerts, "list", counted)
    for _ in range(20):
        api.get("ewa", "/api/templates")
        later(office, timedelta(seconds=4))
    assert len(asked) == 2


STOPPED = {
    "cancel scheduled": (State.SCHEDULED, "POST", "/cancel", None),
    "cancel active": (State.ACTIVE, "POST", "/cancel", None),
    "stop active": (State.ACTIVE, "POST", "/stop", None),
    "correct scheduled": (State.SCHEDULED, "PUT", "", water(expires=after(days=2))),
}


@pytest.mark.parametrize("age", [HOUR, LIMITS.absolute + HOUR])
@pytest.mark.parametrize("how", STOPPED)
def test_an_alert_is_stopped_and_corrected_in_a_session_at_its_end(office, api, how, age):
    state, method, path, body = STOPPED[how]
    api.get("ewa", "/api/me")
    later(office, age)
    stored = put(office, state)
    headers = {"If-Match": f'"{stored.revision}"'}
    request = {"headers": headers} if body is None else {"headers": headers, "json": body}
    assert api.ask("ewa", method, f"/api/alerts/{stored.id}{path}", **request).status_code == 200


@pytest.mark.parametrize(
    ("state", "method", "path", "body"),
    [
        (State.DRAFT, "POST", "/cancel", None),
        (State.DRAFT, "PUT", "", water()),
        (State.SUBMITTED, "PUT", "", water()),
        (State.SUBMITTED, "POST", "/cancel", None),
        (State.SUBMITTED, "POST", "/approve", None),
        (State.DRAFT, "POST", "/submit", None),
    ],
)
def test_nothing_else_is_done_in_an_idle_session(office, api, state, method, path, body):
    api.get("ewa", "/api/me")
    later(office, HOUR)
    stored = put(office, state)
    written = office.alerts.writes
    headers = {"If-Match": f'"{stored.revision}"'}
    request = {"headers": headers} if body is None else {"headers": headers, "json": body}
    answer = api.ask("ewa", method, f"/api/alerts/{stored.id}{path}", **request)
    assert refusal(answer) == (401, "session-idle")
    assert office.alerts.writes == written


def test_every_other_route_is_closed_to_an_idle_session(office, api):
    from functions.staff_api import app
    from functions.staff_api.session_gate import WHEN_LOCKED

    office.tokens.staff["all"] = staff(Person("uid-all", "Każda Rola"), *STAFF_ROLES)
    api.get("all", "/api/me")
    later(office, HOUR)
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<int:\w+>", "0", rule.rule).replace("<", "").replace(">", "")
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if rule.endpoint in OPEN | FOR_ANYONE:
                continue
            if rule.endpoint not in WHEN_LOCKED:
                assert refusal(api.ask("all", method, path)) == (401, "session-idle"), path
            else:
                assert method in ("GET", "POST", "PUT")


def test_a_session_of_long_ago_does_nothing_at_all(office, api):
    api.get("ewa", "/api/me")
    later(office, LIMITS.absolute + timedelta(hours=25))
    put(office, State.ACTIVE)
    assert refusal(api.post("ewa", "/api/alerts/stored/cancel")) == (401, "session-over")


def test_a_sign_in_whose_session_is_not_kept_begins_none_an_hour_later(office, api):
    office.tokens.signed_in["anna"] = office.clock.now() - HOUR
    assert refusal(api.get("anna", "/api/me")) == (401, "session-over")
    assert office.sessions.kept == {}


def signed_in_twice(office, api):
    office.tokens.staff["anna on her phone"] = office.tokens.staff["anna"]
    api.get("anna", "/api/me")
    later(office, MINUTE)
    return api.get("anna on her phone", "/api/sessions").json["items"]


def test_a_person_sees_where_they_are_signed_in(office, api):
    api.get("piotr", "/api/me")
    items = signed_in_twice(office, api)
    assert [one["current"] for one in items] == [True, False]


def test_an_ended_session_is_refused_at_once_and_leaves_the_list(office, api):
    other = signed_in_twice(office, api)[1]["id"]
    assert api.ask("anna on her phone", "DELETE", f"/api/sessions/{other}").status_code == 204
    assert refusal(api.get("anna", "/api/me")) == (401, "session-ended")
    assert len(api.get("anna on her phone", "/api/sessions").json["items"]) == 1


def test_an_ended_session_stops_no_alert(office, api):
    other = signed_in_twice(office, api)[1]["id"]
    api.ask("anna on her phone", "DELETE", f"/api/sessions/{other}")
    put(office, State.ACTIVE, author=AUTHOR)
    assert refusal(api.post("anna", "/api/alerts/stored/cancel")) == (401, "session-ended")


def test_all_others_are_ended_and_this_one_stays(office, api):
    signed_in_twice(office, api)
    assert api.post("anna on her phone", "/api/session/end-others").json == {"ended": 1}
    assert refusal(api.get("anna", "/api/me")) == (401, "session-ended")
    assert api.get("anna on her phone", "/api/me").status_code == 200


def test_nobody_ends_another_persons_session(office, api):
    api.get("anna", "/api/me")
    later(office, MINUTE)
    api.get("piotr", "/api/me")
    mine = api.get("anna", "/api/session").json["id"]
    assert refusal(api.ask("piotr", "DELETE", f"/api/sessions/{mine}")) == (404, "not-found")
    assert api.get("anna", "/api/me").status_code == 200


SEVERE = "Severe"


def approve(office, api, severity, who="piotr"):
    lasting = content(expires=office.clock.now() + HOUR)
    lasting = replace(lasting, severity=type(lasting.severity)(severity))
    office.alerts.put(alert("stored", state=State.SUBMITTED, content=lasting))
    return api.step(who, "/api/alerts/stored/approve", '"1"')


@pytest.mark.parametrize("severity", ["Severe", "Extreme"])
def test_a_severe_alert_is_approved_with_a_fresh_factor_alone(office, api, severity):
    api.get("piotr", "/api/me")
    later(office, LIMITS.fresh - timedelta(seconds=1))
    assert approve(office, api, severity).status_code == 200
    later(office, timedelta(seconds=1))
    assert refusal(approve(office, api, severity)) == (401, "fresh-sign-in-required")


@pytest.mark.parametrize("severity", ["Moderate", "Minor"])
def test_a_lesser_alert_asks_for_none(office, api, severity):
    api.get("piotr", "/api/me")
    later(office, LIMITS.fresh + MINUTE)
    assert approve(office, api, severity).status_code == 200


def test_of_whoever_has_a_key_a_fresh_sign_in_is_not_enough(office, api):
    piotr = office.tokens.staff["piotr"]
    office.tokens.staff["piotr"] = replace(piotr, proof=replace(piotr.proof, has_key=True))
    assert refusal(approve(office, api, SEVERE)) == (401, "key-required")


# Of people's routes, those that change something without a fresh factor: what is taken back before it was
# decided, what is done in the night, and what proves itself by a token of its own.
WITHOUT = {
    "enrolment.change_password",
    "enrolment.new_recovery_codes",
    "enrolment.withdraw_invitation",
    "people.begin_stand_in",
    "people.end_stand_in",
    "people.refuse_grant",
}


def test_every_change_of_rights_asks_for_a_fresh_factor():
    from functions.staff_api import app
    from functions.staff_api.session_gate import NEEDS_FRESH

    changing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in ("people", "enrolment") and rule.methods & {"POST", "PUT", "DELETE"}
    }
    assert changing - FOR_ANYONE - WITHOUT <= NEEDS_FRESH
    assert changing >= WITHOUT
