"""The first visit, counted: taps, typed characters, words on the way, with location denied."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from infra.local.stack import Stack
from shared.geo.cells import cell_of
from tests.residents.placing import await_cell
from tests.residents.push import Phone, until
from tests.residents.register import house
from tests.residents.resident import Resident
from tests.residents.test_push_permission import answer_permission

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

MOST_TAPS, MOST_TYPED, MOST_WORDS = 6, 20, 120
SHOWN = "document.querySelector('main').innerText.split(/\\s+/).filter(Boolean)"
GREETING = "document.querySelector('.panel--good').innerText.split(/\\s+/).filter(Boolean)"


class Visit:
    """What somebody does and reads who reads everything that stands there, once a screen."""

    def __init__(self, phone: Phone) -> None:
        self.page = phone.page
        self.taps = 0
        self.typed = ""
        self.read: dict[str, int] = {}

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.tap()

    def type(self, text: str) -> None:
        self.typed += text
        self.page.keyboard.type(text)

    def reads(self, screen: str, words: str = SHOWN) -> None:
        self.read[screen] = len(self.page.evaluate(words))


@pytest.mark.parametrize("locale", ["pl-PL", "en-GB", "uk-UA"])
def test_an_address_by_its_name_in_few_taps_letters_and_words(
    stack: Stack, new_resident: Callable[..., Resident], locale: str
):
    phone = Phone(stack, new_resident(permissions=["notifications"], locale=locale))
    answer_permission(phone.page, "default", asked="granted")
    page, visit = phone.page, Visit(phone)
    phone.resident.open()
    visit.reads("consent")
    visit.tap('label[for="consent"]')
    visit.tap("#begin")
    expect(page.locator("#by-map")).to_be_visible()
    visit.reads("address")
    visit.tap("#address")
    visit.type("glowna 12")
    option = page.locator(".combobox__option")
    expect(option.first).to_contain_text("Główna 12")
    visit.reads("found", "document.querySelector('.combobox__list').innerText.split(/\\s+/).filter(Boolean)")
    visit.tap(".combobox__option")
    expect(page.locator("#save")).to_be_visible()
    visit.reads("chosen")
    visit.tap("#save")
    visit.taps += 1  # the browser's own question
    expect(page.locator(".panel--good")).to_be_visible()
    visit.reads("done", GREETING)
    at = house("Główna", "12")
    await_cell(phone.resident, "1", cell_of(at.lat, at.lon))
    until(phone.notifications, lambda found: [one["tag"] for one in found] == ["trial"])
    words = sum(visit.read.values())
    print(
        f"first visit ({locale}), location denied: {visit.taps} taps with the browser's question, "
        f"{len(visit.typed)} characters, {words} words {visit.read}"
    )
    assert visit.taps <= MOST_TAPS
    assert len(visit.typed) <= MOST_TYPED
    assert words <= MOST_WORDS
