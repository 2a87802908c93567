"""Settings: each choice is saved when it is made, and what the app says of it is true."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.town import Town
from tests.residents.resident import Resident
from tests.residents.settled import Settled

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]


@pytest.fixture
def resident(settled: Settled) -> Resident:
    return settled.done()


def _status(page: Page, state: str) -> None:
    expect(page.locator(f'.status [data-state="{state}"]')).to_be_visible()


def _document(resident: Resident, path: str = "") -> dict[str, Any]:
    document = resident.document(path)
    assert document
    return document


def test_every_choice_is_saved_and_there_again_next_time(resident: Resident):
    page = resident.open("/app/settings")
    page.get_by_label("Wydarzenia").uncheck()
    _status(page, "saved")
    page.get_by_label("Tylko poważne i zagrożenie życia").check()
    _status(page, "saved")
    page.get_by_label("W tych godzinach powiadamiaj bez dźwięku").check()
    _status(page, "saved")
    page.get_by_label("Od", exact=True).fill("21:30")
    _status(page, "saved")
    document = _document(resident)
    assert document["muted"]["arrayValue"]["values"] == [{"stringValue": "event"}]
    assert document["least_severity"] == {"stringValue": "Severe"}
    hours = document["quiet_hours"]["mapValue"]["fields"]
    assert hours == {"from": {"stringValue": "21:30"}, "to": {"stringValue": "06:00"}}
    resident.open("/app/settings")
    expect(page.get_by_label("Wydarzenia")).not_to_be_checked()
    expect(page.get_by_label("Awarie")).to_be_checked()
    expect(page.get_by_label("Tylko poważne i zagrożenie życia")).to_be_checked()
    expect(page.get_by_label("Od", exact=True)).to_have_value("21:30")


def test_what_is_chosen_back_leaves_the_document_as_at_first(resident: Resident):
    page = resident.open("/app/settings")
    page.get_by_label("Wydarzenia").uncheck()
    _status(page, "saved")
    page.get_by_label("W tych godzinach powiadamiaj bez dźwięku").check()
    _status(page, "saved")
    page.get_by_label("Wydarzenia").check()
    page.get_by_label("W tych godzinach powiadamiaj bez dźwięku").uncheck()
    _status(page, "saved")
    assert set(_document(resident)) == {"language", "seen", "updated"}


def test_quiet_hours_that_mean_nothing_are_not_saved(resident: Resident):
    page = resident.open("/app/settings")
    page.get_by_label("W tych godzinach powiadamiaj bez dźwięku").check()
    _status(page, "saved")
    for end, words in (("22:00", "Godziny muszą się różnić"), ("", "Podaj obie godziny")):
        page.get_by_label("Od", exact=True).fill("22:00")
        page.get_by_label("Do", exact=True).fill(end)
        expect(page.locator("#quiet-error")).to_contain_text(words)
        expect(page.get_by_label("Do", exact=True)).to_have_attribute("aria-invalid", "true")
    hours = _document(resident)["quiet_hours"]["mapValue"]["fields"]
    assert hours == {"from": {"stringValue": "22:00"}, "to": {"stringValue": "06:00"}}


def test_the_language_is_the_apps_and_the_alerts(resident: Resident):
    page = resident.open("/app/settings")
    page.get_by_label("Język").focus()
    page.get_by_label("Język").select_option("uk")
    resident.expect_view("Налаштування")
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.locator("#language")).to_be_focused()
    _status(page, "saved")
    assert _document(resident)["language"] == {"stringValue": "uk"}
    expect(page.get_by_role("link", name="Мої адреси")).to_be_visible()
    resident.open("/app/settings")
    expect(page.locator("#language")).to_have_value("uk")


def test_that_danger_to_life_cannot_be_muted_is_said_with_the_reason(resident: Resident):
    page = resident.open("/app/settings")
    page.get_by_label("Tylko zagrożenie życia").check()
    expect(page.get_by_text("Zagrożenia życia nie można wyciszyć")).to_be_visible()
    expect(page.get_by_text("przychodzą zawsze i z dźwiękiem")).to_be_visible()


def _foreign_category(route: Route) -> None:
    """As an app would write that knows a category which the rules do not."""
    body = route.request.post_data or ""
    route.continue_(post_data=body.replace("%22event%22", "%22party%22").replace('"event"', '"party"'))


def test_what_the_rules_refuse_is_said_and_taken_back(resident: Resident):
    page = resident.open("/app/settings")
    page.context.route("**/google.firestore.v1.Firestore/Write/**", _foreign_category)
    page.get_by_label("Wydarzenia").uncheck()
    _status(page, "refused")
    expect(page.locator(".status")).to_contain_text("Serwer odrzucił zmianę")
    expect(page.get_by_label("Wydarzenia")).to_be_checked()
    assert "muted" not in _document(resident)


def test_a_change_without_a_network_waits_and_is_saved_later(resident: Resident):
    page = resident.open("/app/settings")
    page.context.set_offline(True)
    expect(page.locator(".offline")).to_contain_text("Brak połączenia z internetem")
    page.get_by_label("Wydarzenia").uncheck()
    _status(page, "queued")
    expect(page.get_by_label("Wydarzenia")).not_to_be_checked()
    page.context.set_offline(False)
    _status(page, "saved")
    assert _document(resident)["muted"]["arrayValue"]["values"] == [{"stringValue": "event"}]


THIS_DEVICE = """async (uid) => {
  const {write} = await import('/source/sw/state.js');
  await write('device', 'this', {slot: '1', uid, token: 'here'});
}"""


def add_device(town: Town, resident: Resident, slot: str, platform: str) -> None:
    target = {"kind": "token", "value": f"device-{slot}"}
    device = {"platform": platform, "target": target, "updated": datetime.now(UTC)}
    town.registers.write(f"residents/{resident.uid()}/devices/{slot}", device)


def test_another_device_is_removed_and_this_one_is_marked(town: Town, resident: Resident):
    page = resident.open("/app/settings")
    add_device(town, resident, "1", "web")
    add_device(town, resident, "2", "android")
    page.evaluate(THIS_DEVICE, resident.uid())
    resident.open("/app/settings")
    expect(page.locator('[data-slot="1"]')).to_contain_text("to urządzenie")
    expect(page.locator('[data-slot="1"]').get_by_role("button")).to_have_count(0)
    page.get_by_role("button", name="Usuń urządzenie: Telefon z Androidem (2)").click()
    page.get_by_role("button", name="Wróć").click()
    expect(page.locator('[data-slot="2"]')).to_be_visible()
    page.get_by_role("button", name="Usuń urządzenie: Telefon z Androidem (2)").click()
    page.locator("#dialog-yes").click()
    expect(page.locator('[data-slot="2"]')).to_have_count(0)
    expect(page.locator("#announcements")).to_have_text("Urządzenie usunięte.")
    assert resident.document("/devices/2") is None
    assert resident.document("/devices/1")
