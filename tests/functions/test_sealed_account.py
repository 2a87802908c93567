"""The account that is sealed on paper: alone it sends, stops and corrects, and does nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.staff_api.config import OPEN
from functions.staff_api.enrolment import FOR_ANYONE
from functions.staff_api.session_gate import OF_SEALED_ACCOUNT
from shared.adapters.instance_limits import NoLimits
from shared.domain.alert import Person, Severity, State
from shared.domain.audit import Outcome
from shared.domain.limits import Limit
from shared.domain.staff import Kind
from shared.domain.staff_session import SessionLimits
from tests.fakes.alert_values import TERC, alert
from tests.fakes.requests import water
from tests.fakes.tokens import staff

HOUR = timedelta(hours=1)


@pytest.fixture
def office(office):
    office.session_limits = SessionLimits()
    sealed = staff(Person("sealed-1201022", "Konto awaryjne"), "author")
    proof = replace(sealed.proof, always=True)
    office.tokens.staff["sealed"] = replace(sealed, kind=Kind.BREAK_GLASS, proof=proof)
    return office


def refusal(answer):
    return answer.status_code, answer.json["code"]


@pytest.mark.parametrize("severity", ["Extreme", "Minor"])
def test_it_sends_alone_hours_after_its_sign_in(office, api, severity):
    api.get("sealed", "/api/me")
    office.clock.advance(5 * HOUR)
    draft = api.post("sealed", "/api/alerts", water(severity=severity, category="failure"))
    assert draft.status_code == 201, draft.json
    assert "send" in draft.json["actions"]
    sent = api.step("sealed", draft.headers["Location"] + "/send", draft.headers["ETag"])
    assert (sent.status_code, sent.json["state"]) == (200, "scheduled")


def test_everybody_is_told_when_it_signs_in_sends_and_stops(office, api):
    draft = api.post("sealed", "/api/alerts", water())
    api.step("sealed", draft.headers["Location"] + "/send", draft.headers["ETag"])
    api.post("sealed", draft.headers["Location"] + "/cancel")
    assert office.alarms == [(TERC, "sign-in"), (TERC, "send"), (TERC, "stop")]


def test_of_anybody_else_nobody_is_told(office, api):
    office.alerts.put(alert("stored", state=State.ACTIVE))
    assert api.post("ewa", "/api/alerts/stored/cancel").status_code == 200
    assert office.alarms == []


def test_what_was_refused_is_in_the_audit(office, api):
    api.post("sealed", "/api/areas/saved", {})
    assert [act.why for act in office.audit.acts(TERC) if act.outcome is Outcome.REFUSED] == [
        "sealed-account"
    ]


def test_nobody_else_sends_such_a_draft_alone(office, api):
    draft = api.post("anna", "/api/alerts", water())
    assert refusal(api.step("anna", draft.headers["Location"] + "/send", draft.headers["ETag"])) == (
        403,
        "not-alone",
    )


@pytest.mark.parametrize("state", [State.SCHEDULED, State.ACTIVE])
def test_it_stops_what_anybody_sent(office, api, state):
    office.alerts.put(alert("stored", state=state))
    assert api.post("sealed", "/api/alerts/stored/cancel").status_code == 200


def test_it_ends_the_sending_of_what_anybody_sent_and_everybody_is_told(office, api):
    office.alerts.put(alert("stored", state=State.ACTIVE))
    assert api.post("sealed", "/api/alerts/stored/stop").status_code == 200
    assert office.alarms == [(TERC, "sign-in"), (TERC, "stop")]


@pytest.mark.parametrize("step", ["correct", "take-back", "all-clear", "update"])
def test_it_begins_what_follows_a_wrong_alert(office, api, step):
    grave = alert("stored", state=State.ACTIVE)
    grave = replace(grave, content=replace(grave.content, severity=Severity.EXTREME))
    stored = office.alerts.put(grave).value
    answer = api.step("sealed", f"/api/alerts/stored/{step}", f'"{stored.revision}"')
    assert answer.status_code == 201, answer.json
    assert "send" in answer.json["actions"]


def test_it_never_becomes_idle(office, api):
    api.get("sealed", "/api/me")
    office.clock.advance(12 * HOUR - timedelta(minutes=1))
    assert api.get("sealed", "/api/templates").status_code == 200


class Full(NoLimits):
    """Nobody may ask any more."""

    def take(self, limit, key, now):
        return 9.0 if limit in (Limit.PERSON, Limit.PERSON_WRITES) else 0.0


def test_no_limit_of_a_person_holds_it_up(office, monkeypatch):
    office.limits = Full()
    api = office.open(monkeypatch)
    assert api.get("sealed", "/api/me").status_code == 200
    assert api.post("sealed", "/api/alerts", water()).status_code == 201
    assert api.get("anna", "/api/me").status_code == 429


def test_every_other_route_is_closed_to_it(office, api):
    from functions.staff_api import app

    for rule in app.url_map.iter_rules():
        path = re.sub(r"<int:\w+>", "0", rule.rule).replace("<", "").replace(">", "")
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if rule.endpoint not in OF_SEALED_ACCOUNT | OPEN | FOR_ANYONE:
                status, code = refusal(api.ask("sealed", method, path))
                assert (status, code in ("sealed-account", "role-missing")) == (403, True), path


def test_what_it_may_do_are_routes_that_there_are():
    from functions.staff_api import app

    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= OF_SEALED_ACCOUNT
