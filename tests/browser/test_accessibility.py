"""WCAG 2.1 AA on every page and state, as axe sees it; on a phone, on a desktop and enlarged twice."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.site import Site, overflow, paste_area, violations, write_texts
from tests.browser.town import LAT, LNG, square

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "desktop at 200 %": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
}
TOUCH_TARGET = 44  # CSS pixels; WCAG 2.1, 2.5.5

SMALL_TARGETS = """least => [...document.querySelectorAll('button, summary, input, textarea, nav a')]
  .filter(element => element.checkVisibility() && !['file', 'radio', 'checkbox'].includes(element.type))
  .map(element => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
  .filter(([, box]) => box.width < least || box.height < least)
  .map(([html, box]) => `${html} ${box.width} x ${box.height}`)"""


def _assert_good(page: Page) -> None:
    assert violations(page) == []
    assert overflow(page) <= 0
    assert page.evaluate(SMALL_TARGETS, TOUCH_TARGET) == []


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> dict[str, Any]:
    return SCREENS[request.param]


def test_signing_in(site: Site, screen: dict[str, Any]):
    page = site.open(**screen)
    _assert_good(page)
    page.locator("form button[type=submit]").click()
    _assert_good(page)
    site.enter_password(page, "anna", "wrong")
    expect(page.locator("#failure")).to_be_visible()
    _assert_good(page)
    site.enter_password(page, "anna")
    expect(page.locator("#code")).to_be_visible()
    _assert_good(page)


def test_composing_with_everything_open_and_wrong(site: Site, screen: dict[str, Any]):
    page = site.signed_in("anna", "/alerts/new", **screen)
    for fold in page.locator("details").all():
        fold.locator("summary").click()
    page.get_by_label("Dodaj tekst po angielsku").check()
    page.get_by_label("O wybranej godzinie").check()
    page.get_by_label("To jest ćwiczenie").check()
    page.get_by_label("Cicho przy wysyłce").check()
    page.get_by_role("button", name="Rysuj obszar").click()
    _assert_good(page)
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(page.locator("#failure")).to_be_focused()
    _assert_good(page)
    page.locator("#geojson").fill("{")
    page.get_by_role("button", name="Dodaj wklejony obszar").click()
    _assert_good(page)


def test_an_alert_from_draft_to_the_question_before_approval(site: Site, screen: dict[str, Any]):
    page = site.signed_in("anna", "/alerts/new", **screen)
    write_texts(page, "Zamknięta ul. Główna", "Objazd ul. Leśną.\nDo 18:00.")
    paste_area(page, square(LAT, LNG, 0.2, 0.01))
    expect(page.get_by_role("button", name="Przytnij do granic gminy")).to_be_visible()
    _assert_good(page)
    page.get_by_role("button", name="Przytnij do granic gminy").click()
    expect(page.locator(".reach__figures")).to_be_visible()
    page.get_by_role("button", name="Zapisz szkic").click()
    expect(page.get_by_text("Zapisano szkic.")).to_be_visible()
    expect(page.locator(".history li")).to_have_count(1)
    _assert_good(page)
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(page.locator(".govuk-tag")).to_have_text("Do zatwierdzenia")
    _assert_good(page)

    approver = site.signed_in("piotr", page.url.removeprefix(site.address), **screen)
    approver.get_by_role("button", name="Zatwierdź i wyślij").click()
    expect(approver.get_by_role("dialog")).to_contain_text("telefon")
    _assert_good(approver)
    approver.get_by_role("button", name="Wróć").click()
    approver.get_by_role("link", name="Wszystkie alerty").click()
    expect(approver.locator(".alert-row").first).to_be_visible()
    _assert_good(approver)


def test_what_is_missing_or_failed(site: Site, screen: dict[str, Any]):
    page = site.signed_in("anna", "/alerts/nowhere/at/all", **screen)
    _assert_good(page)

    def fail(route: Route) -> None:
        route.fulfill(status=503, content_type="application/problem+json", body='{"title": "Nie działa"}')

    page.route("**/api/**", fail)
    page.get_by_role("link", name="Lista alertów").click()
    expect(page.locator("#failure")).to_contain_text("Nie działa")
    _assert_good(page)
    page.unroute("**/api/**")
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
