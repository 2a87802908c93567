"""The link of a letter: the address is filled in, and joining takes three taps and no typing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from infra.local.accounts import TERC
from infra.local.stack import Stack
from shared.geo.cells import cell_of
from tests.accessibility import assert_accessible
from tests.residents.placing import await_cell, press_save
from tests.residents.push import Phone, until
from tests.residents.register import SYM, VILLAGE_SYM, house
from tests.residents.resident import Resident
from tests.residents.test_onboarding import IPHONE
from tests.residents.test_push_permission import answer_permission

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

NewResident = Callable[..., Resident]

HOME = f"{TERC}.{SYM}.00102.7"  # Rynek 7
LINK = f"/app/join#a={HOME}"
RYNEK_7 = house("Rynek", "7")
CELL = cell_of(RYNEK_7.lat, RYNEK_7.lon)


class Taps:
    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, selector: str) -> None:
        self.count += 1
        self.page.locator(selector).tap()


def test_scanned_agreed_and_joined_with_a_notification_to_see(stack: Stack, new_resident: NewResident):
    phone = Phone(stack, new_resident(permissions=["notifications"]))
    answer_permission(phone.page, "default", asked="granted")
    page = phone.resident.open(LINK)
    taps = Taps(page)
    expect(page.locator("#place-point")).to_have_text("Rynek 7")
    expect(page.locator("#consent")).not_to_be_checked()
    taps('label[for="consent"]')
    taps("#join")
    browsers_question = 1
    expect(page).to_have_url(f"{phone.resident.address}/")
    expect(page.locator("main")).to_contain_text("Gotowe. Tu pojawią się alerty dla Twoich adresów.")
    place = await_cell(phone.resident, "1", CELL)
    assert place["codes"]["mapValue"]["fields"]["number"] == {"stringValue": "7"}
    until(phone.notifications, lambda found: [one["tag"] for one in found] == ["trial"])
    assert taps.count + browsers_question <= 3
    print(f"joined by a letter on Android: {taps.count} taps and the browser's question, nothing typed")


def test_what_the_link_says_goes_to_no_server_and_leaves_the_address_bar(resident: Resident):
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url + str(request.headers) + (request.post_data or ""))

    resident.page.context.on("request", note)
    page = resident.open(LINK)
    expect(page).to_have_url(f"{resident.address}/app/join")
    expect(page.locator("#place-point")).to_have_text("Rynek 7")
    assert_accessible(page)
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])")
    assert HOME not in stored
    page.locator("#consent").check()
    page.locator("#join").click()
    expect(page.locator(".tabs")).to_be_visible()
    await_cell(resident, "1", CELL)
    assert [one for one in asked if HOME in one] == []


def test_without_consent_nothing_is_stored(resident: Resident):
    page = resident.open(LINK)
    page.locator("#join").click()
    expect(page.locator("#consent-error")).to_contain_text("Zaznacz zgodę")
    expect(page.locator("#consent")).to_be_focused()
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_role("button", name="English").click()
    expect(page.locator("#place-point")).to_have_text("Rynek 7")
    expect(page.locator("#consent")).not_to_be_checked()


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("", "W tym linku nie ma adresu."),
        ("a=1.2.3.4", "W tym linku nie ma adresu."),
        (f"a=0000011.{SYM}.00102.7", "Ta gmina nie wysyła alertów"),
        (f"a={TERC}.{SYM}.00102.999", "Tego adresu nie ma już w rejestrze."),
        (f"a={TERC}.{SYM}.99999.7", "Tego adresu nie ma już w rejestrze."),
    ],
)
def test_a_link_that_leads_to_no_address_is_explained(resident: Resident, fragment: str, words: str):
    page = resident.open(f"/app/join#{fragment}")
    expect(page.locator("#join-problem")).to_contain_text(words)
    page.get_by_role("link", name="Wybierz adres").click()
    expect(page.locator("#consent")).to_be_visible()


def test_a_village_without_streets_has_letters_too(resident: Resident):
    page = resident.open(f"/app/join#a={TERC}.{VILLAGE_SYM}.-.3")
    expect(page.locator("#place-point")).to_have_text("Zalesie 3")


def test_who_has_the_app_adds_the_address_by_one_tap(new_resident: NewResident):
    resident = new_resident()
    resident.settle()
    page = resident.open(LINK)
    expect(page.locator("#consent")).to_have_count(0)
    page.locator("#join").click()
    expect(page.locator(".place strong")).to_have_text("Rynek 7")
    await_cell(resident, "1", CELL)


def test_an_iphone_takes_the_link_along_to_its_home_screen(new_resident: NewResident):
    iphone = new_resident(user_agent=IPHONE, permissions=["clipboard-write", "clipboard-read"])
    page = iphone.open(LINK)
    expect(page.locator("#visit-link + .alert__address")).to_have_text(iphone.address + LINK)
    page.locator("#copy-link").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == iphone.address + LINK
    installed = new_resident()
    page = installed.settle("/app/places/new")
    page.locator("#address").fill(copied)
    expect(page.locator("#place-point")).to_have_text("Rynek 7")
    expect(page).to_have_url(f"{installed.address}/app/join")
    page.locator("#join").click()
    await_cell(installed, "1", CELL)


def test_a_visitors_link_is_pasted_where_a_street_is_typed(new_resident: NewResident):
    resident = new_resident()
    page = resident.settle("/app/places/new")
    page.locator("#address").fill(f"Nocleg: {resident.address}/app/visit#cell={CELL}")
    resident.expect_view("Miejsce z linku")
    press_save(page)
    await_cell(resident, "1", CELL)
