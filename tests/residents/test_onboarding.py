"""The first visit: consent before anything is stored, three steps, going on where it was left."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from infra.local.stack import Stack
from tests.residents.push import until
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)


def _requests(page: Page) -> list[str]:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.context.on("request", note)
    return asked


def test_nothing_is_asked_of_firebase_and_nothing_kept_before_consent(resident: Resident, stack: Stack):
    asked = _requests(resident.page)
    page = resident.open()
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Polski").click()
    page.locator("#begin").click()
    expect(page.locator("#consent-error")).to_contain_text("Zaznacz zgodę")
    expect(page.locator("#consent")).to_be_focused()
    resident.open("/app/settings")
    resident.open("/app/places/new")
    hosts = {urlsplit(url).netloc for url in asked}
    assert hosts == {urlsplit(stack.address("residents")).netloc}
    assert not [url for url in asked if "init.json" in url or "/js/session-" in url or "/js/begin-" in url]
    assert page.evaluate("Object.keys(localStorage)") == ["language"]
    assert "firebaseLocalStorageDb" not in page.evaluate(
        "async () => (await indexedDB.databases()).map(({name}) => name)"
    )


def test_consent_signs_in_and_writes_no_more_than_the_language(resident: Resident):
    resident.open()
    resident.agree()
    document = until(resident.document)
    assert document
    assert set(document) == {"language", "updated"}
    assert document["language"] == {"stringValue": "pl"}


def test_three_steps_lead_to_the_alerts(resident: Resident):
    page = resident.open()
    expect(page.locator(".steps__words")).to_have_text("Krok 1 z 3: zgoda")
    resident.agree()
    expect(page).to_have_url(f"{resident.address}/app/places/new")
    expect(page.locator(".steps__words")).to_have_text("Krok 2 z 3: adres")
    expect(page.locator("main h1")).to_be_focused()
    resident.skip()
    expect(page).to_have_url(f"{resident.address}/app/notifications")
    expect(page.locator(".steps__words")).to_have_text("Krok 3 z 3: powiadomienia")
    resident.skip()
    expect(page).to_have_url(f"{resident.address}/")
    expect(page.locator(".steps__words")).to_have_count(0)


def test_what_was_left_out_is_asked_for_above_the_alerts(resident: Resident):
    page = resident.settle()
    unfinished = page.get_by_role("region", name="Zostało do zrobienia")
    expect(unfinished).to_contain_text("Dodaj adres")
    page.reload()
    expect(unfinished).to_contain_text("Dodaj adres")
    unfinished.get_by_role("link", name="Dokończ").click()
    expect(page).to_have_url(f"{resident.address}/app/places/new")
    page.go_back()
    unfinished.get_by_role("button", name="Nie teraz").click()
    expect(unfinished).to_have_count(0)


def test_an_interrupted_visit_goes_on_where_it_was_left(resident: Resident):
    page = resident.open()
    resident.agree()
    resident.open("/")
    page.get_by_role("link", name="Dokończ").click()
    expect(page.locator(".steps__words")).to_have_text("Krok 2 z 3: adres")
    resident.skip()
    resident.open("/")
    expect(page.get_by_role("region", name="Zostało do zrobienia")).to_contain_text("Włącz powiadomienia")


def test_a_link_into_the_app_is_followed_after_consent(resident: Resident):
    page = resident.open("/app/settings")
    expect(page.locator("#consent")).to_be_visible()
    resident.agree()
    expect(page).to_have_url(f"{resident.address}/app/settings")
    resident.expect_view("Ustawienia")


def test_a_shared_alert_needs_no_consent(resident: Resident):
    resident.page.goto(f"{resident.address}/app/alert/abc123")
    expect(resident.page).to_have_url(re.compile("/a/abc123$"))


def test_who_agreed_is_known_at_the_next_visit(resident: Resident):
    resident.settle()
    uid = resident.uid()
    resident.open("/")
    expect(resident.page.locator(".tabs")).to_be_visible()
    assert resident.uid() == uid


def test_the_language_chosen_first_is_the_one_of_the_alerts(resident: Resident):
    page = resident.open()
    page.get_by_role("button", name="Українська").click()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.locator("h1")).to_have_text("Сповіщення, що стосуються ваших адрес")
    expect(page).to_have_title(re.compile("^Сповіщення"))
    resident.agree()
    document = until(resident.document)
    assert document
    assert document["language"] == {"stringValue": "uk"}


def test_an_iphone_is_shown_the_way_to_the_home_screen_first(new_resident: Callable[..., Resident]):
    page = (iphone := new_resident(user_agent=IPHONE)).open()
    expect(page.locator("#consent")).to_have_count(0)
    expect(page.locator(".drawn")).to_have_count(4)
    expect(page.locator(".drawn").nth(1)).to_contain_text("Do ekranu początkowego")
    page.locator("#anyway").click()
    expect(page.locator("#consent")).to_be_focused()
    iphone.agree()


def test_without_a_network_consent_is_not_taken(resident: Resident):
    page = resident.open()
    page.context.set_offline(True)
    page.locator("#consent").check()
    page.locator("#begin").click()
    expect(page.locator("#failure")).to_contain_text("Nie ma połączenia z internetem")
    expect(page.locator("#failure")).to_be_focused()
    page.context.set_offline(False)
    page.locator("#begin").click()
    expect(page.locator(".tabs")).to_be_visible()


EMBEDDED = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/126.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/470.0]"
)
OLD_IPHONE = IPHONE.replace("17_5", "15_8")
SHOWN = "document.querySelector('main').innerText.split(/\\s+/).filter(Boolean).length"
MOST_WORDS = 60


@pytest.mark.parametrize("locale", ["pl-PL", "en-GB", "uk-UA"])
def test_the_first_screen_is_read_at_a_glance_with_the_consent_in_sight(
    new_resident: Callable[..., Resident], locale: str
):
    page = new_resident(locale=locale).open()
    assert page.evaluate(SHOWN) <= MOST_WORDS
    for control in ("#consent", "#begin"):
        expect(page.locator(control)).to_be_in_viewport()
    page.locator("#stored summary").click()
    expect(page.locator("#stored li").first).to_be_visible()


@pytest.mark.parametrize(
    ("agent", "heading"),
    [(EMBEDDED, "Tutaj powiadomienia nie zadziałają"), (OLD_IPHONE, "Ten telefon ma za stary system")],
)
def test_a_browser_that_shows_no_notifications_is_told_at_once(
    new_resident: Callable[..., Resident], agent: str, heading: str
):
    page = (resident := new_resident(user_agent=agent)).open()
    expect(page.locator("#elsewhere")).to_have_text(heading)
    expect(page.locator("#consent")).to_have_count(0)
    page.locator("#anyway").click()
    resident.agree()


def test_an_embedded_browser_leads_to_a_real_one(new_resident: Callable[..., Resident]):
    page = new_resident(user_agent=EMBEDDED, permissions=["clipboard-write"]).open()
    expect(page.locator("#in-chrome")).to_have_attribute(
        "href", re.compile("^intent://.*package=com.android.chrome")
    )
    page.locator("#copy-address").click()
    expect(page.locator("#copy-address")).to_have_text("Skopiowano")
