"""Signing in with password and authenticator code, the language switch, signing out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from infra.local.accounts import TERC, password
from infra.local.auth_client import Account
from infra.local.stack import Stack
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]


def test_a_wrong_password_is_told_in_words_and_tells_nothing_of_the_account(site: Site):
    page = site.open()
    site.enter_password(page, "piotr", "not-the-password")
    told = page.locator("#failure")
    expect(told).to_contain_text("Adres e-mail lub hasło są nieprawidłowe.")
    expect(told).to_be_focused()
    page.locator("#email").fill("nobody@regionalna.example")
    page.locator("#password").fill("not-the-password")
    page.locator("form button[type=submit]").click()
    expect(told).to_contain_text("Adres e-mail lub hasło są nieprawidłowe.")


def test_nothing_is_asked_of_the_server_while_a_field_is_empty(site: Site):
    page = site.open()
    page.locator("form button[type=submit]").click()
    expect(page.locator("#email")).to_be_focused()
    expect(page.locator("#email-error")).to_contain_text("Podaj adres e-mail.")


def test_after_a_wrong_code_the_right_one_signs_in(site: Site, stack: Stack):
    page = site.open("/alerts?show=draft")
    site.enter_password(page, "olga")
    expect(page.locator("#code")).to_be_focused()
    site.enter_code(page, "12")
    expect(page.locator("#code-error")).to_contain_text("Kod ma sześć cyfr.")
    right = stack.code("olga")
    site.enter_code(page, f"{(int(right) + 1) % 1_000_000:06}")
    expect(page.locator("#code-error")).to_contain_text("Kod jest nieprawidłowy.")
    expect(page.locator("#code")).to_be_focused()
    site.enter_code(page, f"{right[:3]} {right[3:]}")
    expect(page.locator("#code")).to_have_count(0)
    assert page.url.endswith("/alerts?show=draft")  # where the link led


def test_an_account_without_a_second_factor_is_refused(site: Site, stack: Stack):
    claims = {"terc": TERC, "roles": ["author"], "name": "Bez Kodu"}
    stack.auth.create(Account("staff-bez", "bez@regionalna.example", "Bez Kodu", claims), password())
    page = site.open()
    page.locator("#email").fill("bez@regionalna.example")
    page.locator("#password").fill(password())
    page.locator("form button[type=submit]").click()
    expect(page.locator("#failure")).to_contain_text("To konto nie ma aplikacji z kodami.")
    page.reload()
    expect(page.locator("h1")).to_have_text("Zaloguj się")


def test_english_is_one_press_away_and_stays(site: Site):
    page = site.signed_in("anna")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Alerts")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title(re.compile("^Alerts"))
    page.reload()
    expect(page.get_by_role("link", name="New alert")).to_be_visible()
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator("h1")).to_have_text("Alerty")


def test_signing_out_leaves_nothing_of_the_person_behind(site: Site):
    page = site.signed_in("anna", "/alerts/new")
    page.locator("#pl-title").fill("Niedokończone")
    page.get_by_role("button", name="Wyloguj").click()
    expect(page.locator("h1")).to_have_text("Zaloguj się")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []
    page.goto(f"{site.address}/alerts")
    expect(page.locator("h1")).to_have_text("Zaloguj się")


def test_an_address_that_is_no_page_says_so(site: Site):
    page = site.signed_in("anna", "/alerts/a/b/c")
    expect(page.locator("h1")).to_have_text("Nie ma takiej strony")
    page.get_by_role("link", name="Lista alertów").click()
    expect(page.locator("h1")).to_have_text("Alerty")
    expect(page.locator("h1")).to_be_focused()


def test_whom_the_api_refuses_is_told_and_can_sign_out(site: Site):
    page = site.signed_in("anna")
    refusal = {"status": 403, "content_type": "application/problem+json"}
    page.route("**/api/me", lambda route: route.fulfill(**refusal, body='{"title": "Brak uprawnień"}'))
    page.reload()
    expect(page.locator("#failure")).to_contain_text("Brak uprawnień")
    page.get_by_role("button", name="Wyloguj").click()
    expect(page.locator("h1")).to_have_text("Zaloguj się")
