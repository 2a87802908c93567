"""The municipality's templates on the staff's page: read, changed with their facts, tried as typed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from shared.built_in_templates import built_in_templates
from shared.domain.alert import Person, State
from shared.domain.saved_area import SavedArea
from shared.domain.scope import Scope
from tests.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk, desk, eventually
from tests.browser.site import paste_area
from tests.browser.town import LAT, LNG, square
from tests.fakes.alert_values import TERC
from tests.fakes.tokens import STAFF, staff

__all__ = ["desk"]
pytestmark = pytest.mark.browser

SCREENS = ("desktop", "desktop at 200 %", "phone", "phone, dark")


def told(page: Page, language: str) -> str:
    return page.locator(f"[data-language={language}]").inner_text()


def stored(desk: Desk, name: str = "water_outage"):
    found = desk.office.templates.get(TERC, name)
    return found and found.value


def test_the_list_names_every_template_and_leads_to_it(desk: Desk):
    page = desk.open("ewa")
    page.get_by_role("link", name="Szablony alertów").click()
    expect(page.locator(".template-row")).to_have_count(len(built_in_templates()))
    assert_accessible(page, SCREENS)
    page.get_by_role("link", name="Brak wody", exact=True).click()
    expect(page.locator("h1")).to_have_text("Brak wody")


def test_a_template_is_tried_in_each_language_as_it_is_typed(desk: Desk):
    page = desk.open("ewa", "/templates/water_outage", viewport=PHONE)
    for fold in page.locator("details > summary").all():
        fold.click()
    expect(page.locator("#try-heading")).to_be_visible()
    assert "Nie wiemy jeszcze" in told(page, "pl")
    page.locator("#try-fact-until").fill("2031-12-05T14:00")
    assert "do ok. 5 grudnia 14:00" in told(page, "pl")
    assert "until about 14:00 on 5 December" in told(page, "en")
    assert "до 5 грудня 14:00" in told(page, "uk")
    page.get_by_label("Beczkowóz", exact=True).check()
    assert "Beczkowóz: …." in told(page, "pl")
    page.locator("#try-fact-tanker_place").fill("przy szkole")
    assert "Beczkowóz: przy szkole." in told(page, "pl")
    page.locator("#texts-pl-title").fill("Nie ma wody: {where}")
    assert "Nie ma wody: ul. Różana i Polna" in told(page, "pl")
    assert_accessible(page, SCREENS)


def test_a_change_is_saved_and_taken_back(desk: Desk):
    page = desk.open("ewa", "/templates/water_outage")
    page.locator("#texts-pl-title").fill("Nie ma wody: {where}")
    page.locator("#save").click()
    expect(page.locator("#notice")).to_contain_text("Zapisano szablon „Brak wody”")
    expect(page.locator(".template-row").first).to_contain_text("zmieniony")
    assert stored(desk).template.texts["pl"].title == "Nie ma wody: {where}"
    page.get_by_role("link", name="Brak wody", exact=True).click()
    page.locator("#remove").click()
    page.locator("#dialog-yes").click()
    expect(page.locator("#notice")).to_contain_text("znów taki jak wbudowany")
    assert stored(desk).template is None


def test_a_template_of_its_own_is_written_by_keyboard_alone(desk: Desk):
    page = desk.open("ewa", "/templates")
    page.get_by_role("link", name="Nowy szablon").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Nowy szablon")
    keys = page.keyboard

    def write(field: str, text: str) -> None:
        for _ in range(80):
            if page.evaluate("document.activeElement.id") == field:
                keys.type(text)
                return
            keys.press("Tab")
        raise AssertionError(f"{field} is not reached")

    write("name-pl", "Zbiórka odpadów")
    write("add-fact", "")
    keys.press("Enter")
    expect(page.locator("#facts-1-label-pl")).to_be_focused()
    keys.type("Kiedy przyjedzie?")
    expect(page.locator("#facts-1-name")).to_have_value("kiedy_przyjedzie")
    keys.press("Tab")
    write("facts-1-type", "g")  # "godzina"
    write("facts-1-chips", "+1 8:00")
    write("texts-pl-title", "Odpady: {where}")
    write("texts-pl-body", "Odbierzemy je ")
    while "jutra 8:00" not in page.evaluate("document.activeElement.textContent"):
        keys.press("Shift+Tab")
    keys.press("Enter")
    expect(page.locator("#texts-pl-body")).to_be_focused()
    expect(page.locator("#texts-pl-body")).to_have_value("Odbierzemy je {kiedy_przyjedzie:until}")
    write("save", "")
    keys.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Zapisano szablon „Zbiórka odpadów”")
    [own] = desk.office.templates.all(TERC)
    assert [(fact.name, fact.type.value) for fact in own.template.facts] == [
        ("where", "names"),
        ("kiedy_przyjedzie", "time"),
    ]


def test_a_fault_is_named_at_its_field_and_nothing_is_lost(desk: Desk):
    page = desk.open("ewa", "/templates/water_outage")
    page.locator("#texts-pl-body").fill("Wody nie będzie do {until:until.\nPytania: {bus}.")
    expect(page.locator("[data-language=pl]")).to_contain_text("Nawias bez pary")
    page.locator("#save").click()
    expect(page.locator("#failure")).to_be_focused()
    expect(page.locator("#texts-pl-body-error")).to_contain_text("Nawias bez pary")
    assert page.locator("#texts-pl-body").get_attribute("aria-invalid") == "true"
    assert_accessible(page, SCREENS)
    page.locator("#failure a").first.click()
    expect(page.locator("#texts-pl-body")).to_be_focused()
    page.reload()
    expect(page.locator("#texts-pl-body")).to_have_value(re.compile(r"\{bus\}"))
    expect(page.get_by_text("Przywrócono niezapisane zmiany")).to_be_visible()
    page.get_by_role("button", name="Odrzuć te zmiany").click()
    expect(page.locator("#texts-pl-body")).to_have_value(re.compile("Pękła rura"))
    assert stored(desk) is None


def test_another_persons_change_is_not_overwritten(desk: Desk):
    page = desk.open("ewa", "/templates/water_outage")
    body = built_in_templates()["water_outage"]
    desk.api.edit("piotr", "/api/templates/water_outage", '"0"', {**body, "hours": 5})
    page.locator("#hours").fill("9")
    page.locator("#save").click()
    expect(page.locator("#failure")).to_contain_text("Szablon zmienił się w międzyczasie")
    assert stored(desk).template.hours == 5


def test_a_renamed_fact_is_renamed_wherever_it_is_said(desk: Desk):
    page = desk.open("ewa", "/templates/water_outage")
    page.locator("summary", has_text="Do której nie będzie wody?").click()
    page.locator("#facts-1-name").fill("koniec")
    expect(page.locator("#texts-uk-body")).to_have_value(
        re.compile(r"\{koniec:until\}.*\{koniec!\}", re.DOTALL)
    )
    page.locator("#save").click()
    eventually(page, lambda: stored(desk) is not None)
    assert stored(desk).template.follows["expires"].fact == "koniec"


def test_whoever_may_not_change_them_may_try_them(desk: Desk):
    page = desk.open("anna", "/templates/water_outage")
    expect(page.locator("#try-heading")).to_be_visible()
    expect(page.locator("#save")).to_have_count(0)
    page.get_by_label("Beczkowóz", exact=True).check()
    assert "Beczkowóz: …." in told(page, "pl")
    desk.tab(page.context, "/templates").get_by_text("Zmienia je osoba").wait_for()


def test_a_hidden_template_is_not_offered_for_a_new_alert(desk: Desk):
    page = desk.open("ewa", "/templates/thunderstorm")
    page.get_by_label("Nie pokazuj tego szablonu przy nowym alercie").check()
    page.locator("#save").click()
    expect(page.locator("#notice")).to_be_visible()
    page.goto(page.url.replace("/templates", "/alerts/new"))
    expect(page.get_by_role("button", name="Brak wody")).to_be_visible()
    expect(page.get_by_role("button", name="Burza")).to_have_count(0)


def test_words_are_approved_by_two_and_a_change_begins_it_anew(desk: Desk):
    for name, told_by in (("piotr", "Piotr"), ("ewa", "Ewa Zielińska")):
        page = desk.open(name, "/templates/water_outage")
        page.locator("#approve").press("Enter")
        expect(page.locator("#notice")).to_contain_text("Zatwierdzono słowa szablonu.")
        expect(page.locator("#approval")).to_contain_text(told_by)
        expect(page.locator("#approve")).to_have_count(0)
    expect(page.locator("#approval")).to_contain_text("Zatwierdziły je dwie osoby")
    assert_accessible(page, SCREENS)
    page.get_by_role("link", name="Szablony alertów").first.click()
    expect(page.locator(".template-row", has_text="przez dwie osoby")).to_contain_text("Brak wody")
    page.get_by_role("link", name="Brak wody", exact=True).click()
    page.locator("#texts-pl-title").fill("Nie ma wody: {where}")
    page.locator("#save").click()
    expect(page.locator("#notice")).to_contain_text("Zapisano szablon")
    page.get_by_role("link", name="Brak wody", exact=True).click()
    expect(page.locator("#approval")).to_contain_text("Nikt jeszcze nie zatwierdził tych słów.")
    page.locator("#texts-pl-title").fill("Zupełnie nie ma wody: {where}")
    expect(page.locator("#approval")).to_contain_text("Najpierw zapisz zmiany")


ZONE = "zone1"
WORKS = Scope(None, "Moderate", frozenset({ZONE}), frozenset({"water_outage"}), alone=True)


@pytest.fixture
def waterworks(desk: Desk) -> Desk:
    """Their dispatcher Marek sends one template alone in one zone; two have approved its words."""
    marek = staff(Person("uid-marek", "Marek Dyspozytor"), "author")
    desk.office.tokens.staff["marek"] = replace(marek, scopes={"author": WORKS})
    zone = json.dumps([{"kind": "shape", "shape": square(LAT, LNG, 0.004, 0.004)}])
    now = datetime.now(UTC)
    desk.office.saved.create(SavedArea(ZONE, TERC, "Strefa wodociągów", zone, STAFF["ewa"].person, now))
    desk.office.areas.gazetteers = {}
    for name, tag in (("piotr", '"0"'), ("ewa", '"1"')):
        assert desk.api.step(name, "/api/templates/water_outage/approve", tag).status_code == 200
    return desk


def test_a_dispatcher_sends_approved_words_alone_in_own_zones_and_an_approver_confirms(waterworks: Desk):
    desk = waterworks
    page = desk.open("marek", "/alerts/new")
    expect(page.locator("h1")).to_have_text("Szablony alertów")
    page.get_by_role("link", name="Napisz alert").click()
    expect(page.locator("h1")).to_have_text("Alert z szablonu: Brak wody")
    page.locator("#word").click()
    expect(page.locator("#failure")).to_contain_text("Wskaż obszar.")
    assert_accessible(page, SCREENS)
    later = datetime.now(ZoneInfo("Europe/Warsaw")) + timedelta(hours=5)
    page.locator("#fact-until").fill(later.strftime("%Y-%m-%dT%H:00"))
    page.locator("#fact-telephone").fill("12 345 67 89")
    paste_area(page, square(LAT + 0.008, LNG, 0.002, 0.002))
    page.locator("#area_name").fill("ul. Główna")
    expect(page.locator("[data-language=pl]")).to_contain_text("Brak wody: ul. Główna")
    page.locator("#word").click()
    expect(page.locator("#failure")).to_contain_text("zakres")
    assert desk.count() == 0

    page.get_by_role("button", name=re.compile("^Usuń")).first.click()
    page.locator("#geojson").fill(json.dumps(square(LAT, LNG, 0.003, 0.003)))
    page.get_by_role("button", name="Dodaj wklejony obszar").click()
    page.locator("#word").click()
    page.locator(".actions").get_by_role("button", name="Wyślij bez drugiej osoby").press("Enter")
    page.locator("#dialog-yes").click()
    expect(page.locator("#notice")).to_contain_text("Wysłano")
    assert desk.only().sent_alone
    assert desk.only().state is State.SCHEDULED

    approver = desk.open("ewa", f"/alerts/{desk.only().id}")
    approver.locator(".actions").get_by_role("button", name="Potwierdź wysłany alert").press("Enter")
    expect(approver.locator("#notice")).to_contain_text("Potwierdzono.")
    assert desk.only().confirmer == STAFF["ewa"].person
    expect(approver.get_by_role("button", name="Potwierdź wysłany alert")).to_have_count(0)
