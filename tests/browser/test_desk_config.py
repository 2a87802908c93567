"""Where the page lets staff sign in: at the project of its site, or at the one that the API names."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from shared import settings
from tests.browser.desk import ADDRESS, Desk, desk

__all__ = ["desk"]  # a fixture

pytestmark = pytest.mark.browser


def project(desk: Desk) -> object:
    return desk.open("anna").evaluate("globalThis.firebaseConfig")


def test_it_is_the_project_of_the_site(desk: Desk):
    assert project(desk) == {"projectId": "demo"}


def test_it_is_the_one_that_the_api_names(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AUTH_PROJECT", "demo-staff")
    monkeypatch.setenv("AUTH_API_KEY", "key-of-staff")
    settings.settings.cache_clear()
    domain = "demo-staff.firebaseapp.com"
    assert project(desk) == {"projectId": "demo-staff", "apiKey": "key-of-staff", "authDomain": domain}


def test_an_api_of_before_names_none(desk: Desk):
    desk.broken["/api/config"] = 404
    assert project(desk) == {"projectId": "demo"}


def test_without_the_api_nobody_is_asked_for_a_password(desk: Desk):
    desk.broken["/api/config"] = 503
    page = desk.context("anna").new_page()
    page.goto(f"{ADDRESS}/alerts")
    expect(page.get_by_role("button", name="Spróbuj ponownie")).to_be_visible()
    expect(page.locator("input[type=password]")).to_have_count(0)
