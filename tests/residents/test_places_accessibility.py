"""Every state of places on every screen; and by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from shared.geo.cells import cell_of
from tests.accessibility import assert_accessible
from tests.browser.town import LAT, LNG, Town
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

NewResident = Callable[..., Resident]

HERE = {"latitude": LAT, "longitude": LNG, "accuracy": 35}


@pytest.fixture
def someone(new_resident: NewResident) -> Resident:
    resident = new_resident(geolocation=HERE)
    resident.open("/app/places/new")
    resident.agree()
    return resident


def _keep(town: Town, resident: Resident, slot: str, **fields: Any) -> None:
    place = {"label": f"Miejsce {slot}", "cell": cell_of(LAT, LNG), "updated": datetime.now(UTC), **fields}
    town.registers.write(f"residents/{resident.uid()}/places/{slot}", place)


def test_adding_in_every_state(someone: Resident):
    page = someone.page
    page.get_by_role("button", name="Użyj mojej lokalizacji").click()
    expect(page.locator("#location-problem")).to_be_visible()
    page.get_by_role("button", name="Pokaż na mapie").click()
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
    page.get_by_role("button", name="Zapisz adres").click()
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


def test_a_place_is_added_by_keyboard_alone(new_resident: NewResident):
    resident = new_resident(geolocation=HERE, permissions=["geolocation"])
    page = resident.open("/app/places/new")
    resident.agree()

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
    tab_to("form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#announcements")).to_have_text("Zapisano: Mieszkanie.")
    resident.open("/app/places")
    expect(page.locator(".place h2")).to_have_text("Mieszkanie")
