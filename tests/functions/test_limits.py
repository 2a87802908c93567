"""How often somebody may ask: of the staff's API and of what visitors send; stopping is never too often."""

from __future__ import annotations

from dataclasses import replace

import pytest

from functions.staff_api.limits import STOPS
from shared.adapters.instance_limits import InstanceLimits
from shared.domain import lifecycle
from shared.domain.alert import State
from shared.domain.limits import Limit
from shared.domain.staff import Kind
from tests.fakes.alert_values import alert
from tests.fakes.public_office import PublicOffice
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF

HERE, THERE = {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-For": "203.0.113.10"}


@pytest.fixture
def office():
    return StaffApi(limits=InstanceLimits())


@pytest.fixture
def visitors(monkeypatch):
    return PublicOffice(limits=InstanceLimits()).open(monkeypatch)


def spend(limit, ask):
    answers = [ask() for _ in range(limit.value.burst)]
    assert 429 not in {answer.status_code for answer in answers}
    return ask()


def test_a_person_who_asks_too_often_is_told_when_to_ask_again(office, api):
    refused = spend(Limit.PERSON, lambda: api.get("anna", "/api/alerts"))
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert refused.json["type"].endswith("too-many-requests")
    office.clock.sleep(1)
    assert api.get("anna", "/api/alerts").status_code == 200


def test_a_person_writes_less_often_than_they_read(office, api):
    refused = spend(Limit.PERSON_WRITES, lambda: api.post("anna", "/api/alerts", water()))
    assert refused.status_code == 429
    assert api.get("anna", "/api/alerts").status_code == 200


def test_one_persons_limit_is_not_their_colleagues(api):
    assert spend(Limit.PERSON, lambda: api.get("anna", "/api/alerts")).status_code == 429
    assert api.get("piotr", "/api/alerts").status_code == 200


def test_an_address_is_limited_before_anybody_is_known(api):
    refused = spend(Limit.ADDRESS, lambda: api.get(None, "/api/alerts", headers=HERE))
    assert refused.status_code == 429
    assert api.get(None, "/api/alerts", headers=THERE).status_code == 401


def test_whatever_stops_whoever_saw_it_is_never_held_up():
    """Actions that no revision is asked for, each by the function of its route."""
    actions = {rule.action for rule in lifecycle.TABLE if rule.unconditional}
    assert {f"alerts.{action}_alert" for action in actions} == STOPS


@pytest.mark.parametrize("step", ["cancel", "stop"])
def test_stopping_an_alert_is_never_refused(office, api, step):
    spend(Limit.ADDRESS, lambda: api.get(None, "/api/alerts", headers=HERE))
    spend(Limit.PERSON_WRITES, lambda: api.post("anna", "/api/alerts", water()))
    office.alerts.put(alert("a1", state=State.ACTIVE))
    stopped = api.ask("anna", "POST", f"/api/alerts/a1/{step}", headers=HERE | {"If-Match": '"1"'})
    assert stopped.status_code == 200


def test_nobody_at_its_address_locks_the_sealed_account_out(office, api):
    office.tokens.staff["sealed"] = replace(STAFF["anna"], kind=Kind.BREAK_GLASS)
    spend(Limit.ADDRESS, lambda: api.get(None, "/api/alerts", headers=HERE))
    assert api.post("sealed", "/api/alerts", water(), headers=HERE).status_code == 201
    for token in (None, "forged", "anna"):
        assert api.post(token, "/api/alerts", water(), headers=HERE).status_code == 429


def test_a_visitor_who_sends_too_often_is_told_when_to_send_again(visitors):
    def ask(headers=HERE):
        return visitors.post("/a/unknown/address", data={"address": "Rynek 1"}, headers=headers)

    refused = spend(Limit.VISITOR_POSTS, ask)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    assert "Odczekaj 2 s" in refused.text
    assert ask(THERE).status_code == 404
    assert visitors.get("/municipalities.json", headers=HERE).status_code == 200
