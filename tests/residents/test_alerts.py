"""The list of alerts in the app: which mean my places, what became of them; also without a network."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from shared.domain.alert import Category, Severity, State, Text
from shared.domain.public_alert import Kind
from shared.geo.cells import cell_of
from tests.residents.publisher import METRE, Point, Publisher, around, now
from tests.residents.reader import Reader, home, installed, office, reader
from tests.residents.settled import Settled

__all__ = ["home", "installed", "office", "reader"]
pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]


def test_an_alert_for_my_place_appears_while_the_list_is_open(reader: Reader, office: Publisher, home: Point):
    expect(reader.page.locator("#now")).to_contain_text("Teraz nic nie dotyczy Twoich adresów.")
    office.publish(home, "Brak wody u mnie")
    expect(reader.page.locator("#now .alerts__item")).to_contain_text("Brak wody u mnie")
    expect(reader.page.locator("#announcements")).to_have_text("Nowy alert: Brak wody u mnie")
    expect(reader.item("Brak wody u mnie")).to_contain_text("Umiarkowane")


def test_what_means_none_of_my_places_is_folded_away(reader: Reader, office: Publisher, home: Point):
    office.publish((home[0] + 400 * METRE, home[1]), "Brak wody u innych")
    others = reader.page.locator("#others")
    expect(others.locator("summary")).to_contain_text("Inne w mojej gminie")
    expect(reader.item("Brak wody u innych")).to_be_hidden()
    others.locator("summary").click()
    expect(reader.item("Brak wody u innych")).to_be_visible()
    expect(reader.page.locator("#now")).to_contain_text("Teraz nic nie dotyczy")


def test_a_place_just_beyond_the_border_is_meant_as_by_the_server(
    reader: Reader, office: Publisher, home: Point
):
    office.publish((home[0] + 43 * METRE, home[1]), "Trzy metry dalej")
    office.publish((home[0] + 60 * METRE, home[1]), "Dwadzieścia metrów dalej")
    expect(reader.page.locator("#now")).to_contain_text("Trzy metry dalej")
    expect(reader.page.locator("#others")).to_contain_text("Dwadzieścia metrów dalej")


def test_a_thread_shows_its_newest_message_with_the_older_beneath(
    reader: Reader, office: Publisher, home: Point
):
    first = office.publish(home, "Brak wody")
    expect(reader.item("Brak wody")).to_be_visible()
    update = office.follow_up(first, Kind.UPDATE, "Brak wody do 20:00")
    expect(reader.page.locator("#now .alerts__item")).to_have_count(1)
    item = reader.page.locator("#now .alerts__item")
    expect(item.locator("h3")).to_have_text("Brak wody do 20:00")
    expect(item).to_contain_text("Aktualizacja")
    item.get_by_text("Wcześniej w tej sprawie (1)").click()
    expect(item.get_by_role("link", name="Brak wody", exact=True)).to_be_visible()
    office.follow_up(update, Kind.ALL_CLEAR, "Woda wróciła")
    expect(item.locator("h3")).to_have_text("Woda wróciła")
    expect(item).to_contain_text("Naprawione")
    expect(item).to_contain_text("Wcześniej w tej sprawie (2)")


def test_a_correction_that_leaves_my_place_out_still_reaches_me(
    reader: Reader, office: Publisher, home: Point
):
    first = office.publish(home, "Brak wody")
    elsewhere = around((home[0] + 900 * METRE, home[1]))
    office.follow_up(first, Kind.CORRECTION, "To inna ulica", area=elsewhere)
    expect(reader.page.locator("#now h3")).to_have_text("To inna ulica")


def test_what_is_over_goes_under_earlier(reader: Reader, office: Publisher, home: Point):
    past = now() - timedelta(hours=1)
    office.publish(home, "Odwołany", state=State.CANCELLED, cancelled=past)
    office.publish(home, "Wygasły", sent=past - timedelta(hours=2), expires=past)
    long_ago = now() - timedelta(days=31)
    office.publish(home, "Dawny", sent=long_ago, expires=long_ago)
    before = reader.page.locator("#before")
    expect(before.locator(".alerts__item")).to_have_count(2)
    expect(reader.item("Odwołany")).to_contain_text("Odwołano:")
    expect(reader.item("Wygasły")).to_contain_text("Wygasł:")
    expect(reader.page.locator("#now")).to_contain_text("Teraz nic nie dotyczy")


def test_an_exercise_is_marked(reader: Reader, office: Publisher, home: Point):
    office.publish(home, "Próba syren", exercise=True, severity=Severity.EXTREME)
    expect(reader.item("Próba syren")).to_contain_text("Ćwiczenie")
    expect(reader.item("Próba syren")).to_contain_text("Zagrożenie życia")


def test_what_i_muted_is_listed_and_says_so(reader: Reader, office: Publisher, home: Point):
    office.wish(reader.uid, muted=["event"])
    office.publish(home, "Zebranie", category=Category.EVENT)
    office.publish(home, "Powódź", category=Category.EVENT, severity=Severity.EXTREME)
    expect(reader.item("Zebranie")).to_contain_text("Bez powiadomienia")
    expect(reader.item("Powódź")).to_be_visible()
    expect(reader.item("Powódź")).not_to_contain_text("Bez powiadomienia")


def test_without_a_place_the_list_leads_to_adding_one(settled: Settled):
    panel = settled.done().open().locator("#no-place")
    expect(panel).to_contain_text("Nie masz jeszcze adresu")
    expect(panel.get_by_role("link", name="Dodaj adres")).to_have_attribute("href", "/app/places/new")


def test_a_place_that_has_ended_means_nothing(settled: Settled, office: Publisher, home: Point):
    resident = settled.done()
    page = resident.open()
    office.house(resident.uid(), [("Urlop", cell_of(*home))], until=now() - timedelta(days=1))
    office.publish(home, "Po urlopie")
    expect(page.locator("#no-place")).to_be_visible()


def test_texts_come_in_my_language_and_else_in_polish(reader: Reader, office: Publisher, home: Point):
    texts = {"pl": Text("Brak wody", "Pękła rura."), "en": Text("No water", "A burst pipe.")}
    office.publish(home, "", texts=texts)
    office.publish(home, "Tylko po polsku")
    expect(reader.item("Tylko po polsku")).to_be_visible()
    reader.page.evaluate("localStorage.setItem('language', 'en')")
    reader.page.reload()
    expect(reader.item("No water")).to_be_visible()
    expect(reader.item("Tylko po polsku").locator("h3 a")).to_have_attribute("lang", "pl")


def test_without_a_network_the_list_is_there_and_says_from_when(
    installed: Reader, office: Publisher, home: Point
):
    office.publish(home, "Brak wody w pamięci")
    expect(installed.item("Brak wody w pamięci")).to_be_visible()
    expect(installed.page.locator("#since")).to_have_count(0)
    installed.page.context.set_offline(True)
    installed.page.reload()
    expect(installed.page.locator("#now .alerts__item")).to_contain_text("Brak wody w pamięci")
    expect(installed.page.locator("#since")).to_contain_text("Stan z: dzisiaj")
    installed.item("Brak wody w pamięci").get_by_role("link").click()
    expect(installed.page.locator(".alert__body")).to_contain_text("Pękła rura.")
    expect(installed.page.locator("#seal")).to_contain_text("Podpis jest prawdziwy")
    installed.page.reload()
    expect(installed.page.locator("h1")).to_have_text("Brak wody w pamięci")
    expect(installed.page.locator("#why-text")).to_contain_text("Dom")
    installed.page.context.set_offline(False)
    expect(installed.page.locator("#since")).to_have_count(0)
