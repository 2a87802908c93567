"""Places in the app, on the real stack: finding a point, confirming it, keeping, changing, removing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Geolocation, Page, expect

from shared.geo.cells import cell_of
from tests.browser.town import HALF_LAT, LAT, LNG, Town
from tests.residents.placing import (
    await_cell,
    await_document,
    press_save,
    save,
    shown_point,
    type_coordinates,
    use_location,
)
from tests.residents.resident import Resident
from tests.residents.settled import Settled

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

NewResident = Callable[..., Resident]

HERE: Geolocation = {"latitude": 49.8331, "longitude": 19.9382, "accuracy": 35}
METRE = 1 / 111_195  # degrees of latitude
ADD = "/app/places/new"


def locate(resident: Resident, **changes: float) -> Resident:
    """The phone knows where it is, and may say so."""
    here: Any = {**HERE, **changes}
    resident.page.context.set_geolocation(here)
    resident.page.context.grant_permissions(["geolocation"])
    return resident


@pytest.fixture
def newcomer(settled: Settled) -> Resident:
    """Adding a place with a phone that may not be asked where it is."""
    resident = settled.agreed()
    resident.open(ADD)
    return resident


@pytest.fixture
def at_home(newcomer: Resident) -> Resident:
    """Adding a place with a phone that knows where it is."""
    return locate(newcomer)


def add(resident: Resident, text: str, label: str, slot: str) -> str:
    """A place by its coordinates. @returns its cell, as stored"""
    page = resident.open(ADD)
    type_coordinates(page, text)
    save(page, label)
    lat, lng = map(float, text.split(", "))
    await_cell(resident, slot, cell_of(lat, lng))
    return cell_of(lat, lng)


def keep(town: Town, resident: Resident, slot: str, label: str, **fields: Any) -> None:
    """A place that is there already, of the earlier days of this phone."""
    place = {"label": label, "cell": cell_of(LAT, LNG), "updated": datetime.now(UTC), **fields}
    town.registers.write(f"residents/{resident.uid()}/places/{slot}", place)


# ---- Finding the point


def test_a_refused_location_is_explained_and_typing_is_the_other_way(newcomer: Resident):
    page = newcomer.page
    use_location(page)
    expect(page.locator("#location-problem")).to_contain_text("Telefon nie pozwolił użyć lokalizacji.")
    expect(page.locator("#location-problem")).to_contain_text("w ustawieniach przeglądarki")
    expect(page.locator("#announcements")).to_have_text("Telefon nie pozwolił użyć lokalizacji.")
    type_coordinates(page, "49,8331 19,9382")
    expect(page.locator(".place-municipality")).to_contain_text("Gmina Regionalna")


REFUSE = """() => {
  navigator.geolocation.getCurrentPosition = (found, failed) => failed({code: window.refusedBy});
}"""


def test_a_location_that_is_not_found_is_explained(at_home: Resident):
    page = at_home.page
    page.evaluate(REFUSE)
    for code, words in ((2, "nie potrafi teraz ustalić położenia"), (3, "trwało zbyt długo")):
        page.evaluate("code => { window.refusedBy = code; }", code)
        use_location(page)
        expect(page.locator("#location-problem")).to_contain_text(words)


NOT_COORDINATES = (
    ("", "Wpisz współrzędne."),
    ("ul. Główna 5", "Nie rozumiemy tych współrzędnych."),
    ("49.8331", "Potrzebne są dokładnie dwie liczby"),
    ("48.8566, 2.3522", "Ten punkt leży poza Polską."),
    ("49.8, 19.9", "To zbyt niedokładne."),
)


def test_wrong_coordinates_are_named_at_the_field(newcomer: Resident):
    page = newcomer.page
    for typed, words in NOT_COORDINATES:
        type_coordinates(page, typed)
        expect(page.locator("#coordinates-error")).to_contain_text(words)
        expect(page.locator("#coordinates")).to_be_focused()
        expect(page.locator("#coordinates")).to_have_attribute(
            "aria-describedby", re.compile("coordinates-error")
        )
        page.locator("h1").click()  # the field is to be led to anew


def test_coordinates_in_the_wrong_order_are_mended_and_it_is_said(newcomer: Resident):
    type_coordinates(newcomer.page, "19.9382, 49.8331")
    expect(newcomer.page.get_by_text("Liczby były w odwrotnej kolejności")).to_be_visible()
    assert shown_point(newcomer.page) == (49.8331, 19.9382)


# ---- Confirming it


def test_arrow_keys_move_the_point_by_ten_metres(at_home: Resident):
    page = at_home.page
    use_location(page)
    page.locator(".place-map").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator('[data-fact="moved"]')).to_be_visible()
    expect(page.locator('[data-fact="point"]')).to_contain_text(f"{HERE['latitude'] + 10 * METRE:.5f}")
    page.keyboard.press("Shift+ArrowDown")
    south = HERE["latitude"] - 90 * METRE
    expect(page.locator('[data-fact="point"]')).to_contain_text(f"{south:.5f}")
    expect(page.locator("#announcements")).to_contain_text("Przesunięto o 100 m na południe.")
    save(page, "Dom")
    place = await_cell(at_home, "1", cell_of(south, HERE["longitude"]))
    assert "accuracy" not in place  # the person knows better than the phone


def test_buttons_move_the_point_without_the_map_and_back(at_home: Resident):
    page = at_home.page
    use_location(page)
    for name in ("Na północ", "Na wschód"):
        page.get_by_role("button", name=name).click()
    expect(page.locator('[data-fact="point"]')).to_contain_text(f"{HERE['latitude'] + 10 * METRE:.5f}")
    _, lng = shown_point(page)
    assert lng == pytest.approx(19.9382 + 10 * METRE / 0.64503, abs=1e-5)
    page.get_by_role("button", name="Cofnij przesunięcie").click()
    expect(page.locator('[data-fact="accuracy"]')).to_contain_text("około 35 m")
    assert shown_point(page) == (49.8331, 19.9382)


def map_middle(page: Page) -> tuple[float, float]:
    at_map = page.locator(".place-map")
    at_map.scroll_into_view_if_needed()
    expect(at_map.locator("canvas").first).to_be_visible()
    expect(at_map.locator(".ol-scale-line-inner")).to_have_text(
        re.compile(r"\d+ k?m")
    )  # the picture is there
    box = at_map.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def choose_map(page: Page) -> tuple[float, float]:
    """By a tap beside the point. @returns the map's middle, where the point is"""
    x, y = map_middle(page)
    page.touchscreen.tap(x - 80, y - 60)
    expect(page.locator(".map-hint")).to_contain_text("Teraz palec przesuwa mapę")
    return x, y


def test_the_tap_that_chooses_the_map_leaves_the_point_where_it_is(at_home: Resident):
    page = at_home.page
    use_location(page)
    choose_map(page)
    expect(page.locator(".place-map")).to_be_focused()
    expect(page.locator('[data-fact="moved"]')).to_have_count(0)
    assert shown_point(page) == (49.8331, 19.9382)


def test_a_finger_that_scrolls_past_is_told_how_to_move_the_map(at_home: Resident):
    page = at_home.page
    use_location(page)
    x, y = map_middle(page)
    expect(page.locator(".map-hint")).to_be_hidden()
    swipe(page, (x, y), (0, -10))
    expect(page.locator(".map-hint")).to_have_text("Dotknij mapy, potem przesuwaj ją palcem")
    expect(page.locator('[data-fact="moved"]')).to_have_count(0)


def test_a_tap_on_the_chosen_map_puts_the_point_there(at_home: Resident):
    page = at_home.page
    use_location(page)
    x, y = choose_map(page)
    page.touchscreen.tap(x + 60, y - 60)
    expect(page.locator('[data-fact="moved"]')).to_be_visible()
    lat, lng = shown_point(page)
    assert 49.8331 < lat < 49.8331 + 300 * METRE
    assert 19.9382 < lng < 19.9382 + 500 * METRE


def swipe(page: Page, start: tuple[float, float], step: tuple[float, float]) -> None:
    """Six steps of a finger."""
    cdp = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    (x, y), (right, down) = start, step
    touch("touchStart", {"x": x, "y": y})
    for number in range(1, 7):
        touch("touchMove", {"x": x + right * number, "y": y + down * number})
    touch("touchEnd")


def test_the_point_is_dragged_by_a_finger(at_home: Resident):
    page = at_home.page
    use_location(page)
    swipe(page, choose_map(page), (-8, 10))
    expect(page.locator('[data-fact="moved"]')).to_be_visible()
    lat, lng = shown_point(page)
    assert 49.8331 - 300 * METRE < lat < 49.8331
    assert 19.9382 - 500 * METRE < lng < 19.9382


def test_back_leads_from_the_point_to_the_ways_and_the_point_is_kept(newcomer: Resident):
    page = newcomer.page
    type_coordinates(page, "49.8331, 19.9382")
    page.get_by_role("button", name="Na północ").click()
    expect(page.locator('[data-fact="moved"]')).to_be_visible()
    moved = shown_point(page)
    page.go_back()
    expect(page.locator("#coordinates")).to_have_value("49.8331, 19.9382")
    newcomer.expect_view("Dodaj adres")
    page.get_by_role("button", name="Wróć do tego miejsca").click()
    expect(page.locator("#place-point")).to_be_focused()
    assert shown_point(page) == moved
    page.go_back()
    expect(page.locator("#kept-point")).to_be_visible()
    page.go_forward()
    assert shown_point(page) == moved


def test_once_a_place_is_saved_back_leads_to_before_it_was_added(settled: Settled):
    resident = settled.done()
    page = resident.open("/app/settings")
    page.get_by_role("link", name="Moje adresy").click()
    page.get_by_role("link", name="Dodaj adres").click()
    type_coordinates(page, "49.8331, 19.9382")
    save(page, "Dom")
    expect(page.locator(".place")).to_have_count(1)
    page.go_back()
    resident.expect_view("Moje adresy")
    page.go_back()
    resident.expect_view("Ustawienia")


def test_of_coordinates_with_all_digits_no_circle_of_doubt_is_spoken_of(newcomer: Resident):
    page = newcomer.page
    type_coordinates(page, "49.83310, 19.93820")
    expect(page.locator('[data-fact="point"]')).to_be_visible()
    expect(page.locator('[data-fact="accuracy"]')).to_have_count(0)
    page.go_back()
    type_coordinates(page, "49.833, 19.938")
    expect(page.locator('[data-fact="accuracy"]')).to_contain_text("około 56 m")


def test_outside_all_municipalities_nothing_is_promised_or_kept(newcomer: Resident):
    page = newcomer.page
    type_coordinates(page, "52.22970, 21.01220")
    told = page.locator(".place-municipality")
    expect(told).to_contain_text("poza gminami, które korzystają z Alert Online")
    expect(told.get_by_role("link", name="Gminy, które korzystają")).to_have_attribute("href", "/alerts")
    expect(page.get_by_role("button", name="Zapisz adres")).to_have_count(0)


def test_moving_across_the_border_is_told_at_once(newcomer: Resident):
    page = newcomer.page
    type_coordinates(page, f"{LAT + HALF_LAT - 5 * METRE:.6f}, {LNG:.6f}")
    told = page.locator(".place-municipality")
    expect(told).to_contain_text("Gmina Regionalna")
    for _ in range(4):
        page.get_by_role("button", name="Na północ").click()
    expect(told).to_contain_text("poza gminami")
    page.get_by_role("button", name="Na południe").click()
    page.get_by_role("button", name="Na południe").click()
    expect(told).to_contain_text("Gmina Regionalna")
    expect(page.locator("#save")).to_be_visible()


def test_without_the_list_of_municipalities_nothing_is_kept_until_it_comes(settled: Settled):
    resident = settled.agreed()
    resident.page.route("**/municipalities.json", lambda route: route.abort())
    page = resident.open(ADD)
    type_coordinates(page, "49.8331, 19.9382")
    expect(page.locator(".place-municipality")).to_contain_text("Nie udało się sprawdzić")
    expect(page.get_by_role("button", name="Zapisz adres")).to_have_count(0)
    page.unroute("**/municipalities.json")
    page.get_by_role("button", name="Spróbuj ponownie").click()
    expect(page.locator(".place-municipality")).to_contain_text("Gmina Regionalna")


def test_a_point_that_cannot_be_shown_is_said_so_and_shown_at_the_next_try(new_resident: NewResident):
    """In a browser of its own, which has not loaded the library of cells yet."""
    resident = new_resident(service_workers="block")
    resident.open(ADD)
    resident.agree()
    page = resident.page
    expect(page.locator("#by-map")).to_be_visible()
    page.context.set_offline(True)
    type_coordinates(page, "49.8331, 19.9382")
    expect(page.get_by_role("alert")).to_contain_text("Nie udało się pokazać punktu.")
    page.context.set_offline(False)
    type_coordinates(page, "49.8331, 19.9382")
    expect(page.locator(".place-municipality")).to_contain_text("Gmina Regionalna")
    expect(page.get_by_role("alert")).to_have_count(0)


# ---- Name and last day


def test_a_place_needs_a_name_and_a_preset_gives_one(newcomer: Resident):
    page = newcomer.page
    type_coordinates(page, "49.8331, 19.9382")
    expect(page.locator("#label")).to_have_value("Dom")
    save(page, "  ")
    expect(page.locator("#label-error")).to_contain_text("Wpisz nazwę")
    expect(page.locator("#label")).to_be_focused()
    page.get_by_role("button", name="Szkoła").click()
    expect(page.locator("#label")).to_have_value("Szkoła")
    press_save(page)
    place = await_cell(newcomer, "1", cell_of(49.8331, 19.9382))
    assert place["label"] == {"stringValue": "Szkoła"}


def test_a_last_day_in_the_past_is_refused_and_a_later_one_kept(newcomer: Resident):
    page = newcomer.page
    today = page.evaluate("new Date().toLocaleDateString('en-CA', {timeZone: 'Europe/Warsaw'})")
    type_coordinates(page, "49.8331, 19.9382")
    page.locator("#until").fill("2020-01-01")
    save(page, "Hotel")
    expect(page.locator("#until-error")).to_contain_text("już minął")
    page.locator("#until").fill(today)
    save(page, "Hotel")
    place = await_cell(newcomer, "1", cell_of(49.8331, 19.9382))
    ending = "day => import('/source/js/places/until.js').then(({endOf}) => endOf(day).toISOString())"
    midnight = page.evaluate(ending, today)
    assert place["until"] == {"timestampValue": midnight.replace(".000Z", "Z")}


# ---- Keeping, changing, removing


def test_the_list_tells_of_each_place_where_it_is_and_until_when(newcomer: Resident, town: Town):
    keep(town, newcomer, "1", "Dom")
    keep(town, newcomer, "3", "Hotel", until=datetime(2030, 12, 1, 23, tzinfo=UTC))
    keep(town, newcomer, "4", "Stary hotel", until=datetime(2026, 1, 31, 23, tzinfo=UTC))
    keep(town, newcomer, "5", "Warszawa", cell=cell_of(52.2297, 21.0122))
    places = newcomer.open("/app/places").locator(".place")
    expect(places).to_have_count(4)
    expect(places.nth(0)).to_contain_text("Gmina Regionalna")
    expect(places.nth(1)).to_contain_text("Do dnia: 1 grudnia 2030")
    expect(places.nth(2)).to_contain_text("Minęło: 31 stycznia 2026")
    expect(places.nth(3)).to_contain_text("Nie wysyłamy tu alertów")


def test_eight_places_are_all(newcomer: Resident, town: Town):
    for slot in range(1, 9):
        keep(town, newcomer, str(slot), f"Miejsce {slot}")
    page = newcomer.open("/app/places")
    expect(page.locator(".place")).to_have_count(8)
    expect(page.get_by_text("Więcej adresów nie można zapisać.")).to_be_visible()
    expect(page.get_by_role("link", name="Dodaj adres")).to_have_count(0)
    newcomer.open(ADD)
    newcomer.expect_view("Masz już 8 adresów")


def test_a_new_place_takes_the_first_free_slot(newcomer: Resident, town: Town):
    keep(town, newcomer, "1", "Dom")
    keep(town, newcomer, "3", "Praca")
    add(newcomer, "49.84001, 19.95001", "Rodzice", "2")
    assert newcomer.document("/places/1")
    assert newcomer.document("/places/3")


def test_a_place_moved_and_renamed_is_written_to_its_own_slot(newcomer: Resident, town: Town):
    keep(town, newcomer, "4", "Dom")
    page = newcomer.open("/app/places")
    page.get_by_role("link", name="Zmień Dom").click()
    newcomer.expect_view("Zmień: Dom")
    page.get_by_role("button", name="Wskaż inaczej").click()
    type_coordinates(page, "49.84001, 19.95001")
    save(page, "Nowy dom")
    place = await_cell(newcomer, "4", cell_of(49.84001, 19.95001))
    assert place["label"] == {"stringValue": "Nowy dom"}
    expect(page.locator(".place")).to_have_count(1)
    assert newcomer.document("/places/1") is None


def test_a_place_renamed_stays_in_its_cell(newcomer: Resident, town: Town):
    keep(town, newcomer, "1", "Dom")
    page = newcomer.open("/app/places/1")
    save(page, "Mieszkanie")
    expect(page.locator(".place")).to_contain_text("Mieszkanie")
    assert await_cell(newcomer, "1", cell_of(LAT, LNG))["label"] == {"stringValue": "Mieszkanie"}


def test_a_place_is_removed_only_after_a_question(newcomer: Resident, town: Town):
    keep(town, newcomer, "2", "Praca")
    page = newcomer.open("/app/places")
    page.get_by_role("button", name="Usuń Praca").click()
    page.get_by_role("dialog").get_by_role("button", name="Wróć").click()
    expect(page.locator(".place")).to_have_count(1)
    page.get_by_role("button", name="Usuń Praca").click()
    page.get_by_role("dialog").get_by_role("button", name="Usuń adres").click()
    expect(page.locator(".place")).to_have_count(0)
    await_document(newcomer, "/places/2", lambda fields: fields is None)
    expect(page.locator("#announcements")).to_have_text("Usunięto: Praca.")


def test_a_place_that_is_not_there_is_said_to_be_gone(newcomer: Resident):
    newcomer.open("/app/places/7")
    newcomer.expect_view("Nie ma takiego adresu")


def test_what_is_written_without_a_network_waits_on_the_phone(newcomer: Resident):
    page = newcomer.page
    type_coordinates(page, "49.8331, 19.9382")
    expect(page.locator(".place-municipality")).to_contain_text("Gmina Regionalna")
    page.context.set_offline(True)
    save(page, "Dom")
    expect(page.locator("#announcements")).to_have_text(re.compile("Zapisano w telefonie: Dom"))
    page.context.set_offline(False)
    await_cell(newcomer, "1", cell_of(49.8331, 19.9382))


def test_a_rough_fix_is_not_saved_without_a_look(settled: Settled):
    resident = settled.done()
    for accuracy, confirmable in ((5000, False), (900, False), (80, True)):
        page = locate(resident, accuracy=accuracy).open(ADD)
        page.locator("#locate").click()
        expect(page.locator("#doubt")).to_be_visible()
        expect(page.get_by_role("button", name="Zapisz adres")).to_have_count(0)
        expect(page.locator("#looked")).to_have_count(int(confirmable))
        if confirmable:
            page.locator("#looked").click()
        else:
            expect(page.locator('[data-fact="near"]')).to_have_count(0)
            page.locator(".place-nudge--north").click()
        expect(page.locator("#doubt")).to_have_count(0)
        expect(page.locator("#save")).to_be_visible()
