"""Every state of places on every screen; and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
from playwright.sync_api import Geolocation, expect

from shared.geo.cells import cell_of
from tests.accessibility import assert_accessible
from tests.browser.town import LAT, LNG, Town
from tests.residents.placing import press_save, type_coordinates
from tests.residents.resident import Resident
from tests.residents.settled import Settled

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

NewResident = Callable[..., Resident]

HERE: Geolocation = {"latitude": LAT, "longitude": LNG, "accuracy": 35}


@pytest.fixture
def someone(settled: Settled) -> Resident:
    resident = settled.agreed()
    resident.page.context.set_geolocation(HERE)
    resident.open("/app/places/new")
    return resident


def _keep(town: Town, resident: Resident, slot: str, **fields: Any) -> None:
    place = {"label": f"Miejsce {slot}", "cell": cell_of(LAT, LNG), "updated": datetime.now(UTC), **fields}
    town.registers.write(f"residents/{resident.uid()}/places/{slot}", place)


def test_adding_in_every_state(someone: Resident):
    page = someone.page
    page.get_by_role("button", name="Użyj mojej lokalizacji").click()
    expect(page.locator("#location-problem")).to_be_visible()
    type_coordinates(page, "")
    expect(page.locator("#coordinates-error")).to_be_visible()
    assert_accessible(page)
    page.locator("#coordinates").fill("21.0122 52.2297")
    page.get_by_role("button", name="Pokaż na mapie").click()
    expect(page.locator(".place-municipality")).to_contain_text("poza gminami")
    expect(page.locator(".ol-zoom")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Wskaż inaczej").click()
    page.context.grant_permissions(["geolocation"])
    page.get_by_role("button", name="Użyj mojej lokalizacji").click()
    page.get_by_role("button", name="Na północ").click()
    page.locator("#until").fill("2020-01-01")
    page.locator("#label").fill("")
    press_save(page)
    expect(page.locator("#label-error")).to_be_visible()
    expect(page.locator("#until-error")).to_be_visible()
    assert_accessible(page)


def test_the_list_its_question_and_a_place_with_its_link(someone: Resident, town: Town):
    page = someone.open("/app/places")
    assert_accessible(page)
    _keep(town, someone, "1")
    _keep(town, someone, "2", until=datetime(2030, 1, 1, tzinfo=UTC))
    _keep(town, someone, "3", cell=cell_of(52.2297, 21.0122))
    expect(page.locator(".place")).to_have_count(3)
    assert_accessible(page)
    page.get_by_role("button", name="Usuń Miejsce 1").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Usuń Miejsce 1")).to_be_focused()
    someone.open("/app/places/1")
    page.get_by_text("Przekaż to miejsce gościom").click()
    expect(page.locator(".qr")).to_be_visible()
    assert_accessible(page)


def test_all_slots_taken_and_nothing_there(someone: Resident, town: Town):
    for slot in range(1, 9):
        _keep(town, someone, str(slot))
    for path in ("/app/places", "/app/places/new", "/app/visit", f"/app/visit#cell={cell_of(LAT, LNG)}"):
        someone.open("/app/settings")
        assert_accessible(someone.open(path))
    expect(someone.page.locator(".place-municipality")).to_contain_text("Gmina Regionalna")
    assert_accessible(someone.page)


def test_a_place_is_added_by_keyboard_alone(someone: Resident):
    page = someone.page
    page.context.grant_permissions(["geolocation"])

    def tab_to(selector: str) -> None:
        for _ in range(40):
            if page.evaluate("css => document.activeElement.matches(css)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by keyboard")

    tab_to("#locate")
    page.keyboard.press("Enter")
    expect(page.locator("#place-point")).to_be_focused()
    tab_to(".place-map")
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-fact="moved"]')).to_be_visible()
    tab_to("#label")
    page.keyboard.type("Mieszkanie")
    tab_to("#save")
    page.keyboard.press("Enter")
    expect(page.locator("#announcements")).to_have_text("Zapisano: Mieszkanie.")
    someone.open("/app/places")
    expect(page.locator(".place h2")).to_have_text("Mieszkanie")


BROKEN = """css => [...document.querySelectorAll(css)].flatMap(element => {
  const text = document.createRange();
  const words = [...element.childNodes].filter(node => node.nodeType === 3)
    .flatMap(node => [...node.data.matchAll(/\\S+/g)].map(({0: word, index}) => [node, index, word]));
  return words.filter(([node, at, word]) => {
    text.setStart(node, at);
    text.setEnd(node, at + word.length);
    return new Set([...text.getClientRects()].map(({top}) => Math.round(top))).size > 1;
  }).map(([, , word]) => word);
})"""


def test_on_the_narrowest_screen_no_button_has_a_broken_word(settled: Settled):
    resident = settled.done()
    resident.page.set_viewport_size({"width": 180, "height": 370})
    page = resident.open("/app/places/new")
    type_coordinates(page, "49.8331, 19.9382")
    expect(page.locator(".place-nudge")).to_have_count(4)
    assert page.evaluate(BROKEN, "button, .govuk-button") == []
    resident.open("/app/settings")
    assert page.evaluate(BROKEN, "button, .govuk-button, .govuk-tag") == []


LIGHTNESS = """() => {
  const { data } = (canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height))
    (document.querySelector('.place-map canvas'));
  let [sum, drawn] = [0, 0];
  for (let at = 0; at < data.length; at += 4) if (data[at + 3]) sum += data[at + 1], drawn += 1;
  return sum / drawn > 128;
}"""


def test_the_map_is_light_or_dark_as_the_page_is(settled: Settled):
    resident = settled.done()
    schemes: tuple[tuple[Literal["light", "dark"], bool], ...] = (("light", True), ("dark", False))
    for scheme, light in schemes:
        resident.page.emulate_media(color_scheme=scheme)
        page = resident.open("/app/places/new")
        type_coordinates(page, "49.8331, 19.9382")
        expect(page.locator(".ol-zoom")).to_be_visible()
        expect(page.locator(".ol-scale-line-inner")).to_have_text(re.compile("m"))
        assert page.evaluate(LIGHTNESS) is light
        page.emulate_media(color_scheme="dark" if light else "light")
        page.wait_for_function(f"({LIGHTNESS})() === {str(not light).lower()}")
        ground = "getComputedStyle(document.querySelector('.place-map')).backgroundColor"
        assert page.evaluate(ground) == ("rgb(10, 18, 26)" if light else "rgb(223, 230, 236)")


def test_the_zoom_buttons_say_what_they_do(someone: Resident):
    page = someone.page
    type_coordinates(page, "49.8331, 19.9382")
    for name in ("Przybliż", "Oddal"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    for text in ("+", "–"):
        expect(page.get_by_role("button", name=text, exact=True)).to_have_count(0)


def test_the_keyboards_ways_stand_after_the_map_and_not_on_a_touch_phone(new_resident: NewResident):
    for touch in (True, False):
        page = new_resident(has_touch=touch, is_mobile=touch, service_workers="block").settle(
            "/app/places/new"
        )
        type_coordinates(page, "49.8331, 19.9382")
        keys = page.locator("#map-keys")
        expect(keys).to_be_hidden() if touch else expect(keys).to_be_visible()
        expect(page.locator(".place-map")).to_have_attribute("aria-describedby", "map-help map-keys")
        parts = page.locator(".place-map, #map-keys, .place-facts")
        order = "parts => parts.map(part => part.id || part.classList[part.classList.length - 1])"
        assert parts.evaluate_all(order) == ["place-map", "map-keys", "place-facts"]
