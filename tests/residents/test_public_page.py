"""The public pages as people see them: on a phone, enlarged, in the dark, without JavaScript, on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
from playwright.sync_api import Page, expect

from shared.domain.alert import Severity, State, Text
from shared.domain.content import Category, Response
from shared.domain.covered import Covered, CoveredName
from shared.domain.public_alert import Kind
from tests.accessibility import assert_accessible
from tests.fakes.alert_values import TERC, replace
from tests.fakes.areas import DWORCOWA, ROZANA, VILLAGE
from tests.fakes.public_office import SENT, PublicOffice, published, signed
from tests.fakes.signer import SeededKey
from tests.residents.conftest import SCREEN
from tests.residents.public_site import serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LONG = "Nadzwyczajniedługasłowotwórczapróba" * 3
TEXTS = {
    "pl": Text("Brak wody: ul. Główna", "Pękła rura.\nBeczkowóz: Rynek, od 15:00."),
    "en": Text("No water: ul. Główna", "A pipe burst."),
    "uk": Text("Немає води: ul. Główna", "Прорвало трубу."),
}
STREET = shapely.to_geojson(shapely.box(19.929, 49.8335, 19.94, 49.8345))  # ulica Różana
MINUTE = timedelta(minutes=1)
FOLLOWER = signed(published("a2", kind=Kind.CORRECTION, version=2, sent=SENT + MINUTE, texts=TEXTS))
FORGED = signed(published("f1", thread="f1"), SeededKey(7))
COVERED = (
    CoveredName(ROZANA, "ul. Różana", 42, 42),
    CoveredName(DWORCOWA, "ul. Dworcowa", 7, 117),
    CoveredName(VILLAGE, "Zawada", 1, 12),
)
NAMED = signed(published("n1", thread="n1", texts=TEXTS, area=STREET, covers=Covered(COVERED, 50, 171)))
STATES = {
    "/a/n1": [NAMED],
    "/a/a1": [signed(published(texts=TEXTS)), FOLLOWER],
    "/a/a2?lang=en": [signed(published(texts=TEXTS)), FOLLOWER],
    "/a/a2?lang=uk": [signed(published(texts=TEXTS)), FOLLOWER],
    "/a/x1": [signed(published("x1", thread="x1", severity=Severity.EXTREME, exercise=True))],
    "/a/c1": [signed(published("c1", thread="c1", state=State.CANCELLED, cancelled=SENT, texts=TEXTS))],
    "/a/e1": [signed(published("e1", thread="e1", expires=SENT, severity=Severity.SEVERE))],
    "/a/l1": [
        signed(published("l1", thread="l1", texts={"pl": Text(LONG, LONG * 9)}, area_name=LONG)),
    ],
    "/a/u1": [published("u1", thread="u1", severity=Severity.MINOR)],
    "/a/f1": [FORGED],
    f"/alerts/{TERC}": [signed(published(texts=TEXTS)), FOLLOWER, FORGED],
    f"/alerts/{TERC}?lang=en": [],
    "/alerts": [],
    "/a/unknown": [],
}
EVACUATED: dict[str, Any] = {
    "category": Category.WARNING,
    "response": Response("Evacuate"),
    "severity": Severity.EXTREME,
}
WITHDRAWN = signed(published(texts=TEXTS, state=State.CANCELLED, cancelled=SENT, **EVACUATED))
ABOVE_THE_TITLE = "({offsetTop}) => offsetTop < document.querySelector('h1').offsetTop"
# What a message says first, on the screen and on paper.
SAID_FIRST: dict[str, tuple[dict[str, Any], str]] = {
    "Próba": ({"exercise": True}, "To jest ćwiczenie. Nic nie musisz robić."),
    "Błąd": ({"kind": Kind.CORRECTION}, "była błędna i została wycofana. Nie stosuj się do niej: Brak wody"),
    "Mniej": ({"kind": Kind.UPDATE, "narrowed": "eased"}, "To nie znaczy, że można już wracać"),
    "Koniec": ({"kind": Kind.ALL_CLEAR, "severity": Severity.MINOR}, "Koniec zagrożenia. Wcześniejsze zal"),
    "Czekamy": ({"next_info": SENT}, "Jeszcze jej nie ma."),
    "Minęło": ({"expires": SENT}, "Zagrożenie mogło nie minąć."),
}


@dataclass
class Reading:
    office: PublicOffice
    address: str
    new_page: Callable[..., Page]

    def open(self, path: str, **options: Any) -> Page:
        page = self.new_page(**{**SCREEN, **options})
        page.goto(self.address + path)
        expect(page.locator("h1")).to_be_visible()
        return page


@pytest.fixture
def reading(
    monkeypatch: pytest.MonkeyPatch, new_page: Callable[..., Page], built_site: Path
) -> Iterator[Reading]:
    office = PublicOffice()
    with serving(office, monkeypatch) as address:
        yield Reading(office, address, new_page)


def test_every_page_in_every_state_is_fit_for_all(reading: Reading):
    page = reading.new_page(**SCREEN)
    for path, alerts in STATES.items():
        reading.office.store.alerts.clear()
        reading.office.store.put(*alerts)
        page.goto(reading.address + path)
        expect(page.locator("h1")).to_be_visible()
        for fold in page.locator("summary").all():
            fold.click()
        if page.locator("#verification").count():
            expect(page.locator("#verification-result")).not_to_have_text("")
        assert_accessible(page)


def test_what_a_message_is_stands_first_on_the_screen_and_on_paper(reading: Reading):
    page = reading.new_page(**SCREEN)
    for number, (title, (changes, words)) in enumerate(SAID_FIRST.items(), start=2):
        told = {**EVACUATED, "texts": {"pl": Text(title, "Zamknij okna.")}, **changes}
        reading.office.store.alerts.clear()
        reading.office.store.put(WITHDRAWN, signed(published(f"a{number}", version=2, **told)))
        page.goto(f"{reading.address}/a/a{number}")  # browsers keep a page for seconds
        banner = page.locator(".banner").filter(has_text=words)
        expect(banner).to_be_visible()
        assert_accessible(page, ("phone", "phone, dark", "phone at 200 %"))
        page.emulate_media(media="print")
        expect(banner).to_be_visible()
        expect(page.locator("h1")).to_have_text(f"ĆWICZENIE: {title}" if title == "Próba" else title)
        assert banner.evaluate(ABOVE_THE_TITLE), title
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1, title
        page.emulate_media(media="screen")


def test_everything_can_be_read_without_javascript(reading: Reading):
    reading.office.store.put(*STATES["/a/a1"])
    page = reading.open("/a/a1", java_script_enabled=False)
    expect(page.locator("h1")).to_have_text("Brak wody: ul. Główna")
    expect(page.locator("svg.map").first).to_be_visible()
    page.get_by_role("link", name="Sprostowanie").click()
    expect(page).to_have_url(f"{reading.address}/a/a2")
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("No water: ul. Główna")
    page.get_by_role("link", name="All alerts").click()
    expect(page.locator("h1")).to_have_text("Alerts: Gmina Regionalna")


def test_the_browser_says_that_the_signature_is_genuine(reading: Reading):
    reading.office.store.put(*STATES["/a/a1"])
    page = reading.open("/a/a1")
    expect(page.locator("#verification-result")).to_contain_text("Podpis jest prawdziwy")


def test_the_browser_says_that_a_strangers_signature_is_not(reading: Reading):
    reading.office.store.put(FORGED)
    page = reading.open("/a/f1")
    expect(page.locator("#verification-result")).to_contain_text("Nie potwierdzono")
    expect(page.locator(".banner.broken")).to_be_visible()


def test_by_keyboard_the_first_step_leads_past_the_header(reading: Reading):
    reading.office.store.put(*STATES["/a/a1"])
    page = reading.open("/a/a1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Przejdź do treści")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Sprostowanie")).to_be_focused()


def test_links_are_large_enough_for_a_thumb_where_they_stand_alone(reading: Reading):
    reading.office.store.put(*STATES["/a/a1"])
    page = reading.open("/a/a1")
    low = page.evaluate(
        "[...document.querySelectorAll('header a, nav a, summary')]"
        ".filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    )
    assert low == []


def test_whether_an_address_is_in_the_area_is_answered_without_javascript(reading: Reading):
    reading.office.store.put(NAMED)
    page = reading.open("/a/n1", java_script_enabled=False)
    expect(page.locator(".within li").first).to_have_text("ul. Różana: wszystkie 42 adresy")
    page.get_by_label("Ulica i numer, miejscowość").fill("Rórzana 12")
    page.get_by_role("button", name="Sprawdź").click()
    expect(page).to_have_url(f"{reading.address}/a/n1/address")
    page.get_by_role("button", name="ul. Różana 12, Regionalna").click()
    expect(page.locator("#answer")).to_have_text("Tak")
    page.get_by_label("Ulica i numer, miejscowość").fill("Zawada 3")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_have_text("Nie")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{reading.address}/a/n1?lang=en")


def test_every_answer_about_an_address_is_fit_for_all(reading: Reading):
    reading.office.store.put(NAMED)
    page = reading.open("/a/n1")
    for line in ("Różana 12", "Zawada 3", "Różana 99", "Rórzana", "Nie ma takiej 5"):
        page.goto(f"{reading.address}/a/n1")
        page.locator("#address").fill(line)
        page.get_by_role("button", name="Sprawdź").click()
        expect(page.locator("#answer")).to_be_visible()
        assert_accessible(page)


def test_the_map_says_in_words_what_it_shows_by_name(reading: Reading):
    reading.office.store.put(NAMED)
    page = reading.open("/a/n1")
    drawn = page.get_by_role("img", name="W obszarze alertu: ul. Różana, ul. Dworcowa, Zawada")
    expect(drawn).to_be_visible()


def test_a_notice_with_very_many_streets_fits_one_sheet(reading: Reading):
    names = tuple(CoveredName(f"1:{at}", f"ul. Bohaterów Wsi {at}", 7, 117) for at in range(50))
    many = Covered(names, 350, 8000, more=31, more_inside=400)
    reading.office.store.put(signed(published("m1", thread="m1", texts=TEXTS, covers=many)))
    page = reading.open("/a/m1")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    expect(page.get_by_text("Innych nazw: 69. Są na stronie alertu.")).to_be_visible()
    expect(page.locator("#ask")).to_be_hidden()


@pytest.mark.parametrize("path", ["/a/a1", "/a/c1"])
def test_a_notice_fits_one_sheet_and_has_its_code(reading: Reading, path: str):
    body = "Zakręć krany. Nie włączaj pralki. Pytania: 12 345 67 89.\n" * 8
    texts = {**TEXTS, "pl": Text(TEXTS["pl"].title, body)}
    reading.office.store.put(*(signed(replace(alert, texts=texts)) for alert in STATES[path]))
    page = reading.open(path)
    expect(page.locator(".qr")).to_be_hidden()
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    expect(page.locator(".qr")).to_be_visible()
    expect(page.locator("#real")).to_be_hidden()
    expect(page.locator(".languages")).to_be_hidden()


def test_what_is_printed_from_the_dark_is_black_on_white(reading: Reading):
    reading.office.store.put(*STATES["/a/a1"])
    page = reading.open("/a/a1", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    style = "getComputedStyle(document.body)"
    colours = page.evaluate(f"[{style}.color, {style}.backgroundColor]")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
