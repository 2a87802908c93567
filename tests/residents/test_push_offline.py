"""Without a network: the app opens, what came by push is read, receipts wait for the browser's own sign."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Error, expect

from tests.residents.push import TITLE, Phone, kept_files, push, until

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]


@pytest.fixture
def phone(kept_phone: Phone) -> Phone:
    """Notifications are on, the worker has taken in the app, and there is a network."""
    return kept_phone


def test_the_app_opens_at_any_view_without_a_network(phone: Phone):
    phone.page.context.set_offline(True)
    for path in ("/app/notifications", "/", "/app/about", "/app/places"):
        phone.resident.open(path)
        expect(phone.page.locator(".offline")).to_be_visible()
        expect(phone.page.locator("main h1")).not_to_have_text("Coś się nie udało")


def test_an_alert_that_came_by_push_is_read_without_a_network(phone: Phone):
    phone.live_here()
    alert = phone.send()
    phone.shows(TITLE)
    phone.page.context.set_offline(True)
    phone.resident.open(f"/app/alert/{alert}")
    expect(phone.page.locator("main")).to_contain_text(TITLE)
    phone.shows()  # it is being read


def test_a_public_page_that_was_read_is_there_without_a_network(phone: Phone):
    page = phone.page
    page.goto(f"{phone.resident.address}/alerts")
    heading = page.locator("h1").inner_text()
    until(lambda: "/alerts" in kept_files(phone))
    page.context.set_offline(True)
    page.goto(f"{phone.resident.address}/alerts")
    expect(page.locator("h1")).to_have_text(heading)
    with pytest.raises(Error, match="ERR_"):
        page.goto(f"{phone.resident.address}/alerts/0264011")  # never read


def test_only_the_sites_own_files_are_kept(phone: Phone):
    own = re.compile(
        r"/|/(css|icons|js|sw|vendor)/.+|/manifest\.webmanifest|/icon\.svg|/municipalities\.json"
        r"|/search/\d{7}\.json"  # names of streets, for choosing a place without a network
        r"|/current|/page/[\w-]+"  # which release each page began with
    )
    others = [path for path in kept_files(phone) if not own.fullmatch(path)]
    assert others in (["/__/firebase/init.json"], [])


def test_every_module_of_the_app_is_kept(phone: Phone):
    loaded = phone.page.evaluate(
        "performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)"
    )
    modules = {path for path in loaded if path.endswith(".js") and path.startswith("/js/")}
    assert modules
    assert modules <= set(kept_files(phone))


def test_receipts_of_a_time_without_network_are_written_when_the_browser_says_it_is_back(phone: Phone):
    phone.live_here()
    uid, slot = phone.resident.uid(), phone.slot()
    phone.leave()
    alert = phone.send()
    phone.page.context.set_offline(True)
    phone.deliver(phone.pushed(alert)["message"]["data"], "m1")
    phone.shows(TITLE)
    until(lambda: phone.waits(alert, "received", uid, slot))
    assert phone.receipt(alert, "received", uid, slot) is None
    phone.page.context.set_offline(False)
    phone.sync()
    until(lambda: phone.receipt(alert, "received", uid, slot))


def test_a_notification_of_an_alert_that_was_cancelled_goes_when_the_app_is_opened(phone: Phone):
    phone.live_here()
    alert = phone.send()
    phone.shows(TITLE)
    phone.leave()
    phone.cancel(alert)
    phone.come_back()
    phone.shows()


def test_a_push_that_is_not_understood_is_shown_all_the_same_and_disturbs_no_alert(phone: Phone):
    phone.leave()
    phone.deliver({"something": "else"}, "m1")
    phone.shows("Alert Online")
    phone.deliver(push(), "m2")
    phone.shows("Alert Online", TITLE)
