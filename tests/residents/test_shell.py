"""What stands around every view: headings, focus, titles, the way back, no network, what cannot be opened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from infra.local.accounts import TERC
from infra.local.stack import PROJECT, Stack
from shared.geo.cells import cell_of
from tests.accessibility import PHONES, assert_accessible
from tests.browser.town import LAT, LNG, Town
from tests.residents.resident import Resident
from tests.residents.settled import Settled
from tests.residents.test_onboarding import IPHONE

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

SCREENS = (*PHONES, "desktop")


def test_welcome_and_about_are_accessible(resident: Resident):
    page = resident.open()
    assert_accessible(page, SCREENS)
    page.locator("#begin").click()
    expect(page.locator("#consent-error")).to_be_visible()
    assert_accessible(page, SCREENS)
    resident.open("/app/about")
    assert_accessible(page, SCREENS)


def test_the_way_to_the_home_screen_is_accessible(new_resident: Any):
    assert_accessible(new_resident(user_agent=IPHONE).open())


def test_settings_are_accessible_in_every_state(settled: Settled):
    resident = settled.done()
    page = resident.open("/app/settings")
    assert_accessible(page, SCREENS)
    page.locator("#category-event").uncheck()
    page.locator("#quiet").check()
    expect(page.locator('[data-state="saved"]')).to_be_visible()
    assert_accessible(page, SCREENS)
    page.locator("#quiet-from").fill("06:00")
    expect(page.locator("#quiet-error")).to_be_visible()
    page.context.set_offline(True)
    page.locator("#category-event").check()
    expect(page.locator('[data-state="queued"]')).to_be_visible()
    assert_accessible(page, SCREENS)
    page.context.set_offline(False)
    expect(page.locator('[data-state="saved"]')).to_be_visible()


def test_missing_and_failed_views_are_accessible_and_say_what_to_do(settled: Settled):
    resident = settled.done()
    page = resident.open()
    page.evaluate("history.pushState(null, '', '/app/nothing')")
    page.reload()
    resident.expect_view("Nie ma takiej strony")
    assert_accessible(page, SCREENS)
    page.get_by_role("link", name="Przejdź do alertów").click()
    expect(page).to_have_url(f"{resident.address}/")


def test_a_view_that_cannot_be_loaded_says_what_to_do_and_is_tried_again(settled: Settled):
    resident = settled.done()  # without the worker, which would have the file
    page = resident.open("/")  # which has not loaded it
    page.route("**/js/more-*.js", lambda route: route.abort())
    page.get_by_role("link", name="Ustawienia").click()
    resident.expect_view("Coś się nie udało")
    expect(page.locator("main")).to_contain_text("dzwoń 112")
    assert_accessible(page, SCREENS)
    page.unroute("**/js/more-*.js")
    page.get_by_role("button", name="Spróbuj ponownie").click()
    resident.expect_view("Ustawienia")


def test_the_thumbs_navigation_moves_focus_and_title_and_the_way_back_works(settled: Settled):
    resident = settled.done()
    page = resident.open()
    page.get_by_role("link", name="Ustawienia").click()
    resident.expect_view("Ustawienia")
    expect(page.locator("h1")).to_be_focused()
    expect(page).to_have_title("Ustawienia – Alert Online")
    expect(page.locator('.tabs [aria-current="page"]')).to_contain_text("Ustawienia")
    page.get_by_role("link", name="Moje adresy").click()
    expect(page.locator('.tabs [aria-current="page"]')).to_contain_text("Moje adresy")
    page.go_back()
    resident.expect_view("Ustawienia")
    expect(page.locator("h1")).to_be_focused()
    page.go_forward()
    expect(page).to_have_url(f"{resident.address}/app/places")


def test_the_whole_first_visit_works_with_the_keyboard_alone(resident: Resident):
    page = resident.open()
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    _tab_to(page, "#consent")
    page.keyboard.press("Space")
    _tab_to(page, "#begin")
    page.keyboard.press("Enter")
    expect(page.locator(".tabs")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()
    for step in ("/app/notifications", "/"):
        _tab_to(page, "#skip-step")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{resident.address}{step}")
        expect(page.locator("h1")).to_be_focused()


def test_settings_work_with_the_keyboard_alone(settled: Settled):
    resident = settled.done()
    page = resident.open("/app/settings")
    _tab_to(page, "#category-event")
    page.keyboard.press("Space")
    expect(page.locator('[data-state="saved"]')).to_be_visible()
    expect(page.locator("#category-event")).to_be_focused()
    _tab_to(page, "#severity-Minor")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#severity-Moderate")).to_be_checked()


def _tab_to(page: Page, selector: str, most: int = 60) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {most} tabs")


def test_the_lost_network_is_told_while_it_lasts(settled: Settled):
    page = settled.done().open()
    page.context.set_offline(True)
    expect(page.get_by_text("Brak połączenia z internetem. To, co widać")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Brak połączenia z internetem. To, co widać")).to_have_count(0)


def test_about_says_who_to_ask_and_when_consent_was_given(settled: Settled):
    resident = settled.done()
    page = resident.open("/app/about")
    expect(page.get_by_text("Zgoda udzielona w tej przeglądarce:")).to_be_visible()
    expect(page.get_by_role("link", name="Moje dane: pobierz lub usuń")).to_be_visible()
    licences = page.get_by_role("link", name="Lista bibliotek i licencji").get_attribute("href")
    assert page.request.get(f"{resident.address}{licences}").text().count("\nlit-html\n") == 1


def _give_contact(stack: Stack, contact: dict[str, str]) -> None:
    """Adds to the municipality's document what it says about itself; all else stays."""
    fields = {
        "contact": {"mapValue": {"fields": {name: {"stringValue": text} for name, text in contact.items()}}}
    }
    database = f"http://{stack.host('firestore')}/v1/projects/{PROJECT}/databases/(default)/documents"
    requests.patch(
        f"{database}/municipalities/{TERC}",
        params={"updateMask.fieldPaths": "contact"},
        headers={"Authorization": "Bearer owner"},
        json={"fields": fields},
        timeout=30,
    ).raise_for_status()


def test_about_gives_the_contact_of_the_municipality_of_my_address(
    settled: Settled, stack: Stack, town: Town
):
    _give_contact(stack, {"phone": "+48 33 000 00 00", "dpo": "iod@regionalna.example"})
    resident = settled.done()
    page = resident.open()
    place = {"label": "Dom", "cell": cell_of(LAT, LNG), "updated": datetime.now(UTC)}
    town.registers.write(f"residents/{resident.uid()}/places/1", place)
    resident.open("/app/about")
    expect(page.get_by_role("heading", name="Gmina Regionalna")).to_be_visible()
    expect(page.get_by_role("link", name="+48 33 000 00 00")).to_have_attribute("href", "tel:+48330000000")
    expect(page.locator(".contact")).to_contain_text("iod@regionalna.example")


def test_nothing_moves_for_those_who_ask_for_that(new_resident: Any):
    page = new_resident(reduced_motion="reduce").open()
    moving = page.evaluate("document.getAnimations().length")
    assert moving == 0


def test_print_leaves_the_controls_out(settled: Settled):
    resident = settled.done()
    page = resident.open("/app/about")
    page.emulate_media(media="print")
    expect(page.locator(".tabs")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_the_interface_speaks_the_browsers_language_at_first(new_resident: Any):
    for locale, language in {"uk-UA": "uk", "en-GB": "en", "de-DE": "pl"}.items():
        page = new_resident(locale=locale).open()
        expect(page.locator("html")).to_have_attribute("lang", language)
