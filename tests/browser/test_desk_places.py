"""Where an alert holds, by name: streets and houses, exceptions, "here", zones, earlier areas."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from shared.domain.area_parts import Around, Drawn, Level, Step, Unit
from shared.domain.house_numbers import Houses, Parity
from tests.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk, desk, eventually
from tests.browser.site import draw, go, more_tools
from tests.fakes.areas import DWORCOWA, ROZANA, TOWN

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

NEW = "/alerts/new"
SCREEN: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}


def search(page: Page, text: str) -> None:
    page.locator("#names").fill(text)


def tick(page: Page, text: str, name: str) -> None:
    search(page, text)
    page.locator(".found", has_text=name).get_by_role("checkbox").check()


def covers(page: Page) -> Any:
    return expect(page.locator(".reach .covers"))


def save(page: Page) -> None:
    page.get_by_role("button", name="Zapisz szkic").click()
    expect(page.get_by_text("Zapisano szkic.")).to_be_visible()


def steps(desk: Desk) -> tuple[Step, ...]:
    found = desk.only().content.parts
    assert found
    return found


def parts(desk: Desk) -> list[tuple[Any, bool]]:
    """The register's units by code and houses, without the shapes they were taken with."""
    return [(_plain(step.part), step.subtracted) for step in steps(desk)]


def _plain(part: object) -> object:
    return (part.level, part.code, part.houses) if isinstance(part, Unit) else type(part)


STREET, LOCALITY, GMINA = Level.STREET, Level.LOCALITY, Level.GMINA


# ---- The search


@pytest.mark.parametrize("typed", ["roz", "różana", "ul. rozana", "rozzana", "rożana regionalna"])
def test_a_street_is_found_however_it_is_typed_and_covers_all_its_addresses(desk: Desk, typed: str):
    page = desk.open("anna", NEW)
    search(page, typed)
    found = page.locator(".found").first
    expect(found).to_contain_text("ul. Różana w: Regionalna")
    expect(found).to_contain_text("42 adresy")
    found.get_by_role("checkbox").check()
    expect(page.locator(".part")).to_contain_text("ul. Różana: 42 adresy")
    covers(page).to_have_text("Obejmuje: ul. Różana 42 z 42")
    save(page)
    assert parts(desk) == [((STREET, ROZANA, None), False)]


def test_the_search_document_is_asked_for_once(desk: Desk):
    page = desk.open("anna", NEW)
    for typed in ("r", "ro", "roz", "dwo", "zaw"):
        search(page, typed)
        expect(page.locator(".found").first).to_be_visible()
    assert len([path for _, path in desk.asked if "/areas/search" in path]) == 1


def test_what_is_unticked_is_no_part_any_more(desk: Desk):
    page = desk.open("anna", NEW)
    tick(page, "roz", "Różana")
    page.locator(".found").get_by_role("checkbox").uncheck()
    expect(page.locator(".part")).to_have_count(0)
    search(page, "xyzzy")
    expect(page.locator("#names-none")).to_contain_text("Nie ma takiej nazwy")


def test_a_house_a_range_and_a_side_of_a_street(desk: Desk):
    page = desk.open("anna", NEW)
    search(page, "różana 12")
    page.locator(".found").first.get_by_role("checkbox").check()
    covers(page).to_have_text("Obejmuje: ul. Różana 1 z 42")
    page.locator(".part__summary").click()
    page.locator("#part-0-from").fill("10")
    page.locator("#part-0-to").fill("19")
    covers(page).to_have_text("Obejmuje: ul. Różana 10 z 42")
    page.get_by_label("nieparzyste", exact=True).check()
    covers(page).to_have_text("Obejmuje: ul. Różana 5 z 42")
    expect(page.locator(".part")).to_contain_text("nieparzyste od 10 do 19")
    save(page)
    assert parts(desk) == [((STREET, ROZANA, Houses(Parity.ODD, "10", "19")), False)]


def test_a_number_that_is_none_is_told_with_its_street(desk: Desk):
    page = desk.open("anna", NEW)
    tick(page, "roz", "Różana")
    page.locator(".part__summary").click()
    page.locator("#part-0-from").fill("dom Kowalskich")
    expect(page.locator(".reach .govuk-error-message")).to_contain_text("ul. Różana:")
    page.locator("#part-0-from").fill("1")
    covers(page).to_have_text("Obejmuje: ul. Różana 42 z 42")


# ---- The whole, less something; here; together with what is drawn


def test_the_whole_gmina_without_one_street_in_whatever_order(desk: Desk):
    page = desk.open("anna", NEW)
    page.get_by_role("button", name="Cała gmina").click()
    expect(page.locator(".part")).to_contain_text("Gmina Regionalna: 171 adresów")
    page.get_by_role("button", name="Bez…").click()
    expect(page.locator("#names")).to_be_focused()
    tick(page, "dworc", "Dworcowa")
    expect(page.locator(".part--excluded")).to_contain_text("bez: ul. Dworcowa")
    covers(page).to_contain_text("ul. Różana 42 z 42")
    expect(page.locator(".reach .covers")).not_to_contain_text("Dworcowa")
    tick(page, "regionalna", "miejscowość Regionalna")  # added afterwards, and still without the street
    save(page)
    assert parts(desk) == [
        ((GMINA, desk.only().terc, None), False),
        ((LOCALITY, TOWN, None), False),
        ((STREET, DWORCOWA, None), True),
    ]


def test_a_chip_is_taken_out_and_in_again(desk: Desk):
    page = desk.open("anna", NEW)
    tick(page, "roz", "Różana")
    tick(page, "dworc", "Dworcowa")
    page.locator(".part", has_text="Dworcowa").locator(".part__summary").click()
    page.get_by_role("button", name="Wyklucz: alert bez tego miejsca").click()
    expect(page.locator(".part--excluded")).to_contain_text("bez: ul. Dworcowa")
    covers(page).to_have_text("Obejmuje: ul. Różana 42 z 42")
    page.get_by_role("button", name="Włącz z powrotem").click()
    covers(page).to_contain_text("ul. Dworcowa 117 z 117")


def test_nothing_but_an_exception_is_no_area(desk: Desk):
    page = desk.open("anna", NEW)
    tick(page, "roz", "Różana")
    page.locator(".part__summary").click()
    page.get_by_role("button", name="Wyklucz: alert bez tego miejsca").click()
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(page.locator("#area-error")).to_contain_text("Wskaż obszar.")


def test_here_asks_for_the_place_only_when_told_to_and_its_radius_changes(desk: Desk):
    here = {"latitude": 49.834, "longitude": 19.9342, "accuracy": 20}
    page = desk.open("anna", NEW, geolocation=here, permissions=["geolocation"])
    page.evaluate(
        "() => { const ask = Geolocation.prototype.getCurrentPosition;"
        " Geolocation.prototype.getCurrentPosition ="
        " function (...how) { window.asked = true; return ask.apply(this, how); }; }"
    )
    tick(page, "dworc", "Dworcowa")
    assert page.evaluate("Boolean(window.asked)") is False
    page.get_by_role("button", name="Tu, gdzie jestem").click()
    expect(page.locator(".part").last).to_contain_text("200 metrów wokół")
    assert page.evaluate("window.asked") is True
    page.locator(".part__summary").last.click()
    page.locator("#part-1-metres").select_option("100")
    expect(page.locator(".part").last).to_contain_text("100 metrów wokół")
    covers(page).to_contain_text("ul. Różana")
    save(page)
    assert [type(step.part) for step in steps(desk)] == [Unit, Around]


def test_a_street_and_a_drawn_shape_are_one_area(desk: Desk):
    page = desk.open("anna", NEW)
    tick(page, "roz", "Różana")
    covers(page).to_have_text("Obejmuje: ul. Różana 42 z 42")
    draw(page, [(-60, 60), (60, 60), (60, 120)])
    expect(page.locator(".part")).to_have_count(2)
    save(page)
    assert [type(step.part) for step in steps(desk)] == [Unit, Drawn]


def test_without_a_register_the_area_is_drawn_and_the_page_says_so(desk: Desk):
    desk.office.areas.gazetteers = {}
    page = desk.open("anna", NEW)
    expect(page.locator("#names-hint")).to_contain_text("Spisu ulic i miejscowości teraz nie ma")
    page.get_by_role("button", name="Cała gmina").click()
    expect(page.locator(".part")).to_contain_text("Część 1")
    expect(page.locator(".reach__figures")).to_be_visible()


# ---- Areas taken again


def test_a_zone_is_saved_found_by_its_name_and_used(desk: Desk):
    page = desk.open("anna", NEW)
    tick(page, "roz", "Różana")
    more_tools(page)
    page.locator("#kept-name").fill("Strefa Zachód")
    page.get_by_role("button", name="Zapisz strefę").click()
    expect(page.locator("#kept-told")).to_contain_text("Strefa Zachód")
    page.get_by_role("button", name="Zapisz strefę").click()
    expect(page.locator("#kept-name-error")).to_contain_text("Podaj nazwę")
    other = desk.open("ewa", NEW)
    tick(other, "zachod", "Strefa Zachód")
    covers(other).to_have_text("Obejmuje: ul. Różana 42 z 42")


def test_the_area_of_an_earlier_alert_is_taken_again(desk: Desk):
    page = desk.open("anna", NEW)
    tick(page, "roz", "Różana")
    covers(page).to_have_text("Obejmuje: ul. Różana 42 z 42")
    page.locator("#area_name").fill("ul. Różana")
    save(page)
    page.get_by_role("link", name="Nowy alert dla tego obszaru").click()
    expect(page.locator(".part")).to_contain_text("ul. Różana: 42 adresy")
    expect(page.locator("#area_name")).to_have_value("ul. Różana")
    expect(page.locator("#pl-title")).to_have_value("")


def rounded(area: str) -> list[list[float]]:
    """The corners of the one ring, as exact as the page's map has them."""
    return [[round(value, 7) for value in corner] for corner in json.loads(area)["coordinates"][0]]


def test_a_copy_has_the_words_and_the_area_and_times_of_its_own(desk: Desk):
    old = datetime(2026, 1, 1, tzinfo=UTC)
    made = desk.alert("a1", "Brak wody: Rynek", created=old, updated=old)
    page = desk.open("anna", "/alerts/a1")
    page.get_by_role("link", name="Skopiuj alert").click()
    expect(page.locator("#pl-title")).to_have_value("Brak wody: Rynek")
    expect(page.locator(".part")).to_have_count(1)
    eventually(page, lambda: desk.count() == 2)
    copied = next(one for one in desk.office.alerts.list(made.terc, (), 10, None).items if one.id != made.id)
    assert copied.content.area
    assert rounded(copied.content.area) == rounded(made.content.area or "")
    assert copied.content.expires
    assert datetime.now(UTC) < copied.content.expires < made.content.expires
    expect(page.locator('[data-draft="saved"]')).to_be_visible()
    page.reload()
    expect(page.locator("#pl-title")).to_have_value("Brak wody: Rynek")


def test_an_alert_is_opened_again_with_its_parts_by_name(desk: Desk):
    page = desk.open("anna", NEW)
    page.get_by_role("button", name="Cała gmina").click()
    page.get_by_role("button", name="Bez…").click()
    tick(page, "dworc", "Dworcowa")
    page.locator("#pl-title").fill("Sucho")
    save(page)
    page.get_by_role("link", name="Popraw").click()
    expect(page.locator(".part")).to_have_count(2)
    expect(page.locator(".part").last).to_contain_text("bez: ul. Dworcowa: 117 adresów")


# ---- On a phone


def test_a_phone_shows_one_step_and_an_open_shape_keeps_the_next_one_shut(desk: Desk):
    page = desk.open("anna", NEW, **SCREEN)
    expect(page.locator("#names")).to_be_hidden()
    page.locator("#next").tap()
    expect(page.locator("#names")).to_be_focused()
    expect(page.locator("#category")).to_be_hidden()
    page.get_by_role("button", name="Rysuj obszar").tap()
    page.get_by_role("button", name="Punkt w krzyżyku").tap()
    page.locator("#next").tap()
    expect(page.locator("#failure")).to_contain_text("Kształt nie jest zamknięty")
    expect(page.locator("#names")).to_be_visible()
    page.get_by_role("button", name="Cofnij punkt").tap()
    page.locator(".toolbar__more summary").tap()
    page.get_by_role("button", name="Przerwij").tap()
    page.locator("#next").tap()
    expect(page.locator("#pl-title")).to_be_visible()


def test_a_link_of_the_summary_leads_to_the_step_and_the_fold_of_its_field(desk: Desk):
    page = desk.open("anna", NEW, **SCREEN)
    page.get_by_role("button", name="Brak wody").tap()
    go(page, "Podgląd")
    page.get_by_role("button", name="Przekaż do zatwierdzenia").tap()
    expect(page.locator("#failure")).to_be_focused()
    page.locator("#failure").get_by_role("link", name="Wskaż obszar.").tap()
    expect(page.locator("#names")).to_be_visible()
    expect(page.locator("#area")).to_be_focused()
    page.locator("#failure").get_by_role("link", name="Nazwa obszaru").tap()
    expect(page.locator("#area_name")).to_be_focused()


def test_every_step_is_accessible_on_a_phone_and_beside_each_other(desk: Desk):
    page = desk.open("anna", NEW)
    page.get_by_role("button", name="Brak wody").click()
    tick(page, "roz", "Różana")
    page.locator(".part__summary").click()
    covers(page).to_have_text("Obejmuje: ul. Różana 42 z 42")
    assert_accessible(page, ("desktop", "desktop at 200 %"))
    for step in ("Co", "Gdzie", "Szczegóły", "Podgląd"):
        page.set_viewport_size(PHONE)
        go(page, step)
        assert_accessible(page, ("phone", "phone, dark", "phone, forced colours", "phone at 200 %"))


def test_a_reader_hears_what_was_found_what_is_chosen_and_what_it_covers(desk: Desk):
    page = desk.open("anna", NEW)
    page.locator("#names").focus()
    page.keyboard.type("roz")
    expect(page.locator("#announcements")).to_contain_text("Znaleziono 1 nazwę.")
    tree = page.locator('[data-step="where"]').aria_snapshot()
    for told in (
        'searchbox "Ulica, miejscowość, strefa"',
        'list "Znalezione"',
        'checkbox "ul. Różana w: Regionalna 42 adresy"',
    ):
        assert told in tree, tree
    page.keyboard.press("Enter")
    expect(page.locator(".part")).to_have_count(1)
    covers(page).to_have_text("Obejmuje: ul. Różana 42 z 42")
    tree = page.locator('[data-step="where"]').aria_snapshot()
    for told in (
        'list "Wybrane"',
        'button "Usuń ul. Różana"',
        'status "Zasięg"',
        "ul. Różana 42 z 42",
    ):
        assert told in tree, tree
