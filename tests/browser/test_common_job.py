"""The most common job on the real stack: one street has no water; one writes, another approves, on phones."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.local.stack import Stack
from tests.accessibility import violations
from tests.browser.conftest import PHONE
from tests.browser.register import write_register
from tests.browser.site import Site, figure
from tests.browser.thumb import Thumb
from tests.browser.town import LAT, LNG, Town
from tests.fakes.areas import GAZETTEER

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

SCREEN: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
MOST_ACTIONS, MOST_SECONDS = 12, 60
OWN, OTHER = GAZETTEER.localities[0].streets
HOMES = 12  # of residents in the street
WHOLE_STREET = "Obejmuje: ul. Różana 42 z 42"


@pytest.fixture(scope="module")
def town(stack: Stack) -> Town:
    """Twelve residents of the street, each at a house of it, and four of the next one."""
    town = Town(stack)
    write_register(town.registers)
    homes = [*OWN.houses.listed[::4], OWN.houses.listed[-1], *OTHER.houses.listed[:4]]
    assert len(homes) == HOMES + 4
    for house in homes:
        town.settle(house.lat - LAT, house.lon - LNG)
    town.wait_until_indexed()
    return town


def alert_of(page: Page) -> str:
    page.wait_for_url(re.compile(r"/alerts/\w{20}$"))
    return page.url.rsplit("/", 1)[1]


def approval(page: Page) -> Locator:
    return page.locator(".actions").get_by_role("button", name="Zatwierdź i wyślij")


def phones_of_the_street(town: Town) -> list[str]:
    return sorted(phone for resident in town.residents[:HOMES] for phone in resident.phones)


def pushed(town: Town, page: Page, alert: str) -> list[str]:
    """Once the wave is over."""
    expect(page.locator(".govuk-tag")).to_have_text("Aktywny")
    expect(figure(page, "accepted")).to_have_text("10")  # of twelve, rounded to five
    return sorted(town.pushed(alert))


def test_a_street_without_water_on_two_phones(site: Site, town: Town, record_property: Any):
    page = site.signed_in("anna", "/alerts", **SCREEN)
    author = Thumb(page)
    author.opened()
    author.choose(page.get_by_role("link", name="Brak wody", exact=True))
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
    everything_came(other)
    approver.hold(approval(other))
    expect(other.get_by_text("Zatwierdzono")).to_be_visible()

    actions, seconds = author.actions + approver.actions, author.seconds + approver.seconds
    print(f"{author.actions} + {approver.actions} actions, {seconds:.1f} s at a person's pace")
    record_property("actions", actions)
    record_property("seconds", round(seconds, 1))
    assert actions <= MOST_ACTIONS
    assert seconds <= MOST_SECONDS
    assert pushed(town, other, alert) == phones_of_the_street(town)


def everything_came(page: Page) -> None:
    """That the approver is to see."""
    expect(page.locator(".columns .covers")).to_have_text(WHOLE_STREET)
    expect(page.locator(".decision .reach__figures")).not_to_contain_text("Liczymy")
    expect(page.locator(".map canvas").first).to_be_visible()


def test_the_same_by_keyboard_alone(site: Site, town: Town):
    page = site.signed_in("anna", "/alerts", viewport=PHONE)
    press(page, page.get_by_role("link", name="Brak wody", exact=True))
    expect(page.locator("#names")).to_be_focused()
    page.keyboard.type("roz")
    expect(page.get_by_label("ul. Różana")).to_be_visible()
    page.keyboard.press("Enter")  # takes the first
    expect(page.locator(".part")).to_contain_text("ul. Różana: 42 adresy")
    expect(page.locator(".reach .covers")).to_have_text(WHOLE_STREET)
    press(page, page.locator("#next"))
    press(page, page.locator(".chip").first)
    press(page, page.locator("#next"))
    expect(page.locator(".preview__language").first).to_contain_text("Brak wody: ul. Różana")
    press(page, page.locator("#submit"))
    expect(page.get_by_text("Przekazano do zatwierdzenia.")).to_be_visible()
    alert = alert_of(page)

    other = site.signed_in("piotr", f"/alerts/{alert}", viewport=PHONE)
    everything_came(other)
    press(other, approval(other))
    question = other.get_by_role("dialog")
    expect(question.locator(".covers")).to_have_text(WHOLE_STREET)
    assert violations(other) == []
    press(other, question.get_by_role("button", name="Zatwierdź i wyślij"))
    expect(other.get_by_text("Zatwierdzono")).to_be_visible()
    assert pushed(town, other, alert) == phones_of_the_street(town)


def press(page: Page, goal: Locator, steps: int = 80) -> None:
    """Tab to it, then Enter."""
    expect(goal).to_be_visible()
    for _ in range(steps):
        if goal.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {goal}")


def test_the_night_on_the_real_stack_is_sent_by_one_thumb(site: Site, town: Town, record_property: Any):
    """The same job at 02:10, by one person alone; phones have it before anybody confirms."""
    page = site.signed_in("kasia", "/alerts", **SCREEN)
    thumb = Thumb(page)
    thumb.opened()
    thumb.choose(page.get_by_role("link", name="Brak wody", exact=True))
    thumb.write(page.locator("#names"), "roz")
    thumb.choose(page.get_by_label("ul. Różana"))
    thumb.tap(page.locator("#next"))
    thumb.choose(page.locator(".chip").first)
    thumb.tap(page.locator("#next"))
    expect(page.locator(".preview__figures")).to_be_visible()
    thumb.choose(page.get_by_role("button", name="zagrożenie trwa"))
    thumb.hold(page.locator("#send-now"))
    expect(page.locator("#notice")).to_contain_text("Wysłano")
    alert = alert_of(page)
    print(f"{thumb.actions} actions, {thumb.seconds:.1f} s at a person's pace")
    record_property("actions", thumb.actions)
    record_property("seconds", round(thumb.seconds, 1))
    assert thumb.actions <= MOST_ACTIONS
    assert thumb.seconds <= MOST_SECONDS
    assert pushed(town, page, alert) == phones_of_the_street(town)
    expect(page.get_by_role("button", name="Potwierdź wysłany alert")).to_have_count(0)  # by somebody else
