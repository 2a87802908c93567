"""The service worker by itself: its own sign-in, the SDK's way of receiving; and reading without a tap."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import Route, expect

from infra.local.stack import Stack
from tests.browser.traffic import Asked, Traffic
from tests.residents.push import TITLE, Phone, push, until
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]

RUN_OUT = """() => new Promise((resolve) => {
  indexedDB.open('firebaseLocalStorageDb').onsuccess = ({target: {result: database}}) => {
    const writing = database.transaction('firebaseLocalStorage', 'readwrite');
    const users = writing.objectStore('firebaseLocalStorage');
    users.getAll().onsuccess = ({target: {result: [user]}}) => {
      user.value.stsTokenManager.expirationTime = Date.now() - 1000;
      users.put(user).onsuccess = () => {
        database.close();
        resolve(user.value.stsTokenManager.accessToken);
      };
    };
  };
})"""  # answers the id token
# The first of its listeners for pushes is its own (sw.js); the second is Messaging's.
WITHOUT_THE_FIRST = """{
  const listen = self.addEventListener.bind(self);
  let first = true;
  self.addEventListener = (type, ...more) => {
    if (type !== 'push' || !first) return listen(type, ...more);
    first = false;
  };
}
"""


@pytest.fixture
def phone(stack: Stack, new_resident: Callable[..., Resident]) -> Phone:
    return Phone(stack, new_resident(permissions=["notifications"]))


def test_an_id_token_that_ran_out_is_renewed_for_a_receipt(phone: Phone):
    traffic = Traffic(phone.page.context)
    phone.switch_on()
    phone.live_here()
    uid, slot = phone.resident.uid(), phone.slot()
    phone.leave()
    alert, old = phone.send(), phone.worker().evaluate(RUN_OUT)
    traffic.asked.clear()
    phone.deliver(phone.pushed(alert)["message"]["data"], "m1")
    until(lambda: phone.receipt(alert, "received", uid, slot))
    phone.shows(TITLE)
    [commit] = until(lambda: heard(phone, traffic, "documents:commit"))
    assert (commit.by_worker, old in commit.text) == (True, False)
    [renewal] = heard(phone, traffic, "/v1/token")
    assert renewal.by_worker


def test_a_page_that_loaded_beside_the_worker_is_led_by_it(phone: Phone):
    """Reloaded past its caches it has none; nor has one that was loading when the worker became active."""
    phone.resident.settle()
    phone.worker()
    session = phone.page.context.new_cdp_session(phone.page)
    with phone.page.expect_navigation():
        session.send("Page.reload", {"ignoreCache": True})
    phone.page.wait_for_function("() => navigator.serviceWorker.controller", timeout=60_000)


def heard(phone: Phone, traffic: Traffic, part: str) -> list[Asked]:
    """Requests with the part in their address, without the browser's own question whether it may ask (CORS).
    Asking the page lets the browser's events come in."""
    phone.page.title()
    found = [one for one in traffic.asked if part in one.address]
    return [one for one in found if "'access-control-request-method'" not in one.text]


def test_an_alert_that_is_read_without_a_tap_is_opened_too(phone: Phone):
    phone.switch_on()
    phone.live_here()
    uid, slot = phone.resident.uid(), phone.slot()
    alert = phone.send()
    phone.shows(TITLE)
    phone.resident.open("/")
    phone.resident.open(f"/app/alert/{alert}")
    expect(phone.page.locator("h1")).to_have_text(TITLE)
    until(lambda: phone.receipt(alert, "opened", uid, slot))
    phone.shows()


def deaf(phone: Phone) -> Callable[[Route], None]:
    """The worker without its own listener: nobody but Messaging's hears pushes. Read beforehand, so that no
    page waits for it."""
    answer = requests.get(f"{phone.resident.address}/sw.js", timeout=60)
    body = WITHOUT_THE_FIRST + answer.text
    headers = {"content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache"}
    return lambda route: route.fulfill(status=200, headers=headers, body=body)


def test_what_messaging_alone_hears_is_shown_once(phone: Phone):
    phone.page.context.route("**/sw.js?*", deaf(phone))
    phone.switch_on()
    phone.leave()
    phone.deliver(push(), "m1")
    [shown] = phone.shows(TITLE)
    assert (shown["tag"], shown["silent"]) == ("unsent1", False)
