"""The card that a host gives to guests: its QR code holds the link, on every page colour and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import segno
from playwright.sync_api import Page, expect

from shared.geo.cells import cell_of
from tests.browser.town import LAT, LNG, Town
from tests.residents.resident import Resident
from tests.residents.settled import Settled

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

NewResident = Callable[..., Resident]

HOTEL = cell_of(LAT + 0.004, LNG - 0.003)
NEXT_WEEK = (datetime.now(UTC) + timedelta(days=7)).date().isoformat()

LONGEST = "Ж" * 40  # as firestore.rules allows; six characters of the link each

# Whether each module is dark, the white ones around the code too, as the browser fills the picture.
MODULES = """() => {
  const svg = document.querySelector('.place-card .qr');
  const { width } = svg.viewBox.baseVal;
  const [ground, dark] = [...svg.querySelectorAll('path')];
  const filled = (path, x, y) => path.isPointInFill(new DOMPoint(x + 0.5, y + 0.5));
  const range = [...Array(width).keys()];
  return range.map(y => range.map(x => filled(ground, x, y) && filled(dark, x, y)));
}"""
COLOURS = "() => [...document.querySelectorAll('.qr path')].map(path => getComputedStyle(path).fill)"
ON_PAPER = """() => [...document.querySelectorAll('body *')]
  .filter(element => element.checkVisibility({visibilityProperty: true}) && !element.closest('.place-card'))
  .map(element => element.outerHTML.slice(0, 80))"""


def _fill_the_codeword(buffer: bytearray, version: int, length: int) -> None:
    buffer.extend([0] * (-length % 8))


@pytest.fixture(autouse=True)
def segno_to_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """segno adds a codeword of zeros when the last one is full already, which readers skip; ISO/IEC 18004
    (7.4.10) has none there."""
    monkeypatch.setattr("segno.encoder.write_padding_bits", _fill_the_codeword)


def codes_of(text: str) -> list[list[list[bool]]]:
    """What may stand for the text at level Q: one picture for each of the eight masks, which readers undo."""
    made = [segno.make(text, error="q", boost_error=False, micro=False, mask=mask) for mask in range(8)]
    return [[[bool(on) for on in row] for row in code.matrix_iter(border=4)] for code in made]


@pytest.fixture
def resident(settled: Settled) -> Resident:
    return settled.done()


@pytest.fixture
def app_page(resident: Resident) -> Page:
    """No view is open yet."""
    return resident.page


def host(resident: Resident, town: Town, label: str = "Hotel") -> Page:
    """The view of a place that may be shared."""
    place = {"label": label, "cell": HOTEL, "updated": datetime.now(UTC)}
    town.registers.write(f"residents/{resident.uid()}/places/1", place)
    page = resident.open("/app/places/1")
    expect(page.locator(".place-map canvas").first).to_be_visible()
    return page


def share(resident: Resident, town: Town, label: str = "Hotel") -> Page:
    """The place's view with the card for its guests."""
    page = host(resident, town, label)
    page.locator(".place-share summary").click()
    expect(page.locator(".place-card .qr")).to_be_visible()
    return page


@pytest.mark.parametrize("label", ["Pensjonat Żuk", LONGEST])
def test_the_qr_code_holds_exactly_the_link(app_page: Page, resident: Resident, town: Town, label: str):
    page = share(resident, town, label)
    link = page.locator("#share-link").inner_text()
    assert link == f"{resident.address}/app/visit#cell={HOTEL}"
    assert page.evaluate(MODULES) in codes_of(link)


def test_the_qr_code_follows_the_last_day(app_page: Page, resident: Resident, town: Town):
    page = share(resident, town)
    page.locator("#share-until").fill(NEXT_WEEK)
    link = page.locator("#share-link")
    expect(link).to_contain_text(f"until={NEXT_WEEK}")
    assert page.evaluate(MODULES) in codes_of(link.inner_text())
    page.locator("#share-until").fill("2020-01-01")
    expect(page.locator(".place-card")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("pl", "Kod QR"),
        ("en", "QR code"),
        ("uk", "QR-код"),
    ],
)
def test_the_qr_code_has_a_name_in_every_language(
    app_page: Page, resident: Resident, town: Town, language: str, name: str
):
    app_page.evaluate("language => localStorage.setItem('language', language)", language)
    page = share(resident, town)
    expect(page.get_by_role("img", name=re.compile(f"^{name} .*Hotel$"))).to_be_visible()


def test_the_qr_code_is_dark_on_white_on_a_dark_page_too(resident: Resident, town: Town):
    resident.page.emulate_media(color_scheme="dark")
    assert share(resident, town).evaluate(COLOURS) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_what_draws_the_qr_code_comes_only_when_it_is_wanted(app_page: Page, resident: Resident, town: Town):
    asked: list[str] = []
    app_page.on("request", lambda request: asked.append(request.url))
    host(resident, town)
    assert [url for url in asked if "/js/qr-" in url] == []
    app_page.locator(".place-share summary").click()
    expect(app_page.locator(".qr")).to_be_visible()
    assert len([url for url in asked if "/js/qr-" in url]) == 1


def test_without_what_draws_it_the_link_is_there_all_the_same(app_page: Page, resident: Resident, town: Town):
    app_page.context.route("**/js/qr-*.js", lambda route: route.abort())
    host(resident, town)
    app_page.locator(".place-share summary").click()
    expect(app_page.locator(".place-card")).to_contain_text("Kod QR się nie wczytał.")
    expect(app_page.locator("#share-link")).to_contain_text("/app/visit#cell=")


def test_only_the_card_is_printed(app_page: Page, resident: Resident, town: Town):
    page = share(resident, town)
    page.emulate_media(media="print")
    assert page.evaluate(ON_PAPER) == []
    expect(page.locator(".place-card")).to_be_visible()
    expect(page.locator("#share-link")).to_be_visible()


def test_the_card_is_reached_and_printed_by_keyboard(app_page: Page, resident: Resident, town: Town):
    page = share(resident, town)
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.locator("#share-until").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Drukuj":
            break
    page.keyboard.press("Enter")
    expect(page).to_have_title("printed")
