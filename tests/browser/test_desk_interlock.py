"""The number that whoever approves confirms, and what the page says of an alert that the interlock held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from shared.domain.alert import HistoryEntry, State, replace
from shared.domain.interlock import Interlock, Shown
from tests.accessibility import assert_accessible
from tests.browser.desk import Desk, desk, eventually
from tests.fakes.areas import GAZETTEER

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

HOUSES = 33  # of ulica Różana, in the area


def asked(page: Page) -> None:
    """Its figures have come, and the question stands."""
    expect(page.locator(".decision .reach__figures")).to_contain_text("adres")
    expect(page.locator(".map canvas").first).to_be_visible()
    page.locator(".actions").get_by_role("button", name="Zatwierdź i wyślij").click()
    expect(page.locator("#confirmed")).to_contain_text("Potwierdzasz zasięg:")


def test_the_question_says_the_number_and_a_yes_keeps_it(desk: Desk):
    desk.submitted()
    page = desk.open("piotr", "/alerts/a1")
    asked(page)
    expect(page.locator("#confirmed")).to_contain_text(f"{HOUSES} adres")
    assert_accessible(page, ("phone", "phone, dark"))
    page.locator("#dialog-yes").click()
    eventually(page, lambda: desk.stored("a1").state is State.SCHEDULED)
    kept = desk.stored("a1").interlock
    assert kept
    assert (kept.addresses, kept.shown) == (HOUSES, Shown(None, None))


def test_another_number_is_said_and_then_confirmed(desk: Desk):
    """The next register came between the page and the yes."""
    desk.submitted()
    page = desk.open("piotr", "/alerts/a1")
    asked(page)
    town, *others = GAZETTEER.localities
    fewer = replace(town, streets=town.streets[1:])
    desk.office.areas.gazetteers = {GAZETTEER.terc: replace(GAZETTEER, localities=(fewer, *others))}
    page.locator("#dialog-yes").click()
    expect(page.locator("#failure")).to_contain_text(f"Potwierdzono {HOUSES} adresów")
    assert desk.stored("a1").state is State.SUBMITTED
    asked(page)
    expect(page.locator("#confirmed")).to_contain_text("0 adresów")
    page.locator("#dialog-yes").click()
    eventually(page, lambda: desk.stored("a1").state is State.SCHEDULED)


def held(desk: Desk, why: str, state: State = State.HELD, **details: str) -> None:
    now = datetime.now(UTC) - timedelta(minutes=5)
    stopped = now if state is State.ACTIVE else None
    started = now - timedelta(minutes=1) if stopped else None
    approved = Interlock("1:x", 1, now, HOUSES + 7)
    made = desk.alert(
        "a1", state=state, held=now, stopped=stopped, started=started, approved=now, interlock=approved,
        generation=1,
    )  # fmt: skip
    entry = HistoryEntry("hold", now, None, state, made.revision, made.version, {"why": why, **details})
    desk.office.alerts.note("a1", entry)


def test_what_was_held_says_why_and_asks_once_more(desk: Desk):
    held(desk, "interlock: addresses", approved="40", found="33")
    page = desk.open("piotr", "/alerts/a1")
    expect(page.locator(".govuk-inset-text").first).to_contain_text(
        "W obszarze jest 33 adresów; zatwierdzono 40."
    )
    asked(page)
    expect(page.get_by_role("dialog").locator(".surprise")).to_contain_text("zatwierdzono 40")
    expect(page.locator("#dialog-yes")).to_be_disabled()
    page.locator("#sure").check()
    page.locator("#dialog-yes").click()
    eventually(page, lambda: desk.stored("a1").state is State.SCHEDULED)


def test_what_was_altered_while_it_was_sent_says_so(desk: Desk):
    held(desk, "interlock: changed", State.ACTIVE)
    page = desk.open("piotr", "/alerts/a1")
    notice = page.locator(".govuk-inset-text").first
    expect(notice).to_contain_text("nie są takie, jak zatwierdzono")
    expect(notice).to_contain_text("Wysyłkę wstrzymano")


def test_what_is_late_says_what_it_said(desk: Desk):
    held(desk, "late")
    page = desk.open("piotr", "/alerts/a1")
    expect(page.locator(".govuk-inset-text").first).to_contain_text("Pora wysyłki minęła")
