"""Where the app cannot start, and where its address changes under it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from shared.geo.cells import cell_of
from tests.browser.town import LAT, LNG, Town
from tests.residents.placing import save, type_coordinates
from tests.residents.resident import Resident
from tests.residents.test_onboarding import IPHONE
from tests.residents.test_push_permission import answer_permission

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]


def test_who_cannot_run_the_app_is_led_to_what_needs_none(resident: Resident):
    resident.page.route("**/js/main-*.js", lambda route: route.abort())
    resident.page.goto(resident.address)
    resident.page.get_by_role("link", name="alerty bez aplikacji").click()
    expect(resident.page).to_have_url(f"{resident.address}/alerts")


def test_the_step_of_notifications_that_are_on_can_only_be_done(
    new_resident: Callable[..., Resident],
):
    resident = new_resident(permissions=["notifications"])
    page = resident.open()
    resident.agree()
    resident.skip()
    expect(page.locator("#receive-state")).to_have_class("receive-state receive-state--on")
    expect(page.locator("#skip-step")).to_have_count(0)
    page.get_by_role("button", name="Dalej").click()
    expect(page).to_have_url(f"{resident.address}/")
    assert page.evaluate("JSON.parse(localStorage.getItem('welcome')).left") == ["place"]


def test_another_link_in_the_same_window_shows_its_own_place(town: Town, resident: Resident):
    page = resident.settle()
    for label, lat in (("Hotel", LAT), ("Kemping", LAT + 0.01)):
        page.goto(f"{resident.address}/app/visit#cell={cell_of(lat, LNG)}&label={label}")
        expect(page.locator("#label")).to_have_value(label)


def test_what_was_done_elsewhere_is_not_asked_for_any_more(new_resident: Callable[..., Resident]):
    """Notifications were switched on, and the app closed before "Next"."""
    resident = new_resident(permissions=["notifications"])
    page = resident.open()
    resident.agree()
    resident.skip()
    expect(page.locator("#receive-state")).to_have_class("receive-state receive-state--on")
    resident.open("/")
    unfinished = page.get_by_role("region", name="Zostało do zrobienia")
    expect(unfinished).to_contain_text("Dodaj adres")
    expect(unfinished).not_to_contain_text("Włącz powiadomienia")


def test_who_was_forgotten_by_the_browser_is_told_why_the_app_begins_anew(resident: Resident):
    page = resident.settle()
    page.evaluate("indexedDB.deleteDatabase('firebaseLocalStorageDb')")

    page.goto("about:blank")
    page.goto(resident.address)
    expect(page.locator("#forgotten")).to_be_visible()


def test_a_visitors_link_survives_the_way_to_an_iphones_home_screen(
    town: Town, new_resident: Callable[..., Resident]
):
    """The app there starts elsewhere, with a storage of its own: the link is taken along by hand."""
    link = f"/app/visit#cell={cell_of(LAT, LNG)}&label=Hotel"
    iphone = new_resident(user_agent=IPHONE)
    page = iphone.open(link)
    shown = page.locator("#visit-link + .alert__address")
    expect(shown).to_have_text(iphone.address + link)
    text = shown.inner_text()
    iphone.open("/")
    expect(page.locator("#visit-link")).to_have_count(0)
    on_home_screen = new_resident()
    page = on_home_screen.settle("/app/places/new")
    type_coordinates(page, text)
    on_home_screen.expect_view("Miejsce z linku")
    expect(page.locator("#label")).to_have_value("Hotel")


def test_what_is_told_once_in_the_banner_is_not_told_again_above_the_alerts(
    new_resident: Callable[..., Resident],
):
    resident = new_resident()
    answer_permission(resident.page, "denied")
    resident.open()
    resident.agree()
    page = resident.page
    type_coordinates(page, f"{LAT:.5f}, {LNG:.5f}")
    save(page, "Dom")
    expect(page).to_have_url(f"{resident.address}/app/notifications")
    resident.skip()
    expect(page).to_have_url(f"{resident.address}/")
    page.reload()
    expect(page.get_by_role("complementary", name="Powiadomienia są wyłączone")).to_be_visible()
    expect(page.get_by_role("region", name="Zostało do zrobienia")).to_have_count(0)


def test_an_office_can_be_asked_before_one_agrees(town: Town, resident: Resident):
    office = {
        "municipalities": [{"name": "Gmina Regionalna", "terc": "1", "contact": {"phone": "12 272 12 34"}}]
    }
    resident.page.route("**/municipalities.json", lambda route: route.fulfill(json=office))
    page = resident.open("/app/about")
    expect(page.locator(".contact a")).to_have_attribute("href", "tel:122721234")
    expect(page.locator(".footer a[href='tel:112']")).to_have_text("112")
