"""The staff's page on the map, at night and on paper."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from shared.domain.alert import State, Text, replace
from tests.accessibility import assert_accessible
from tests.browser.desk import Desk, desk

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

# Everything that is written on a canvas.
LISTEN = """
window.written = new Set();
const fillText = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
  window.written.add(text);
  return fillText.call(this, text, ...more);
};
"""


def written(page: Page, name: str) -> None:
    page.wait_for_function("name => window.written.has(name)", arg=name)


@pytest.mark.parametrize(("name", "path"), [("anna", "/alerts/new"), ("piotr", "/alerts/a1")])
def test_streets_have_their_names_on_the_map(desk: Desk, name: str, path: str):
    desk.submitted()
    context = desk.context(name)
    context.add_init_script(LISTEN)
    page = desk.tab(context, path)
    written(page, "Regionalna")
    page.locator(".map").focus()
    for _ in range(2):
        page.keyboard.press("+")
        page.wait_for_timeout(500)
    written(page, "Rynek")
    written(page, "Główna")


@pytest.mark.parametrize("path", ["/alerts", "/alerts/a1", "/alerts/new"])
def test_at_night_the_page_is_dark_and_readable(desk: Desk, path: str):
    desk.submitted()
    page = desk.open("ewa", path, color_scheme="dark")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(int(part) < 60 for part in re.findall(r"\d+", colour)[:3])
    assert_accessible(page, ("phone, dark", "phone at 200 %, dark"))


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACTIVE])
def test_an_alert_is_printed_on_one_page_with_who_and_when(desk: Desk, state: State):
    made = desk.alert("a1", state=state, started=datetime.now(UTC) if state is State.ACTIVE else None)
    texts = {
        "pl": Text("Brak wody: ul. Główna", "Pękła rura. Wody nie będzie. " * 12, "Zakręć krany."),
        "en": Text("No water: ul. Główna", "A pipe has burst. " * 15, "Close the taps."),
    }
    desk.office.alerts.put(replace(made, content=replace(made.content, texts=texts)))
    page = desk.open("anna", "/alerts/a1", color_scheme="dark")
    expect(page.locator(".map canvas").first).to_be_visible()
    assert pages(page.pdf(format="A4")) == 1
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_contain_text("Anna Nowak")
    for hidden in (".header", ".actions", ".ol-zoom"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(20, 32, 43)"
