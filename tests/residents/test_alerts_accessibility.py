"""WCAG 2.1 AA on the list and on an alert in every state, as axe sees it; by keyboard; at 200 %."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from shared.domain.alert import Category, Severity, State
from shared.domain.public_alert import Kind
from tests.browser.conftest import PHONE
from tests.browser.site import overflow, picture, violations
from tests.residents.office import METRE, Office, Point, now
from tests.residents.reader import Reader, home, office
from tests.residents.resident import Resident

__all__ = ["home", "office"]
pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

SCREENS: dict[str, dict[str, Any]] = {
    "light": {"viewport": PHONE},
    "dark": {"viewport": PHONE, "color_scheme": "dark"},
    "at 200 %": {"viewport": {"width": 320, "height": 450}, "device_scale_factor": 2},
    "forced colours": {"viewport": PHONE, "forced_colors": "active"},
}
HEADINGS = "[...document.querySelectorAll('main :is(h1, h2, h3, h4)')]"
HEADINGS += ".filter(one => one.checkVisibility()).map(({tagName, id}) => [Number(tagName[1]), id])"
SMALL_TARGETS = """least => [...document.querySelectorAll('main a, main button, main summary')]
  .filter(element => element.checkVisibility())
  .map(element => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
  .filter(([, box]) => box.height < least)
  .map(([html, box]) => `${html} ${box.width} x ${box.height}`)"""
TOUCH_TARGET = 44  # CSS pixels; WCAG 2.1, 2.5.5


def _assert_good(page: Page, folder: Path, name: str) -> None:
    picture(page, folder, name)
    assert violations(page) == []
    assert overflow(page) <= 0
    assert page.evaluate(SMALL_TARGETS, TOUCH_TARGET) == []
    headings = page.evaluate(HEADINGS)
    levels = [level for level, _ in headings]
    assert levels[0] == 1, headings
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in pairwise(levels)), headings


@pytest.mark.parametrize("screen", SCREENS)
def test_every_state_of_the_list_and_of_an_alert(
    new_resident: Callable[..., Resident], office: Office, home: Point, screen: str, tmp_path: Path
):
    reader = Reader(new_resident(**SCREENS[screen]), office, home)
    page = reader.page
    _assert_good(page, tmp_path, "nothing-now")
    first = office.publish(home, "Brak wody: ul. Główna", severity=Severity.SEVERE)
    update = office.follow_up(first, Kind.UPDATE, "Brak wody: ul. Główna, do 20:00")
    office.publish(home, "Ewakuacja: ul. Nadrzeczna", severity=Severity.EXTREME, exercise=True)
    office.publish(home, "Zebranie", severity=Severity.MINOR, category=Category.EVENT)
    forged = office.publish(home, "Fałszywy alert")
    office.write(forged, signature="A" * 86)
    over = office.publish(home, "Odwołany", state=State.CANCELLED, cancelled=now())
    far = office.publish((home[0] + 700 * METRE, home[1]), "Gdzie indziej")
    office.publish(home, "Wygasły", sent=now() - timedelta(days=2), expires=now() - timedelta(days=1))
    office.wish(reader.uid, muted=["event"])
    expect(page.locator("#now .alerts__item")).to_have_count(4)
    expect(page.locator("#before .alerts__item")).to_have_count(2)
    expect(page.get_by_text("Bez powiadomienia")).to_be_visible()
    for fold in page.locator("details").all():
        fold.locator("summary").click()
    _assert_good(page, tmp_path, "list")
    for alert in (first, update, forged, over, far):
        reader.read(alert.id)
        expect(page.locator(".alert-map canvas").first).to_be_visible()
        expect(page.locator("#why-text")).to_be_visible()
        _assert_good(page, tmp_path, alert.texts["pl"].title)
    reader.read(update.id).get_by_role("button", name="To mnie nie dotyczy").click()
    expect(page.locator("#reported")).to_be_visible()
    _assert_good(page, tmp_path, "reported")
    reader.resident.open("/app/alert/nothing")
    _assert_good(page, tmp_path, "missing")


def _tab_to(page: Page, text: str) -> None:
    """Fails when the keyboard never comes there."""
    focused = "document.activeElement.matches('a, button, summary') ? document.activeElement.textContent : ''"
    for _ in range(40):
        page.keyboard.press("Tab")
        if text in page.evaluate(focused):
            return
    raise AssertionError(f"no way to {text!r} by keyboard")


def test_everything_is_reached_by_keyboard(
    new_resident: Callable[..., Resident], office: Office, home: Point
):
    reader = Reader(new_resident(), office, home)
    page = reader.page
    office.publish((home[0] + 700 * METRE, home[1]), "Gdzie indziej")
    first = office.publish(home, "Brak wody")
    office.follow_up(first, Kind.UPDATE, "Brak wody do 20:00")
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
