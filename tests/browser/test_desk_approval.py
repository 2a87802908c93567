"""What stands above the button that sends: reach, texts, map, what did not load, what is unusual."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from shared.domain.alert import Severity, State, Text, replace
from shared.domain.content import Hazard
from tests.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.desk import ADDRESS, EWA, Desk, desk, eventually
from tests.browser.town import BOUNDARY, LAT, LNG, square
from tests.fakes.tokens import STAFF

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

HOLD = 1500  # ms; web-admin/js/shell/hold.js


@pytest.fixture(autouse=True)
def only_the_map_has_addresses(desk: Desk) -> None:
    """As in a municipality whose registers were not imported."""
    desk.office.areas.gazetteers = {}


def approve(page: Page) -> Locator:
    return page.locator(".actions").get_by_role("button", name="Zatwierdź i wyślij")


def ready(page: Page) -> None:
    """All has loaded that the approver is to see."""
    expect(page.locator(".decision .reach__figures")).not_to_contain_text("Liczymy")
    expect(page.locator(".map canvas").first).to_be_visible()


def approved(desk: Desk, page: Page, alert_id: str = "a1") -> None:
    eventually(page, lambda: desk.stored(alert_id).state is State.SCHEDULED)


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["y"]


@pytest.mark.parametrize("viewport", [{}, {"viewport": PHONE}], ids=["desktop", "phone"])
def test_all_that_counts_stands_above_the_button(desk: Desk, viewport: Any):
    made = desk.submitted()
    texts = {"pl": Text("Brak wody", "Całość po polsku.", "Zakręć."), "en": Text("No water", "All of it.")}
    desk.office.alerts.put(replace(made, content=replace(made.content, texts=texts)))
    page = desk.open("piotr", "/alerts/a1", **viewport)
    ready(page)
    button = approve(page).bounding_box()
    assert button
    for selector in (
        ".message >> text=Całość po polsku.",
        ".message >> text=All of it.",
        ".map",
        ".decision .reach__figures",
    ):
        assert top(page, selector) < button["y"], selector
    assert_accessible(page, ("phone", "phone, dark", "desktop"))
    approve(page).click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Całość po polsku.")
    expect(question).to_contain_text("All of it.")
    assert_accessible(page, ("phone", "phone, dark"))


def test_whoever_only_looks_finds_the_buttons_at_the_top(desk: Desk):
    desk.submitted()
    page = desk.open("anna", "/alerts/a1")
    expect(page.locator(".decision")).to_have_count(0)
    assert top(page, ".actions") < top(page, ".message")


@pytest.mark.parametrize(
    ("broken", "named", "recorded"),
    [
        ({"/api/reach": 503}, "zasięg", "reach"),
        ({"/api/reach": None}, "zasięg", "reach"),
        ({"/api/municipality": 503}, "mapa", "map"),
        ({"/api/municipality": None}, "mapa", "map"),
        ({"/api/municipality": None, "/api/reach": None}, "zasięg, mapa", "reach, map"),
    ],
)
def test_what_does_not_load_is_named_and_recorded_and_stops_nobody(
    desk: Desk, broken: dict[str, int | None], named: str, recorded: str
):
    desk.submitted()
    desk.broken = broken
    page = desk.open("piotr", "/alerts/a1")
    expect(page.locator(".decision .unseen")).to_contain_text(f"Nie wczytało się: {named}.")
    approve(page).click()
    page.locator("#dialog-yes").click()
    approved(desk, page)
    assert desk.office.alerts.history("a1")[-1].details["unseen"] == recorded
    desk.broken = {}
    expect(page.locator(".history")).to_contain_text(f"Nie wczytało się: {named}")


def test_while_it_loads_nothing_is_approved_and_nothing_named(desk: Desk):
    desk.submitted()
    desk.broken = {"/api/reach": None}
    page = desk.context("piotr").new_page()
    page.clock.install()
    page.clock.pause_at(
        datetime.now(UTC) + timedelta(seconds=1)
    )  # the five seconds pass when the test says so
    page.goto(f"{ADDRESS}/alerts/a1")
    approve(page).click()
    expect(page.locator("#dialog-yes")).to_be_disabled()
    expect(page.locator(".unseen")).to_have_count(0)
    page.clock.fast_forward(6000)
    expect(page.locator("#dialog-yes")).to_be_enabled()
    expect(page.get_by_role("dialog").locator(".unseen")).to_contain_text("zasięg")


def test_what_was_seen_is_not_recorded(desk: Desk):
    desk.submitted()
    page = desk.open("piotr", "/alerts/a1")
    ready(page)
    approve(page).click()
    page.locator("#dialog-yes").click()
    approved(desk, page)
    assert desk.office.alerts.history("a1")[-1].details == {"all_the_same": "true"}


# ---- Friction grows with surprise

MEADOW = square(LAT - 0.02, LNG + 0.03, 0.002, 0.002)
ONE_STREET = square(LAT + 0.0165, LNG + 0.0275, 0.004, 0.006)
ORDINARY = square(LAT, LNG, 0.006, 0.008)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"area": MEADOW}, "nie ma żadnego adresu"),
        ({"area": BOUNDARY}, "To cała gmina: 72 adresy"),
        ({"area": ORDINARY, "event": Hazard("road_closure")}, "To dużo jak na taki alert"),
        ({"area": ONE_STREET, "event": Hazard("thunderstorm")}, "To mało jak na taki alert"),
    ],
)
def test_what_is_out_of_the_ordinary_costs_one_step(desk: Desk, changes: dict[str, Any], told: str):
    desk.submitted(**changes)
    page = desk.open("piotr", "/alerts/a1")
    expect(page.locator(".decision .surprise")).to_contain_text(told)
    approve(page).click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text(told)
    expect(page.locator("#dialog-yes")).to_be_disabled()
    question.get_by_label("Tak ma być").check()
    page.locator("#dialog-yes").click()
    approved(desk, page)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"severity": Severity.EXTREME},
        {"event": Hazard("water_contamination"), "severity": Severity.SEVERE},
        {"area": ONE_STREET, "event": Hazard("water_outage")},
        {"send_at": (datetime.now(UTC) + timedelta(days=1)).replace(hour=1, minute=10)},
    ],
    ids=["plain", "extreme", "severe", "street", "night"],
)
def test_neither_danger_nor_night_costs_a_step(desk: Desk, changes: dict[str, Any]):
    desk.submitted(**changes)
    page = desk.open("piotr", "/alerts/a1")
    ready(page)
    expect(page.locator(".surprise")).to_have_count(0)
    approve(page).click()
    expect(page.locator("#sure")).to_have_count(0)
    expect(page.locator("#dialog-yes")).to_be_enabled()


def hold(page: Page, milliseconds: int) -> None:
    approve(page).scroll_into_view_if_needed()
    box = approve(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(milliseconds)
    page.mouse.up()


def test_held_the_button_sends_without_a_question(desk: Desk):
    desk.submitted()
    page = desk.open("piotr", "/alerts/a1")
    ready(page)
    hold(page, HOLD + 500)
    approved(desk, page)
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("way", ["taps", "Enter", "Space", "a short hold"])
def test_two_presses_do_what_a_hold_does(desk: Desk, way: str):
    desk.submitted()
    page = desk.open("piotr", "/alerts/a1")
    ready(page)
    if way == "a short hold":
        hold(page, 200)
    else:
        press(page, approve(page), way)
    press(page, page.locator("#dialog-yes"), way)
    approved(desk, page)


def press(page: Page, button: Locator, way: str) -> None:
    if way in ("Enter", "Space"):
        button.focus()
        page.keyboard.press(way)
    else:
        button.click()


def test_held_over_something_out_of_the_ordinary_it_asks(desk: Desk):
    desk.submitted(area=MEADOW)
    page = desk.open("piotr", "/alerts/a1")
    ready(page)
    hold(page, HOLD + 500)
    expect(page.get_by_role("dialog").get_by_label("Tak ma być")).to_be_visible()
    assert desk.stored("a1").state is State.SUBMITTED


def test_a_hold_that_slips_off_the_button_sends_nothing(desk: Desk):
    desk.submitted()
    page = desk.open("piotr", "/alerts/a1")
    ready(page)
    approve(page).scroll_into_view_if_needed()
    box = approve(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.wait_for_timeout(300)
    page.mouse.move(box["x"] + 10, box["y"] - 60)
    page.wait_for_timeout(HOLD + 300)
    page.mouse.up()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert desk.stored("a1").state is State.SUBMITTED


# ---- Notices follow the state, and refusals say why


def test_a_notice_goes_with_the_state_that_it_told_of(desk: Desk):
    made = desk.submitted()
    page = desk.open("piotr", "/alerts/a1")
    ready(page)
    approve(page).click()
    page.locator("#dialog-yes").click()
    expect(page.locator("#notice")).to_contain_text("Zatwierdzono")
    found = desk.stored("a1")
    desk.office.alerts.put(
        replace(found, state=State.CANCELLED, finished=datetime.now(UTC), revision=found.revision + 1)
    )
    expect(page.locator(".detail-head .govuk-tag")).to_have_text("Odwołany")
    expect(page.get_by_text("Zatwierdzono")).to_have_count(0)
    assert made.id == "a1"


def test_a_refusal_says_who_changed_what(desk: Desk):
    from shared.formats.content_json import read_content
    from shared.services.alerts.edit_alert import edit_alert
    from shared.services.alerts.submit_alert import submit_alert

    desk.submitted()
    page = desk.open("piotr", "/alerts/a1")
    ready(page)
    body = desk.api.get("anna", "/api/alerts/a1").json
    desk.broken["/summary"] = 503  # it does not show by itself before the button is pressed
    names = ("category", "severity", "texts", "area", "expires")
    form = read_content({name: body[name] for name in names} | {"area_name": "Inna nazwa"})
    edit_alert(desk.office.ports, "a1", 1, STAFF["ewa"], form)
    submit_alert(desk.office.ports, "a1", 2, STAFF["anna"])
    approve(page).click()
    page.locator("#dialog-yes").click()
    expect(page.locator("#changes")).to_contain_text(f"{EWA.name}, ")
    expect(page.locator("#changes")).to_contain_text("Nazwa obszaru")


def test_an_approval_that_comes_too_late_says_why(desk: Desk):
    made = desk.submitted()
    late = replace(made.content, send_at=datetime.now(UTC) - timedelta(hours=1))
    desk.office.alerts.put(replace(made, content=late))
    page = desk.open("piotr", "/alerts/a1")
    approve(page).click()
    page.locator("#dialog-yes").click()
    reason = desk.api.ask("piotr", "POST", "/api/alerts/a1/approve", headers={"If-Match": '"1"'}).json
    assert reason["errors"]
    expect(page.locator("#failure")).to_contain_text(reason["errors"][0]["detail"])


def test_the_question_follows_the_alert(desk: Desk):
    now = datetime.now(UTC)
    desk.alert("a1", state=State.SCHEDULED, approved=now, send_at=now + timedelta(hours=2))
    page = desk.open("anna", "/alerts/a1")
    page.get_by_role("button", name="Odwołaj").click()
    expect(page.get_by_role("dialog")).to_contain_text("Nikt go nie dostanie")
    desk.office.alerts.put(replace(desk.stored("a1"), state=State.ACTIVE, started=now))
    page.locator("#dialog-yes").click()
    expect(page.locator(".detail-head .govuk-tag")).to_have_text("Odwołany")
