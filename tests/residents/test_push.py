"""An alert on a resident's phone: one notification, however it comes; receipts, also later."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.residents.push import TITLE, Phone, push, until

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]


@pytest.fixture
def phone(kept_phone: Phone) -> Phone:
    """Notifications are on; the app is open at their view."""
    return kept_phone


@pytest.fixture
def away(phone: Phone) -> Phone:
    """The same, with the app closed."""
    phone.leave()
    return phone


def test_with_the_app_open_an_alert_comes_by_itself_and_a_click_leads_to_it(phone: Phone):
    phone.live_here()
    alert = phone.send()
    phone.shows(TITLE)
    phone.click()
    expect(phone.page).to_have_url(re.compile(f"/app/alert/{alert}$"))
    phone.shows()


def test_the_browsers_own_push_with_the_app_visible_shows_one_notification(phone: Phone):
    phone.deliver(push(), "m1")  # Firebase Messaging hands it to the page and shows nothing
    [shown] = phone.shows(TITLE)
    assert shown["silent"] is False


def test_a_push_that_another_page_of_the_site_would_swallow_is_shown(phone: Phone):
    phone.page.goto(f"{phone.resident.address}/alerts")  # visible, and no script of it listens
    phone.deliver(push(), "m1")
    phone.shows(TITLE)


def test_a_silent_alert_sounds_once_when_it_comes_again(away: Phone):
    away.deliver(push(sound="off"), "m1")
    assert away.shows(TITLE)[0]["silent"] is True
    away.deliver(push(sound="again"), "m2")
    [shown] = until(away.notifications, lambda found: [one["silent"] for one in found] == [False])
    assert shown["renotify"] is True
    away.deliver(push(sound="again"), "m3")
    until(away.notifications, lambda found: [one["silent"] for one in found] == [True])


def test_what_has_expired_is_shown_silently_as_over(away: Phone):
    away.deliver(push(expires="2026-01-01T00:00:00Z"), "m1")
    [shown] = away.shows(f"Już nieaktualne: {TITLE}")
    assert shown["silent"] is True


def test_alerts_of_two_threads_stand_side_by_side(away: Phone):
    away.deliver(push(), "m1")
    away.deliver(push(alert="unsent2", thread="unsent2", title="Objazd"), "m2")
    away.shows(TITLE, "Objazd")


def test_receipts_of_a_time_without_network_are_written_when_the_app_starts(phone: Phone):
    phone.live_here()
    uid, slot = phone.resident.uid(), phone.slot()
    alert = phone.send()
    phone.shows(TITLE)
    until(lambda: phone.receipt(alert, "received", uid, slot))
    phone.page.context.set_offline(True)
    phone.click()
    until(lambda: phone.waits(alert, "opened", uid, slot))
    assert phone.receipt(alert, "opened", uid, slot) is None
    phone.page.context.set_offline(False)
    phone.come_back()
    until(lambda: phone.receipt(alert, "opened", uid, slot))
