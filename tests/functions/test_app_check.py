"""The staff's API asks for App Check's token where the deployment wants it; stopping never needs one."""

from __future__ import annotations

import logging

import pytest

from shared import settings, wiring
from shared.domain.alert import State
from shared.errors import Unavailable
from tests.fakes.alert_values import alert

HEADER = "X-Firebase-AppCheck"


class FakeAppChecker:
    """Fulfils ports.AppChecker: one token counts, and it is `away` when told."""

    away = False

    def attested(self, token: str) -> bool:
        if self.away:
            raise Unavailable
        return token == "ours"


@pytest.fixture
def checker(monkeypatch):
    found = FakeAppChecker()
    monkeypatch.setattr(wiring, "app_checker", lambda: found)
    return found


@pytest.fixture
def mode(monkeypatch, api, checker):
    def become(value):
        monkeypatch.setenv("APP_CHECK", value)
        settings.settings.cache_clear()

    return become


def asked(api, token=None):
    return api.get("anna", "/api/alerts", headers={HEADER: token} if token else {}).status_code


def test_nobody_is_asked_while_it_is_off(api, checker, caplog):
    assert asked(api) == asked(api, "foreign") == 200
    assert "App Check" not in caplog.text


def test_who_only_watches_refuses_nobody_and_says_who_came_without(api, mode, caplog):
    mode("monitor")
    assert asked(api, "ours") == 200
    assert "App Check" not in caplog.text
    with caplog.at_level(logging.WARNING):
        assert asked(api) == asked(api, "foreign") == 200
    assert caplog.text.count("App Check") == 2
    assert "foreign" not in caplog.text


def test_a_bare_script_is_refused_where_it_counts(api, mode):
    mode("enforce")
    assert asked(api, "ours") == 200
    assert asked(api, "foreign") == 403
    refused = api.get("anna", "/api/alerts")
    assert (refused.status_code, refused.json["code"]) == (403, "app-not-attested")


def test_it_is_asked_before_anybody_is_looked_up(api, mode):
    mode("enforce")
    assert api.get(None, "/api/alerts").status_code == 403


def test_the_page_learns_the_key_before_it_is_attested(api, mode, monkeypatch):
    monkeypatch.setenv("APP_CHECK_SITE_KEY", "6Lc_key")
    mode("enforce")
    assert api.get(None, "/api/config").json["app_check"] == "6Lc_key"


def test_an_alert_is_stopped_without_it(office, api, mode):
    mode("enforce")
    office.alerts.put(alert("a1", state=State.ACTIVE))
    stopped = api.ask("anna", "POST", "/api/alerts/a1/cancel", headers={"If-Match": '"1"'})
    assert stopped.status_code == 200


def test_where_the_keys_cannot_be_read_nobody_is_refused(api, mode, checker, caplog):
    mode("enforce")
    checker.away = True
    assert asked(api, "ours") == 200
    assert "cannot be read" in caplog.text
    assert asked(api) == 403


def test_another_word_is_no_mode():
    local = {"GOOGLE_CLOUD_PROJECT": "demo", "PUBLIC_URL": "https://a.example", "WORKER_ACCOUNT": "w@x"}
    with pytest.raises(settings.SettingsError, match="APP_CHECK"):
        settings.read({**local, "APP_CHECK": "on"})
