"""The list by what matters: sections, counts, search, and coming back to where one was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from shared.domain.alert import Severity, State
from tests.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.desk import EWA, Desk, desk

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def sections(page: Page) -> dict[str, list[str]]:
    expect(page.locator(".alert-row").first).to_be_visible()
    return {
        str(section.get_attribute("data-section")): [
            title.strip() for title in section.locator(".alert-row__title").all_text_contents()
        ]
        for section in page.locator("section[data-section]").all()
    }


def everything(desk: Desk) -> None:
    now = datetime.now(UTC)
    desk.alert("d1", "Szkic Anny")
    desk.submitted("s1", "Czeka")
    desk.alert("t1", "Jutro", state=State.SCHEDULED, approved=now, send_at=now + timedelta(days=1))
    desk.alert("m1", "Aktywny zwykły", state=State.ACTIVE, started=now)
    desk.alert("m2", "Aktywny groźny", state=State.ACTIVE, started=now, severity=Severity.EXTREME)
    desk.alert("c1", "Wyrzucony szkic", state=State.CANCELLED, finished=now)
    desk.alert("c2", "Odwołany po wysłaniu", state=State.CANCELLED, started=now, finished=now)


def test_an_approver_finds_first_what_waits_for_them(desk: Desk):
    everything(desk)
    page = desk.open("piotr")
    found = sections(page)
    assert list(found) == ["waiting", "now", "soon", "drafts", "over"]
    assert found["waiting"] == ["Czeka"]
    assert found["now"] == ["Aktywny groźny", "Aktywny zwykły"]
    assert set(found["over"]) == {"Wyrzucony szkic", "Odwołany po wysłaniu"}
    expect(page.locator("#desk-waiting")).to_contain_text("(1)")
    expect(page.locator('[data-alert="c1"]')).to_contain_text("nikt go nie dostał")
    expect(page.locator('[data-alert="c2"]')).not_to_contain_text("nikt go nie dostał")
    assert_accessible(page, ("phone", "phone, dark", "desktop"))


def test_an_author_does_not_wait_for_themselves(desk: Desk):
    desk.submitted("s1", "Moje")
    desk.submitted("s2", "Ewy", author=EWA, writers=(EWA.uid,))
    page = desk.open("ewa")
    assert sections(page) == {"waiting": ["Moje"], "others": ["Ewy"]}
    expect(page.locator('[data-alert="s2"]')).to_contain_text("Twój")


def test_filters_tell_how_many_there_are(desk: Desk):
    everything(desk)
    page = desk.open("anna")
    counts = {
        str(link.text_content()).split()[0]: str(link.text_content()).split()[-1]
        for link in page.locator(".filter").all()
    }
    assert counts["Szkice"] == "1"
    assert counts["Aktywne"] == "2"
    page.get_by_role("link", name="Aktywne").click()
    assert list(sections(page)) == ["now"]


@pytest.mark.parametrize("query", ["awaria zolw", "ŻÓŁW", "glowna zolw", "anna żółw"])
def test_an_alert_is_found_however_it_is_spelt(desk: Desk, query: str):
    desk.alert("a1", "Żółw na ulicy")
    desk.alert("a2", "Inna sprawa")
    page = desk.open("anna")
    page.get_by_label("Szukaj").fill(query)
    expect(page.locator(".alert-row")).to_have_count(1)
    expect(page.locator(".alert-row")).to_contain_text("Żółw na ulicy")
    expect(page.get_by_role("status").filter(has_text="Znaleziono 1 alert")).to_have_count(1)
    page.reload()
    expect(page.locator(".alert-row")).to_have_count(1)
    page.get_by_label("Szukaj").fill("nie ma takiego")
    expect(page.get_by_text("Żaden alert nie pasuje")).to_be_visible()
    page.get_by_label("Szukaj").fill("")
    expect(page.locator(".alert-row")).to_have_count(2)


def ended(desk: Desk, count: int) -> None:
    now = datetime.now(UTC)
    for number in range(count):
        at = now - timedelta(days=1, minutes=number)
        desk.alert(
            f"e{number:02}", f"Stary {number}", state=State.EXPIRED, started=at, finished=at, updated=at
        )


def test_the_oldest_is_found_without_being_opened(desk: Desk):
    ended(desk, 45)
    page = desk.open("anna")
    expect(page.locator(".alert-row")).to_have_count(20)
    page.get_by_label("Szukaj").fill("stary 44")
    expect(page.locator(".alert-row")).to_have_count(1)


@pytest.mark.parametrize("way", ["back", "link"])
@pytest.mark.parametrize("address", ["/alerts", "/alerts?show=ended", "/alerts?q=stary"])
def test_coming_back_one_is_where_one_was(desk: Desk, way: str, address: str):
    ended(desk, 50)
    page = desk.open("anna", address)
    if "q=" not in address:
        page.get_by_role("button", name="Pokaż starsze").click()
        expect(page.locator(".alert-row")).to_have_count(40)
    link = page.locator('[data-alert="e30"] a')
    link.click()
    expect(page.locator("h1")).to_have_text("Stary 30")
    left = page.url
    if way == "back":
        page.go_back()
    else:
        page.get_by_role("link", name="Wszystkie alerty").click()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    assert page.locator(".alert-row").count() >= 40
    assert page.url != left
    assert page.url.endswith(address)


def test_a_list_opened_anew_begins_at_its_heading(desk: Desk):
    ended(desk, 30)
    page = desk.open("anna", "/alerts?show=ended")
    page.get_by_role("button", name="Pokaż starsze").click()
    page.locator('[data-alert="e25"] a').click()
    expect(page.locator("h1")).to_have_text("Stary 25")
    page.locator(".header__home").click()
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("text", ["W" * 120, "\u0301" * 60 + "a", "a" * 60 + " " + "b" * 59])
def test_no_text_makes_the_list_wider_than_the_screen(desk: Desk, text: str):
    desk.alert("a1", text)
    page = desk.open("anna", viewport=PHONE)
    expect(page.locator(".alert-row")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_left_alone_asks_little(desk: Desk):
    ended(desk, 60)
    context = desk.context("anna")
    context.clock.install()
    page = desk.tab(context, "/alerts")
    for _ in range(2):
        page.get_by_role("button", name="Pokaż starsze").click()
    expect(page.locator(".alert-row")).to_have_count(60)
    before = len(desk.asked)
    page.clock.run_for(10_000)
    page.evaluate("fetch('/icon.svg').then((answer) => answer.text())")
    assert 1 <= len(desk.asked) - before <= 2
