"""The account that is sealed on paper: alone it sends, stops and corrects, and does nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.staff_api.session_gate import OF_SEALED_ACCOUNT
from shared.domain.alert import Person, State
from shared.domain.staff import Kind
from shared.domain.staff_session import SessionLimits
from tests.fakes.alert_values import alert
from tests.fakes.requests import water
from tests.fakes.tokens import staff

HOUR = timedelta(hours=1)


@pytest.fixture
def office(office):
    office.limits = SessionLimits()
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


def test_it_never_becomes_idle(office, api):
    api.get("sealed", "/api/me")
    office.clock.advance(12 * HOUR - timedelta(minutes=1))
    assert api.get("sealed", "/api/templates").status_code == 200


def test_every_other_route_is_closed_to_it(office, api):
    from functions.staff_api import app

    for rule in app.url_map.iter_rules():
        path = re.sub(r"<int:\w+>", "0", rule.rule).replace("<", "").replace(">", "")
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if rule.endpoint not in OF_SEALED_ACCOUNT:
                assert refusal(api.ask("sealed", method, path)) == (403, "sealed-account"), path


def test_what_it_may_do_are_routes_that_there_are():
    from functions.staff_api import app

    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= OF_SEALED_ACCOUNT
