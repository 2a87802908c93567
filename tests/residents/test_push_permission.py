"""Switching notifications on and off, what stands in the way, and the real Messaging SDK's way to a token."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from infra.local.stack import Stack
from tests.browser.conftest import PATIENCE as PATIENCE_MS
from tests.browser.site import overflow, violations
from tests.browser.town import Town
from tests.residents.conftest import SCREEN
from tests.residents.push import TITLE, Phone, push, until
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]

NOTIFICATIONS = "/app/notifications"


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
          const state = await import('/sw/state.js');
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


# ---- Firebase Messaging's own way: the push service and Google's endpoints are answered by the test

TOKEN = "real-sdk-token"
SUBSCRIPTION = """
  const key = (length) => Uint8Array.from({length}, (_, index) => index + 1).buffer;
  const subscription = {
    endpoint: 'https://push.example.org/send/1',
    options: {applicationServerKey: key(65)},
    getKey: (name) => key(name === 'auth' ? 16 : 65),
    unsubscribe: async () => true,
  };
  PushManager.prototype.subscribe = async (options) => {
    subscription.options = {applicationServerKey: options.applicationServerKey.buffer};
    return subscription;
  };
  PushManager.prototype.getSubscription = async () => null;
"""


def _unsigned(claims: dict[str, object]) -> str:
    parts = ({"alg": "none"}, claims)
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts) + "."
    )


CONFIG = """
  const ask = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    const answer = await ask(...request);
    if (request[0] !== '/__/firebase/init.json') return answer;
    const {emulators: {push, ...emulators}, ...config} = await answer.json();
    return Response.json({...config, emulators});
  };
"""  # what production says: there is no local push


@pytest.fixture
def sdk_phone(stack: Stack, town: Town, chromium: Browser) -> Iterator[Phone]:
    """A browser for which Google's endpoints and its push service are answered here."""
    context = chromium.new_context(**SCREEN, locale="pl-PL", permissions=["notifications"])
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(SUBSCRIPTION)
    context.add_init_script(CONFIG)
    context.route("https://firebaseinstallations.googleapis.com/**", _installation)
    context.route(
        "https://fcmregistrations.googleapis.com/**", lambda route: route.fulfill(json={"token": TOKEN})
    )
    yield Phone(stack, Resident(stack, context.new_page()))
    context.close()


def _installation(route: Route) -> None:
    token = {"token": _unsigned({"exp": time.time() + 3600}), "expiresIn": "604800s"}
    route.fulfill(json={"fid": "c" * 22, "refreshToken": "r", "authToken": token})


def test_the_messaging_sdk_gets_a_token_and_nobody_else_is_told_anything(sdk_phone: Phone):
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    sdk_phone.page.context.on("request", note)
    sdk_phone.switch_on()
    assert sdk_phone.token() == TOKEN
    elsewhere = [request for request in asked if urlsplit(request.url).hostname != "127.0.0.1"]
    assert {urlsplit(request.url).hostname for request in elsewhere} == {
        "firebaseinstallations.googleapis.com",
        "fcmregistrations.googleapis.com",
    }
    told = json.dumps([request.post_data for request in elsewhere])
    assert "https://push.example.org/send/1" in told
    assert sdk_phone.resident.uid() not in told


NOTE_SDK = """navigator.serviceWorker.addEventListener('message', ({data}) => {
  if (data.isFirebaseMessaging) document.body.dataset.sdk = data.messageType;
})"""


@pytest.mark.parametrize("visible", [True, False], ids=["app open", "app closed"])
def test_with_the_messaging_sdk_a_push_shows_one_notification(sdk_phone: Phone, visible: bool):
    sdk_phone.switch_on()
    sdk_phone.page.evaluate(NOTE_SDK)
    if not visible:
        sdk_phone.leave()
    sdk_phone.deliver(push(), "m1")
    [shown] = sdk_phone.shows(TITLE)
    assert shown["silent"] is False  # a second showing would have been a silent repeat
    sdk_phone.deliver(push(alert="unsent2", thread="unsent2", title="Objazd"), "m2")
    sdk_phone.shows(TITLE, "Objazd")
    assert all(not one["silent"] for one in sdk_phone.notifications())
    if visible:  # it was the SDK's worker that told the page
        assert sdk_phone.page.evaluate("document.body.dataset.sdk") == "push-received"
