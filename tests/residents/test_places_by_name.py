"""A place by its name: the first way, by touch, keyboard and screen reader, with and without a network."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.local.accounts import TERC
from shared.geo.cells import cell_of
from tests.accessibility import assert_accessible
from tests.browser.town import HALF_LAT, LAT, LNG, Town
from tests.residents.placing import await_cell, await_document, other_ways, pick, press_save, use_location
from tests.residents.register import SYM, VILLAGE_SYM, house
from tests.residents.resident import Resident
from tests.residents.settled import Settled
from tests.residents.test_streets import asked, await_kept

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

NewResident = Callable[..., Resident]

ADD = "/app/places/new"


@pytest.fixture
def newcomer(settled: Settled) -> Resident:
    """Adding a place with a phone that may not be asked where it is."""
    resident = settled.agreed()
    resident.open(ADD)
    return resident


def options(page: Page, name: str = "") -> Locator:
    """Of the list below a field; those of that name."""
    named = page.locator("strong").get_by_text(re.compile(f"^{name}" + ("$" if name else "")))
    return page.locator(".combobox__option").filter(has=named)


def codes(street: str | None, number: str | None, locality: str = SYM) -> dict[str, Any]:
    named = {"terc": TERC, "locality": locality, "street": street, "number": number}
    return {name: {"stringValue": value} for name, value in named.items() if value}


def await_house(resident: Resident, street: str, number: str, slot: str = "1") -> dict[str, Any]:
    at = house(street, number)
    return dict(await_cell(resident, slot, cell_of(at.lat, at.lon)))


# ---- By street and number


def test_street_and_number_in_one_line_make_a_place_with_its_codes(newcomer: Resident):
    pick(newcomer.page, "glowna 12", "Główna 12")
    expect(newcomer.page.locator('[data-fact="where"]')).to_have_text("Regionalna, Gmina Regionalna")
    newcomer.page.locator("#save").click()
    place = await_house(newcomer, "Główna", "12")
    assert place["codes"]["mapValue"]["fields"] == codes(f"{SYM}:00101", "12")
    assert set(place) == {"label", "cell", "codes", "confirmed", "updated"}
    assert "12" not in place["label"]["stringValue"]


def test_a_street_is_chosen_first_and_its_number_from_a_list(newcomer: Resident):
    page = newcomer.page
    page.locator("#address").fill("glowna")
    options(page, "Główna").first.click()
    expect(page.locator("#house-number")).to_be_focused()
    expect(options(page)).to_have_count(24)
    assert_accessible(page)
    page.locator("#house-number").fill("2")
    expect(options(page)).to_have_text(["2", "20", "21", "22", "23", "24"])
    options(page, "20").click()
    expect(page.locator("#place-point")).to_have_text("Główna 20")


def test_back_leads_from_the_number_to_the_search_and_from_the_address_to_the_number(newcomer: Resident):
    page = newcomer.page
    page.locator("#address").fill("rynek")
    options(page, "Rynek").first.click()
    options(page, "7").click()
    expect(page.locator("#place-point")).to_have_text("Rynek 7")
    page.go_back()
    expect(page.locator("#house-number")).to_be_visible()
    page.go_back()
    expect(page.locator("#address")).to_have_value("rynek")
    expect(page.locator("#kept-point")).to_contain_text("Rynek 7")


def test_it_is_done_by_keyboard_alone(newcomer: Resident):
    page = newcomer.page
    field = page.get_by_role("combobox", name=re.compile("^Ulica i numer"))
    field.focus()
    page.keyboard.type("lesna")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert active
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#announcements")).to_have_text(re.compile("na liście"))
    page.keyboard.press("Enter")
    expect(page.locator("#house-number")).to_be_focused()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator("#place-point")).to_have_text("Leśna 3")
    expect(page.locator("#place-point")).to_be_focused()
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == "save":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    await_house(newcomer, "Leśna", "3")


def test_escape_closes_the_list_and_then_empties_the_field(newcomer: Resident):
    field = newcomer.page.locator("#address")
    field.fill("rynek")
    expect(options(newcomer.page).first).to_be_visible()
    field.press("Escape")
    expect(options(newcomer.page)).to_have_count(0)
    expect(field).to_have_value("rynek")
    field.press("Escape")
    expect(field).to_have_value("")


def test_it_works_without_a_network_once_the_register_is_there(newcomer: Resident):
    page = newcomer.page
    pick(page, "rynek 3", "Rynek 3")  # the library of cells is there, too
    page.go_back()
    page.context.set_offline(True)
    pick(page, "lesna 12", "Leśna 12")
    page.locator("#save").click()
    expect(page.locator("#announcements")).to_have_text(re.compile("Zapisano w telefonie: Dom"))
    page.context.set_offline(False)
    await_house(newcomer, "Leśna", "12")


def test_the_worker_keeps_the_register_for_a_start_without_a_network(new_resident: NewResident):
    resident = new_resident()
    page = resident.settle(ADD)
    pick(page, "rynek 3", "Rynek 3")
    for path in (f"/search/{TERC}.json", "/municipalities.json", asked(page, "/js/h3-")):
        await_kept(page, path)
    page.context.set_offline(True)
    resident.open(ADD)
    pick(page, "lesna 12", "Leśna 12")


def test_a_register_that_does_not_come_leaves_the_other_ways_and_is_asked_for_again(settled: Settled):
    resident = settled.agreed()
    page = resident.page
    page.route("**/search/*.json", lambda route: route.abort())
    resident.open(ADD)
    expect(page.get_by_text("Nie udało się wczytać spisu adresów.")).to_be_visible()
    expect(page.locator("#locate")).to_be_visible()
    page.unroute("**/search/*.json")
    page.get_by_role("button", name="Spróbuj ponownie").click()
    pick(page, "rynek 3", "Rynek 3")


# ---- What the register does not have


def test_a_number_that_is_not_in_the_register_leads_to_the_street_alone(newcomer: Resident):
    page = newcomer.page
    page.locator("#address").fill("rynek 99")
    options(page, "Rynek").first.click()
    expect(page.locator("#house-number")).to_have_value("99")
    expect(page.locator("#house-number-none")).to_contain_text("Numeru 99 nie ma w rejestrze")
    page.locator("#whole-street").click()
    expect(page.locator("#place-point")).to_have_text("Rynek")
    page.locator("#save").click()
    place = await_document(newcomer, "/places/1", lambda found: bool(found) and "codes" in found)
    assert place["codes"]["mapValue"]["fields"] == codes(f"{SYM}:00102", None)


def test_what_is_nowhere_in_the_register_is_said_so(newcomer: Resident):
    newcomer.page.locator("#address").fill("qwertyuiop")
    expect(newcomer.page.locator("#address-none")).to_contain_text("Nie ma tego w rejestrze")
    expect(newcomer.page.locator("#by-map")).to_be_visible()


def tap_map(page: Page, right: float = 0, down: float = 0) -> None:
    """In its middle, or so many pixels beside."""
    at_map = page.locator("#house-map")
    expect(at_map.locator("canvas").first).to_be_visible()
    at_map.scroll_into_view_if_needed()
    expect(at_map.locator(".ol-scale-line-inner")).to_have_text(re.compile(r"\d+ m|[1-5] km"))
    box = at_map.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2 + down)


def tap_until(page: Page, selector: str, *beside: int) -> None:
    """From far away a tap leads nearer; near enough, one so many pixels beside the middle takes a house."""
    for right in (0, *beside):
        tap_map(page, right)
        page.wait_for_timeout(600)  # the map tells one tap from two, and comes nearer
        if page.locator(selector).is_visible():
            return
    expect(page.locator(selector)).to_be_visible()


def test_the_house_is_tapped_on_the_map_of_its_street(newcomer: Resident):
    page = newcomer.page
    page.locator("#address").fill("rynek 99")
    options(page, "Rynek").first.click()
    page.locator("#by-map").click()
    tap_until(page, ".sketch", *range(-60, 61, 15))
    expect(page.locator("#place-point")).to_have_text(re.compile(r"Rynek 1[123]"))
    page.locator("#save").click()
    place = await_document(newcomer, "/places/1", lambda found: bool(found) and "codes" in found)
    assert place["codes"]["mapValue"]["fields"]["street"] == {"stringValue": f"{SYM}:00102"}


def test_where_no_house_is_the_point_can_be_taken_without_an_address(newcomer: Resident):
    page = newcomer.page
    page.locator("#by-map").click()
    tap_until(page, "#missed", 0, 0, 0, 0)
    assert_accessible(page)
    page.locator("#take-point").click()
    expect(page.locator(".place-municipality")).to_contain_text("Gmina Regionalna")
    press_save(page)
    place = await_document(newcomer, "/places/1", lambda found: bool(found) and "cell" in found)
    assert "codes" not in place


# ---- Where the phone is


def near_rynek(newcomer: Resident, **where: float) -> Resident:
    at = house("Rynek", "5")
    here: Any = {"latitude": at.lat + 0.0001, "longitude": at.lon, "accuracy": 12, **where}
    newcomer.page.context.set_geolocation(here)
    newcomer.page.context.grant_permissions(["geolocation"])
    return newcomer


def test_a_phone_that_knows_where_it_is_proposes_addresses_by_name(newcomer: Resident):
    resident = near_rynek(newcomer)
    page = resident.page
    use_location(page)
    expect(page.get_by_role("heading", name="Który to adres?")).to_be_focused()
    expect(page.locator(".near-list__button").first).to_contain_text("Rynek 5")
    assert_accessible(page)
    page.locator(".near-list__button").first.click()
    expect(page.locator("#place-point")).to_have_text("Rynek 5")
    page.locator("#save").click()
    assert "accuracy" not in await_house(resident, "Rynek", "5")


def test_who_lives_in_none_of_them_gets_the_point_on_the_map(newcomer: Resident):
    page = near_rynek(newcomer).page
    use_location(page)
    page.locator("#none-of-these").click()
    expect(page.locator('[data-fact="point"]')).to_be_visible()
    expect(page.locator(".place-municipality")).to_contain_text("Gmina Regionalna")


def test_a_rough_fix_names_no_address(newcomer: Resident):
    page = near_rynek(newcomer, accuracy=400).page
    use_location(page)
    expect(page.locator("#doubt")).to_be_visible()


def test_at_the_border_it_is_told(newcomer: Resident):
    page = near_rynek(newcomer, latitude=LAT + HALF_LAT - 0.0002, longitude=LNG).page
    use_location(page)
    expect(page.locator(".place-municipality")).to_contain_text("Gmina Regionalna")
    expect(page.locator(".place-municipality")).to_contain_text("blisko granicy")


# ---- Wholly


def test_a_whole_village_is_a_place(newcomer: Resident):
    page = newcomer.page
    page.locator("#address").fill("zalesie")
    options(page, "Zalesie").first.click()
    page.locator("#whole-locality").click()
    expect(page.locator("#place-point")).to_have_text("Cała miejscowość: Zalesie")
    page.locator("#save").click()
    place = await_document(newcomer, "/places/1", lambda found: bool(found) and "whole" in found)
    fields = {"level": {"stringValue": "locality"}, "code": {"stringValue": VILLAGE_SYM}}
    assert place["whole"]["mapValue"]["fields"] == fields
    assert set(place) == {"label", "whole", "confirmed", "updated"}
    newcomer.open("/app/places")
    expect(page.locator(".place")).to_contain_text("Cała miejscowość: Zalesie")


def test_the_whole_municipality_is_a_place(newcomer: Resident):
    page = newcomer.page
    expect(page.locator("#by-map")).to_be_visible()
    other_ways(page)
    page.locator("#use-whole").click()
    expect(page.locator("#place-point")).to_have_text("Cała gmina: Gmina Regionalna")
    page.locator("#save").click()
    place = await_document(newcomer, "/places/1", lambda found: bool(found) and "whole" in found)
    assert place["whole"]["mapValue"]["fields"]["code"] == {"stringValue": TERC}


# ---- In the list


def live_at_rynek_7(newcomer: Resident) -> None:
    """Saved, and the app has gone on."""
    pick(newcomer.page, "rynek 7", "Rynek 7")
    newcomer.page.locator("#save").click()
    await_house(newcomer, "Rynek", "7")
    expect(newcomer.page).not_to_have_url(re.compile("/app/places/new"))
    newcomer.expect_view()


def test_the_list_tells_street_and_number_with_a_small_map(newcomer: Resident):
    live_at_rynek_7(newcomer)
    page = newcomer.open("/app/places")
    expect(page.locator(".place strong")).to_have_text("Rynek 7")
    expect(page.locator(".place")).to_contain_text("Regionalna, Gmina Regionalna")
    expect(page.locator(".place .sketch circle").first).to_be_visible()
    assert_accessible(page)


def test_an_address_renamed_keeps_its_codes(newcomer: Resident):
    live_at_rynek_7(newcomer)
    page = newcomer.open("/app/places/1")
    expect(page.locator("#place-point")).to_have_text("Rynek 7")
    page.locator("#label").fill("Mieszkanie")
    press_save(page)
    place = await_document(
        newcomer, "/places/1", lambda found: bool(found) and found["label"]["stringValue"] == "Mieszkanie"
    )
    assert place["codes"]["mapValue"]["fields"]["number"] == {"stringValue": "7"}


# ---- Which municipality


def test_of_several_municipalities_one_is_chosen_by_its_name(settled: Settled, town: Town):
    resident = settled.agreed()
    page = resident.page

    def answer(route: Any) -> None:
        found = route.fetch().json()
        other = {**found["municipalities"][0], "terc": "0000011", "name": "Łąka Górna"}
        route.fulfill(json={**found, "municipalities": [other, *found["municipalities"]]})

    page.route("**/municipalities.json", answer)
    resident.open(ADD)
    field = page.locator("#municipality")
    field.fill("laka")
    options(page, "Łąka Górna").click()
    expect(page.get_by_text("Spisu adresów tej gminy jeszcze nie ma.")).to_be_visible()
    page.locator("#other-municipality").click()
    field.fill("region")
    options(page, "Gmina Regionalna").click()
    expect(page.locator("#address")).to_be_focused()
    pick(page, "rynek 3", "Rynek 3")
