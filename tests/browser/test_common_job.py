"""The most common job on the real stack: one street has no water; one writes, another approves, on phones."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.local.stack import Stack
from tests.browser.conftest import PHONE
from tests.browser.register import write_register
from tests.browser.site import Site
from tests.browser.thumb import Thumb
from tests.browser.town import LAT, LNG, Town
from tests.fakes.areas import GAZETTEER

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

SCREEN: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
MOST_ACTIONS, MOST_SECONDS = 12, 60
OWN, OTHER = GAZETTEER.localities[0].streets


@pytest.fixture(scope="module")
def town(stack: Stack) -> Town:
    """Twelve residents of the street, each at a house of it, and four of the next one."""
    town = Town(stack)
    write_register(town.registers)
    homes = [*OWN.houses.listed[::4], OWN.houses.listed[-1], *OTHER.houses.listed[:4]]
    for house in homes:
        town.settle(house.lat - LAT, house.lon - LNG)
    town.wait_until_indexed()
    return town


def alert_of(page: Page) -> str:
    page.wait_for_url(re.compile(r"/alerts/\w{20}$"))
    return page.url.rsplit("/", 1)[1]


def approval(page: Page) -> Locator:
    return page.locator(".actions").get_by_role("button", name="Zatwierdź i wyślij")


def covered(town: Town, alert: str) -> dict[str, Any]:
    """What residents are told that it covers."""
    found = town.registers.fields(f"published/{alert}")
    assert found
    return found


def test_a_street_without_water_on_two_phones(site: Site, town: Town, record_property: Any):
    page = site.signed_in("anna", "/alerts", **SCREEN)
    author = Thumb(page)
    author.opened()
    author.choose(page.get_by_role("link", name="Brak wody"))
    author.write(page.locator("#names"), "roz")
    author.choose(page.get_by_label("ul. Różana"))
    author.tap(page.locator("#next"))
    author.choose(page.locator(".chip").first)
    author.tap(page.locator("#next"))
    author.tap(page.get_by_role("button", name="Przekaż do zatwierdzenia"))
    expect(page.get_by_text("Przekazano do zatwierdzenia.")).to_be_visible()
    alert = alert_of(page)

    other = site.signed_in("piotr", f"/alerts/{alert}", **SCREEN)
    approver = Thumb(other)
    approver.opened()
    expect(other.locator(".covers").first).to_contain_text("ul. Różana 42 z 42")
    expect(other.locator(".decision .reach__figures")).not_to_contain_text("Liczymy")
    expect(other.locator(".map canvas").first).to_be_visible()
    other.screenshot(path="/tmp/d2-a1.png", full_page=True)
    approver.hold(approval(other))
    expect(other.get_by_text("Zatwierdzono")).to_be_visible()

    actions, seconds = author.actions + approver.actions, author.seconds + approver.seconds
    print(f"{author.actions} + {approver.actions} actions, {seconds:.1f} s at a person's pace")
    record_property("actions", actions)
    record_property("seconds", round(seconds, 1))
    assert actions <= MOST_ACTIONS
    assert seconds <= MOST_SECONDS
    expect(other.locator(".govuk-tag")).to_have_text("Aktywny")
