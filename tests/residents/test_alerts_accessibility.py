"""The list and an alert in every state, on every screen; and by keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from shared.domain.alert import Category, Severity, State
from shared.domain.public_alert import Kind, PublicAlert
from tests.accessibility import assert_accessible
from tests.residents.publisher import METRE, Point, Publisher, now
from tests.residents.reader import Reader, home, office, reader
from tests.residents.settled import Settled

__all__ = ["home", "office", "reader"]
pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

LONG_TITLE = "Przeciwpowodziowe zabezpieczanie najniebezpieczniejszych odcinków"
LONG_AREA = "Nowe Skalmierzyce-Poduchowne, Wszystkichświętych i Dziewięćdziesięciosześciolecia"


@dataclass(frozen=True)
class News:
    """Alerts of every severity, kind, mark and end, some with words that are longer than a line."""

    first: PublicAlert
    update: PublicAlert
    forged: PublicAlert
    over: PublicAlert
    far: PublicAlert


@pytest.fixture
def news(reader: Reader, office: Publisher, home: Point) -> News:
    first = office.publish(home, "Brak wody: ul. Główna", severity=Severity.SEVERE)
    update = office.follow_up(first, Kind.UPDATE, "Brak wody: ul. Główna, do 20:00")
    office.publish(home, LONG_TITLE, severity=Severity.EXTREME, exercise=True, area_name=LONG_AREA)
    office.publish(home, "Zebranie", severity=Severity.MINOR, category=Category.EVENT)
    forged = office.publish(
        home, "Fałszywy alert", severity=Severity.EXTREME, exercise=True, kind=Kind.CORRECTION
    )
    office.write(forged, signature="A" * 86)
    over = office.publish(home, "Odwołany", state=State.CANCELLED, cancelled=now(), kind=Kind.ALL_CLEAR)
    far = office.publish((home[0] + 700 * METRE, home[1]), "Gdzie indziej", area_name=LONG_AREA)
    office.publish(home, "Wygasły", sent=now() - timedelta(days=2), expires=now() - timedelta(days=1))
    office.wish(reader.uid, muted=["event"])
    expect(reader.page.locator("#now .alerts__item")).to_have_count(4)
    expect(reader.page.locator("#before .alerts__item")).to_have_count(2)
    expect(reader.page.locator("#now .alerts__item").filter(has_text="Bez powiadomienia")).to_have_count(1)
    return News(first, update, forged, over, far)


def _unfold(page: Page) -> None:
    for fold in page.locator("details").all():
        fold.locator("summary").click()


def test_the_list_without_alerts(reader: Reader, tmp_path: Path):
    assert_accessible(reader.page, pictures=tmp_path)


def test_the_list_with_everything_in_it_in_every_language(reader: Reader, news: News, tmp_path: Path):
    page = reader.page
    for language in ("pl", "en", "uk"):
        page.evaluate("language => localStorage.setItem('language', language)", language)
        reader.resident.open()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("#now .alerts__item")).to_have_count(4)
        expect(reader.item("Fałszywy alert").locator(".mark--bad")).to_be_visible()
        _unfold(page)
        assert_accessible(page, pictures=tmp_path)


def test_an_alert_in_every_state(reader: Reader, news: News, tmp_path: Path):
    page = reader.page
    for alert in (news.first, news.update, news.forged, news.over, news.far):
        reader.read(alert.id)
        expect(page.locator(".alert-map canvas").first).to_be_visible()
        expect(page.locator("#why-text")).to_be_visible()
        assert_accessible(page, pictures=tmp_path)
    reader.get_by_push(news.update.id)
    reader.read(news.update.id).get_by_role("button", name="To mnie nie dotyczy").click()
    expect(page.locator("#reported")).to_be_visible()
    assert_accessible(page, pictures=tmp_path)


def test_an_alert_that_is_not_there(settled: Settled, tmp_path: Path):
    assert_accessible(settled.done().open("/app/alert/nothing"), pictures=tmp_path)


def _tab_to(page: Page, text: str) -> None:
    """Fails when the keyboard never comes there, though it is shown."""
    expect(page.locator("a, button, summary").filter(has_text=text).first).to_be_visible()
    focused = "document.activeElement.matches('a, button, summary') ? document.activeElement.textContent : ''"
    for _ in range(40):
        page.keyboard.press("Tab")
        if text in page.evaluate(focused):
            return
    raise AssertionError(f"no way to {text!r} by keyboard")


def test_everything_is_reached_by_keyboard(reader: Reader, office: Publisher, home: Point):
    page = reader.page
    office.publish((home[0] + 700 * METRE, home[1]), "Gdzie indziej")
    first = office.publish(home, "Brak wody")
    reader.get_by_push(office.follow_up(first, Kind.UPDATE, "Brak wody do 20:00").id)
    expect(page.locator("#now .alerts__item")).to_contain_text("Wcześniej w tej sprawie (1)")
    _tab_to(page, "Wcześniej w tej sprawie")
    page.keyboard.press("Enter")
    _tab_to(page, "Inne w mojej gminie")
    page.keyboard.press("Space")
    expect(reader.item("Gdzie indziej")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Brak wody", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Brak wody")
    expect(page.locator("h1")).to_be_focused()
    _tab_to(page, "Przejdź do najnowszej")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Brak wody do 20:00")
    _tab_to(page, "To mnie nie dotyczy")
    page.keyboard.press("Enter")
    expect(page.locator("#reported")).to_be_visible()
