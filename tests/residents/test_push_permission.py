"""Switching notifications on and off, what stands in the way, and the real Messaging SDK's way to a token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.local.stack import Stack
from tests.accessibility import overflow, violations
from tests.browser.town import Town
from tests.residents.messaging import messaging_context
from tests.residents.push import TITLE, Phone, push, until
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]

NOTIFICATIONS = "/app/notifications"
TOKEN = "real-sdk-token"


@pytest.fixture
def phone(stack: Stack, new_resident: Callable[..., Resident]) -> Phone:
    return Phone(stack, new_resident(permissions=["notifications"]))


def answer_permission(page: Page, permission: str, asked: str | None = None) -> None:
    """What the browser says, and answers when it is asked. Headless Chromium refuses without asking."""
    page.context.add_init_script(
        f"""
        if (globalThis.Notification) {{
          let permission = sessionStorage.getItem('permission') ?? {permission!r};
          Object.defineProperty(Notification, 'permission', {{get: () => permission}});
          Notification.requestPermission = async () => {{
            permission = {asked or permission!r};
            sessionStorage.setItem('permission', permission);
            return permission;
          }};
        }}"""
    )


def test_the_browser_asks_only_after_the_explanation_and_a_click(phone: Phone):
    answer_permission(phone.page, "default", asked="granted")
    page = phone.resident.settle(NOTIFICATIONS)
    phone.expect_state("default")
    assert phone.resident.document("/devices/1") is None
    assert violations(page) == []
    page.get_by_role("button", name="Włącz powiadomienia").click()
    phone.expect_state("on")
    device = phone.resident.document("/devices/1")
    assert device
    assert device["platform"] == {"stringValue": "web"}
    assert phone.token().startswith("local-web-")
    assert phone.slot() == "1"
    assert violations(page) == []
    assert overflow(page) == 0


def test_without_notifications_every_view_says_so_and_leads_to_the_steps(phone: Phone):
    answer_permission(phone.page, "denied")
    page = phone.resident.settle("/app/about")
    banner = page.get_by_role("complementary", name="Powiadomienia są wyłączone")
    expect(banner).to_be_visible()
    assert violations(page) == []
    banner.get_by_role("link").click()
    phone.expect_state("denied")
    expect(banner).to_have_count(0)
    expect(page.locator(".receive-steps li")).not_to_have_count(0)
    assert violations(page) == []


def test_what_was_denied_and_is_granted_later_works_without_signing_up_anew(phone: Phone):
    answer_permission(phone.page, "denied", asked="granted")
    page = phone.resident.settle(NOTIFICATIONS)
    phone.expect_state("denied")
    page.evaluate("Notification.requestPermission()")  # as in the browser's settings
    page.get_by_role("button", name="Już zezwolono, sprawdź").click()
    phone.expect_state("on")
    assert phone.resident.document("/devices/1")


def test_switching_off_leaves_no_device_and_is_not_nagged_about(phone: Phone):
    phone.switch_on()
    phone.page.get_by_role("button", name="Wyłącz na tym urządzeniu").click()
    phone.expect_state("off")
    assert phone.resident.document("/devices/1") is None
    page = phone.resident.open("/app/about")
    expect(page.locator(".receive-banner")).to_have_count(0)
    phone.come_back()
    phone.expect_state("off")
    page.get_by_role("button", name="Włącz powiadomienia").click()
    phone.expect_state("on")
    assert phone.resident.document("/devices/1")


def test_a_device_that_was_deleted_is_written_again_at_the_next_start(phone: Phone):
    phone.switch_on()
    token = phone.token()
    phone.forget_device()
    phone.come_back()
    until(lambda: phone.resident.document("/devices/1"))
    assert phone.token() == token


def test_a_device_that_was_not_written_for_a_month_is_written_again_in_its_slot(phone: Phone):
    phone.switch_on()
    before = phone.resident.document("/devices/1")
    phone.page.evaluate(
        """async () => {
          const state = await import('/source/sw/state.js');
          const month = 31 * 24 * 3600 * 1000;
          await state.change('device', 'this', (device) => ({...device, written: device.written - month}));
        }"""
    )
    phone.come_back()
    after = until(lambda: phone.resident.document("/devices/1"), lambda found: found != before)
    assert before
    assert after
    assert after["target"] == before["target"]


def test_another_phone_of_the_resident_keeps_its_slot(phone: Phone):
    answer_permission(phone.page, "default", asked="granted")
    page = phone.resident.settle(NOTIFICATIONS)
    phone.expect_state("default")
    target = {"kind": "token", "value": "another-phone"}
    device = {"platform": "android", "target": target, "updated": datetime.now(UTC)}
    phone.registers.write(f"residents/{phone.resident.uid()}/devices/1", device)
    page.get_by_role("button", name="Włącz powiadomienia").click()
    phone.expect_state("on")
    assert phone.slot() == "2"


def test_a_trial_notification_is_shown_and_one_who_does_not_see_it_gets_the_steps(phone: Phone):
    phone.switch_on()
    page = phone.page
    page.get_by_role("button", name="Pokaż powiadomienie na próbę").click()
    expect(page.get_by_role("button", name="Nie widać")).to_be_visible()
    phone.shows("Próba: powiadomienia działają")
    page.get_by_role("button", name="Nie widać").click()
    expect(page.locator("#receive-trial .receive-steps li")).not_to_have_count(0)
    assert violations(page) == []


def test_on_an_iphone_the_way_to_the_home_screen_is_shown(phone: Phone):
    phone.page.context.add_init_script(
        """delete globalThis.PushManager; delete globalThis.Notification;
        Object.defineProperty(Navigator.prototype, 'standalone', {get: () => false});"""
    )
    page = phone.resident.settle(NOTIFICATIONS)
    phone.expect_state("needs-home-screen")
    expect(page.locator(".receive-steps")).to_contain_text("Do ekranu początkowego")
    assert violations(page) == []


# ---- Firebase Messaging's own way


@pytest.fixture
def sdk_phone(stack: Stack, town: Town, chromium: Browser) -> Iterator[Phone]:
    """A browser for which Google's endpoints and its push service are answered here."""
    with messaging_context(chromium, TOKEN, permissions=["notifications"]) as context:
        yield Phone(stack, Resident(stack, context.new_page()))


NOTE_SDK = """navigator.serviceWorker.addEventListener('message', ({data}) => {
  if (data.isFirebaseMessaging) document.body.dataset.sdk = data.messageType;
})"""


def test_with_the_messaging_sdk_and_the_app_open_a_push_shows_one_notification(sdk_phone: Phone):
    sdk_phone.switch_on()
    sdk_phone.page.evaluate(NOTE_SDK)
    sdk_phone.deliver(push(), "m1")
    [shown] = sdk_phone.shows(TITLE)
    assert shown["silent"] is False  # a second showing would have been a silent repeat
    sdk_phone.deliver(push(alert="unsent2", thread="unsent2", title="Objazd"), "m2")
    sdk_phone.shows(TITLE, "Objazd")
    assert all(not one["silent"] for one in sdk_phone.notifications())
    told = "document.body.dataset.sdk"
    assert sdk_phone.page.evaluate(told) == "push-received"  # by the SDK's part of the worker
