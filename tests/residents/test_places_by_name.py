"""A place by its name: the first way, by touch, keyboard and screen reader, with and without a network."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from infra.local.accounts import TERC
from shared.geo.cells import cell_of
from tests.residents.placing import await_cell, pick
from tests.residents.register import SYM, house
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

ADD = "/app/places/new"


@pytest.fixture
def newcomer(new_resident) -> Resident:
    """Adding a place with a phone that may not be asked where it is."""
    resident = new_resident(service_workers="block")
    resident.open(ADD)
    resident.agree()
    return resident


def test_street_and_number_in_one_line_make_a_place_with_its_codes(newcomer: Resident, tmp_path):
    page = newcomer.page
    page.screenshot(path="/tmp/e-ways.png", full_page=True)
    page.locator("#address").fill("glowna 12")
    expect(page.get_by_role("option").first).to_be_visible()
    page.screenshot(path="/tmp/e-found.png", full_page=True)
    pick(page, "glowna 12", "Główna 12")
    page.wait_for_timeout(500)
    page.screenshot(path="/tmp/e-picked.png", full_page=True)
    page.locator("#save").click()
    at = house("Główna", "12")
    place = await_cell(newcomer, "1", cell_of(at.lat, at.lon))
    codes = place["codes"]["mapValue"]["fields"]
    assert codes == {
        "terc": {"stringValue": TERC},
        "locality": {"stringValue": SYM},
        "street": {"stringValue": f"{SYM}:00101"},
        "number": {"stringValue": "12"},
    }
    assert set(place) == {"label", "cell", "codes", "confirmed", "updated"}
