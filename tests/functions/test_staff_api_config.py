"""What the staff's page learns before anybody has signed in."""

from __future__ import annotations

import re

import pytest

from functions.staff_api.config import OPEN
from functions.staff_api.enrolment import FOR_ANYONE
from shared import settings


@pytest.fixture
def apart(api, monkeypatch):
    """Staff sign in at a project of their own."""
    monkeypatch.setenv("AUTH_PROJECT", "demo-staff")
    monkeypatch.setenv("AUTH_API_KEY", "key-of-staff")
    settings.settings.cache_clear()
    yield api
    settings.settings.cache_clear()


def test_the_page_signs_in_at_the_project_of_its_site(api):
    assert api.get(None, "/api/config").json == {"auth": None, "app_check": None}


def test_or_at_the_one_that_is_named(apart):
    domain = "demo-staff.firebaseapp.com"
    told = {"projectId": "demo-staff", "apiKey": "key-of-staff", "authDomain": domain}
    assert apart.get(None, "/api/config").json == {"auth": told, "app_check": None}


@pytest.mark.parametrize("who", [None, "anna", "mallory"])
def test_it_does_not_matter_who_asks(api, who):
    answer = api.get(who, "/api/config")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("path", ["/api/config/", "/api//config", "/api/Config", "/api/config/x"])
def test_nothing_beside_it_is_open(api, path):
    assert api.get(None, path).status_code == 404


def test_every_other_route_asks_for_a_token_first_but_those_of_whoever_is_not_staff_yet(api):
    asked = {
        (method, rule.rule): re.sub(r"<(int:)?\w+>", "1", rule.rule)
        for rule in api.client.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint not in OPEN | FOR_ANYONE
    }
    assert len(asked) > 20
    assert [one for one, path in asked.items() if api.ask(None, one[0], path).status_code != 401] == []
