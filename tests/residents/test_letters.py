"""A letter's code, read from the page and opened on a phone: its own address, joined by a few taps."""

from __future__ import annotations

import os
from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from infra.local.stack import Stack
from manage.letters.mailing import Batch, Letter, mailing_of
from manage.letters.pages import Sender, rendered
from shared.adapters.area_documents import search_documents
from shared.formats.search_json import packed
from tests.browser.town import Town
from tests.gazetteers import made
from tests.residents.push import Phone, until
from tests.residents.register import GAZETTEER
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(900)]

READ = int(os.environ.get("LETTERS", "3"))  # letters; 200 for the whole run, on a stack that just began
REGISTER = made() if sum(one.count for one in GAZETTEER.localities) < READ else GAZETTEER
SITE = "https://alerty.gmina.pl"
DOTS_PER_POINT = 150 / 72
MOST_TAPS = 3
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)
# Counts what a finger does: every click, and the answer to the browser's question.
COUNTING = """
window.taps = 0;
addEventListener('click', ({isTrusted}) => { window.taps += Number(isTrusted); }, true);
let allowed = 'default';
Object.defineProperty(Notification, 'permission', {get: () => allowed});
Notification.requestPermission = async () => {
  window.taps += 1;
  return (allowed = 'granted');
};
"""


def letters(count: int) -> tuple[Letter, ...]:
    every = [one for batch in mailing_of(REGISTER, SITE).batches for one in batch.letters]
    return tuple(every[:: max(1, len(every) // count)][:count])


def scanned(letters: tuple[Letter, ...]) -> list[str]:
    document = pypdfium2.PdfDocument(rendered(Batch("some", letters), Sender("Gmina Regionalna", {}, SITE)))
    try:
        pictures = [page.render(scale=DOTS_PER_POINT).to_pil() for page in document]
    finally:
        document.close()
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]


@pytest.fixture(scope="module")
def register(town: Town) -> None:
    """Every address of the letters is in the app's register, too."""
    if REGISTER is not GAZETTEER:
        for name, document in search_documents(packed(REGISTER), "letters", {}).items():
            town.registers.write(f"areas/{REGISTER.terc}/layers/{name}", document)


def open_link(resident: Resident, link: str) -> Page:
    page = resident.page
    page.goto("about:blank")
    page.goto(link.replace(SITE, resident.address))
    return page


@pytest.mark.usefixtures("register")
def test_each_code_opens_the_app_at_its_own_address(new_resident: Callable[..., Resident]):
    resident = new_resident(service_workers="block")
    asked: list[str] = []
    resident.page.on("request", lambda request: asked.append(request.url))
    wanted = letters(READ)
    links = scanned(wanted)
    assert len(links) == len(wanted) == READ
    for letter, link in zip(wanted, links, strict=True):
        page = open_link(resident, link)
        expect(page.locator("#place-point")).to_have_text(
            f"{letter.street or letter.locality} {letter.number}"
        )
        expect(page.locator("#consent")).not_to_be_checked()
        assert "#" not in page.url
    assert not [url for url in asked if "join" in url and "?" in url]
    assert not [url for url in asked if any(link.partition("#a=")[2] in url for link in links)]


@pytest.mark.usefixtures("register")
def test_a_phone_joins_by_three_taps_and_no_typing_and_shows_the_trial(
    stack: Stack, new_resident: Callable[..., Resident]
):
    phone = Phone(stack, new_resident(permissions=["notifications"]))
    page = phone.page
    page.add_init_script(COUNTING)
    (letter,) = letters(1)
    open_link(phone.resident, scanned((letter,))[0])
    page.locator("#consent").check()
    page.locator("#join").click()
    expect(page.locator(".tabs")).to_be_visible()
    device = until(
        lambda: phone.resident.document("/devices/1"), lambda found: bool(found and "arrived" in found)
    )
    taps = page.evaluate("window.taps")
    print(f"Android: {taps} taps")
    assert taps <= MOST_TAPS
    assert device["system"]["stringValue"] in ("android", "other")
    place = phone.resident.document("/places/1")
    assert place["codes"]["mapValue"]["fields"]["number"] == {"stringValue": letter.number}


@pytest.mark.usefixtures("register")
def test_on_an_iphone_the_steps_to_the_home_screen_are_counted(new_resident: Callable[..., Resident]):
    resident = new_resident(service_workers="block", user_agent=IPHONE)
    (letter,) = letters(1)
    page = open_link(resident, scanned((letter,))[0])
    expect(page.locator("#home-screen")).to_be_visible()
    drawn = page.locator(".drawn-list li").count()
    copied = page.locator("#copy-link").count()
    taps = drawn + 2 * copied + MOST_TAPS
    print(f"iPhone: {taps} taps, {drawn} of them to the home screen, {2 * copied} with the link")
    expect(page.locator("main")).to_contain_text(letter.link.removeprefix(SITE))
    assert drawn > 0
