"""Every page of the staff in every state, on a desktop, on a phone and enlarged twice."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.accessibility import assert_accessible, violations
from tests.browser.site import Site, paste_area, write_texts
from tests.browser.town import LAT, LNG, square

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

SCREENS = ("desktop", "desktop at 200 %", "phone")


def test_signing_in(site: Site):
    page = site.open()
    assert_accessible(page, SCREENS)
    page.locator("form button[type=submit]").click()
    assert_accessible(page, SCREENS)
    site.enter_password(page, "anna", "wrong")
    expect(page.locator("#failure")).to_be_visible()
    assert_accessible(page, SCREENS)
    site.enter_password(page, "anna")
    expect(page.locator("#code")).to_be_visible()
    assert_accessible(page, SCREENS)


def test_composing_with_everything_open_and_wrong(site: Site):
    page = site.signed_in("anna", "/alerts/new")
    for fold in page.locator("details").all():
        fold.locator("> summary").click()
    page.get_by_label("Dodaj tekst: Українська").check()
    page.get_by_label("O wybranej godzinie").check()
    page.get_by_label("Cicho przy wysyłce").check()
    page.get_by_role("button", name="Rysuj obszar").click()
    assert_accessible(page, SCREENS)
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(page.locator("#failure")).to_be_focused()
    assert_accessible(page, SCREENS)
    page.locator("#geojson").fill("{")
    page.get_by_role("button", name="Dodaj wklejony obszar").click()
    assert_accessible(page, SCREENS)


def test_an_alert_from_draft_to_the_question_before_approval(site: Site):
    page = site.signed_in("anna", "/alerts/new")
    write_texts(page, "Zamknięta ul. Główna", "Objazd ul. Leśną.\nDo 18:00.")
    paste_area(page, square(LAT, LNG, 0.2, 0.01))
    expect(page.get_by_role("button", name="Przytnij do granic gminy")).to_be_visible()
    assert_accessible(page, SCREENS)
    page.get_by_role("button", name="Przytnij do granic gminy").click()
    expect(page.locator(".reach__figures")).to_be_visible()
    page.get_by_role("button", name="Zapisz szkic").click()
    expect(page.get_by_text("Zapisano szkic.")).to_be_visible()
    expect(page.locator(".history li").first).to_be_visible()
    assert_accessible(page, SCREENS)
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(page.locator(".govuk-tag")).to_have_text("Do zatwierdzenia")
    assert_accessible(page, SCREENS)

    approver = site.signed_in("piotr", page.url.removeprefix(site.address))
    approver.get_by_role("button", name="Zatwierdź i wyślij").click()
    expect(approver.get_by_role("dialog")).to_contain_text("telefon")
    assert_accessible(approver, SCREENS)
    approver.get_by_role("button", name="Wróć", exact=True).click()
    approver.get_by_role("link", name="Wszystkie alerty").click()
    expect(approver.locator(".alert-row").first).to_be_visible()
    assert_accessible(approver, SCREENS)


def test_what_is_missing_or_failed(site: Site):
    page = site.signed_in("anna", "/alerts/nowhere/at/all")
    assert_accessible(page, SCREENS)

    def fail(route: Route) -> None:
        route.fulfill(status=503, content_type="application/problem+json", body='{"title": "Nie działa"}')

    page.route(f"{site.address}/api/**", fail)
    page.get_by_role("link", name="Lista alertów").click()
    expect(page.locator("#failure")).to_contain_text("Nie działa")
    assert_accessible(page, SCREENS)
    page.unroute(f"{site.address}/api/**")
    page.get_by_role("button", name="Spróbuj ponownie").click()
    expect(page.locator("h1")).to_have_text("Alerty")


@pytest.mark.parametrize("colours", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str)
def test_other_colours_leave_everything_readable(site: Site, colours: dict[str, Any]):
    page = site.signed_in("anna", **colours)
    assert violations(page) == []
    page.get_by_role("link", name="Nowy alert").click()
    page.get_by_role("button", name="Rysuj obszar").click()
    assert violations(page) == []


def test_motion_is_left_out_on_request(site: Site):
    page = site.open(reduced_motion="reduce")
    moving = "document.getAnimations().length"
    assert page.evaluate(moving) == 0
