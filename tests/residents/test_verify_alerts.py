"""Is it real? What the app and the public page say of genuine, forged, altered and foreign alerts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from infra.local.stack import Stack
from shared.domain.public_alert import Kind, PublicAlert
from shared.ports import SigningKey
from tests.fakes.signer import SeededKey
from tests.residents.publisher import Point, Publisher, sealed
from tests.residents.reader import Reader, home, office, reader

__all__ = ["home", "office", "reader"]
pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

STRANGER = SeededKey(200)
FORGED_TEXT = {"pl": {"title": "Uciekaj z miasta", "body": "Natychmiast."}}


def _sealed(alert: PublicAlert, key: SigningKey, named: str) -> dict[str, str]:
    signature = sealed(alert, key, named)
    return {"signed": signature.text, "signature": signature.value, "key": signature.key}


def _altered(alert: PublicAlert, office: Publisher) -> dict[str, Any]:
    text = sealed(alert, office.signs).text.replace("Pękła", "Nie pękła")
    return {"signed": text, "texts": FORGED_TEXT}


def _stranger(alert: PublicAlert, office: Publisher) -> dict[str, Any]:
    return {**_sealed(alert, STRANGER, STRANGER.id), "texts": FORGED_TEXT}


def _passed_off(alert: PublicAlert, office: Publisher) -> dict[str, Any]:
    return {**_sealed(alert, STRANGER, office.signs.id), "texts": FORGED_TEXT}


def _foreign(alert: PublicAlert, office: Publisher) -> dict[str, Any]:
    other = office.publish((49.85, 19.95), "Inny alert")
    return {**_sealed(other, office.signs, office.signs.id), "texts": FORGED_TEXT}


def _unsigned(alert: PublicAlert, office: Publisher) -> dict[str, Any]:
    return {"signed": None, "signature": None, "key": None, "texts": FORGED_TEXT}


FORGERIES = {
    "altered": (_altered, "treść zmieniono po podpisaniu"),
    "a stranger's key": (_stranger, "kluczem, którego gmina nie ogłosiła"),
    "passed off": (_passed_off, "Podpis nie jest podpisem urzędu"),
    "foreign": (_foreign, "Podpis należy do innego alertu"),
    "unsigned": (_unsigned, "nie ma podpisu urzędu"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_what_is_not_genuine_is_shown_under_a_warning_only(
    reader: Reader, office: Publisher, home: Point, forgery: str
):
    forge, words = FORGERIES[forgery]
    alert = office.publish(home, "Brak wody")
    office.write(alert, **forge(alert, office))
    item = reader.item("Uciekaj z miasta")
    expect(item).to_contain_text("Niepotwierdzony")
    item.get_by_role("link").click()
    expect(reader.page.locator("#unverified")).to_contain_text(words)
    expect(reader.page.locator("#unverified")).to_contain_text("Zanim coś zrobisz, upewnij się w urzędzie")
    expect(reader.page.locator("#seal")).to_contain_text("Nie potwierdzono, że ten alert wydał urząd")
    expect(reader.page.get_by_text("Podpis jest prawdziwy")).to_have_count(0)


def test_a_genuine_alert_says_so_and_leads_to_the_proof(reader: Reader, office: Publisher, home: Point):
    alert = office.publish(home, "Brak wody").id
    page = reader.read(alert)
    expect(page.locator("#seal")).to_contain_text("Podpis jest prawdziwy")
    expect(page.locator("#seal")).to_contain_text("Gmina Regionalna")
    expect(page.locator("#seal")).to_contain_text(office.signs.id)
    expect(page.locator("#unverified")).to_have_count(0)
    how = page.get_by_role("link", name="sprawdź podpis samodzielnie")
    expect(how).to_have_attribute("href", f"/a/{alert}#verification")


def test_what_stands_beside_the_signed_text_is_not_shown(reader: Reader, office: Publisher, home: Point):
    alert = office.publish(home, "Brak wody")
    office.write(alert, texts=FORGED_TEXT, severity="Extreme")
    page = reader.read(alert.id)
    expect(page.locator("h1")).to_have_text("Brak wody")
    expect(page.locator(".alert .severity")).to_have_text("Umiarkowane")


def test_a_forged_all_clear_covers_no_warning(reader: Reader, office: Publisher, home: Point):
    warning = office.publish(home, "Dym z pożaru")
    forged = office.follow_up(warning, Kind.ALL_CLEAR, "Po wszystkim")
    office.write(forged, **_sealed(forged, STRANGER, STRANGER.id))
    expect(reader.item("Po wszystkim")).to_contain_text("Niepotwierdzony")
    expect(reader.page.locator("#now h3").filter(has_text="Dym z pożaru")).to_be_visible()
    page = reader.read(warning.id)
    expect(page.locator("#newer")).to_have_count(0)


def test_after_a_rotation_old_and_new_alerts_are_genuine(reader: Reader, office: Publisher, home: Point):
    old = office.publish(home, "Przed zmianą klucza")
    expect(reader.item("Przed zmianą klucza")).to_be_visible()
    office.rotate()
    new = office.publish(home, "Po zmianie klucza")
    expect(reader.item("Po zmianie klucza")).to_be_visible()
    expect(reader.page.locator(".mark--bad")).to_have_count(0)
    for alert in (old, new):
        expect(reader.read(alert.id).locator("#seal")).to_contain_text("Podpis jest prawdziwy")


# ---- The public page


@pytest.fixture
def stranger(new_page: Callable[..., Page]) -> Page:
    """Somebody without the app."""
    return new_page(service_workers="block")


@pytest.mark.parametrize(
    ("language", "words"),
    [("pl", "Podpis jest prawdziwy"), ("en", "signature is genuine"), ("uk", "Підпис справжній")],
)
def test_the_public_page_verifies_what_it_shows(
    stack: Stack, stranger: Page, office: Publisher, home: Point, language: str, words: str
):
    alert = office.publish(home, "Brak wody").id
    stranger.goto(f"{stack.address('residents')}/a/{alert}?lang={language}")
    expect(stranger.locator("#verification-result")).to_contain_text(words)
    expect(stranger.locator("#verification-result")).to_have_class("good")


def test_the_public_page_notices_that_it_was_altered_on_the_way(
    stack: Stack, stranger: Page, office: Publisher, home: Point
):
    address = f"{stack.address('residents')}/a/{office.publish(home, 'Brak wody').id}"

    def alter(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("Beczkowóz: Rynek.", "Beczkowóz: Zalesie."))

    stranger.route(address, alter)
    stranger.goto(address)
    result = stranger.locator("#verification-result")
    expect(result).to_contain_text("Treść różni się od tej, którą podpisał urząd.")
    expect(result).to_have_class("bad")


def test_the_public_page_of_a_forged_alert_warns(
    stack: Stack, stranger: Page, office: Publisher, home: Point
):
    alert = office.publish(home, "Brak wody")
    office.write(alert, **_passed_off(alert, office))
    stranger.goto(f"{stack.address('residents')}/a/{alert.id}")
    expect(stranger.locator("#verification-result")).to_contain_text("Podpis nie jest podpisem urzędu")
    expect(stranger.locator("#verification-result")).to_have_class("bad")
