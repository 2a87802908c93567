"""An alert of the office on a resident's phone: one notification, whatever comes; receipts, also later."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from infra.local.stack import Stack
from tests.browser.town import square
from tests.residents.push import LAT, LNG, TITLE, Phone, push, until, water_main
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]

UNTIL_GATHERED = 5.0  # seconds after the receipt is in Firestore


@pytest.fixture
def phone(stack: Stack, new_resident: Callable[..., Resident]) -> Phone:
    """Notifications are on; the app is open at their view."""
    phone = Phone(stack, new_resident(permissions=["notifications"]))
    phone.switch_on()
    return phone


@pytest.fixture
def away(phone: Phone) -> Phone:
    """The same, with the app closed."""
    phone.leave()
    return phone


def test_an_alert_of_the_office_shows_one_notification_and_its_receipts_reach_the_staff(phone: Phone):
    phone.live_here()
    uid, slot = phone.resident.uid(), phone.slot()
    phone.leave()
    alert = phone.send()
    data = phone.pushed(alert)["message"]["data"]
    phone.deliver(data, "m1")
    phone.deliver(data, "m2")
    [shown] = phone.shows(TITLE)
    assert shown["tag"] == alert
    assert shown["body"] == "Pękła rura. Zakręć krany."
    assert shown["actions"] == ["Otwórz", "To mnie nie dotyczy"]
    until(lambda: phone.receipt(alert, "received", uid, slot))
    phone.click()
    until(lambda: phone.receipt(alert, "opened", uid, slot))
    phone.shows()
    end = time.monotonic() + UNTIL_GATHERED
    while (summary := phone.office.summary(alert)).get("opened") != 1:
        assert time.monotonic() < end, summary
        time.sleep(0.2)
    assert summary["received"] == 1


def test_with_the_app_open_an_alert_comes_by_itself_and_a_click_leads_to_it(phone: Phone):
    phone.live_here()
    alert = phone.send()
    phone.shows(TITLE)
    phone.click()
    expect(phone.page).to_have_url(re.compile(f"/app/alert/{alert}$"))
    phone.shows()


def test_after_a_move_the_old_area_no_longer_rings_and_the_new_one_does(phone: Phone):
    phone.live_here()
    phone.move(LAT + 0.022, LNG + 0.035)
    old = phone.office.send(water_main())["id"]
    until(lambda: phone.office.alert(old)["state"], lambda state: state == "active")
    new = phone.send(area=square(LAT + 0.022, LNG + 0.035, 0.004, 0.004))
    [shown] = phone.shows(TITLE)
    assert shown["tag"] == new
    assert phone.messages(old) == []


def test_the_browsers_own_push_with_the_app_visible_shows_one_notification(phone: Phone):
    phone.deliver(push(), "m1")  # Firebase Messaging hands it to the page and shows nothing
    [shown] = phone.shows(TITLE)
    assert shown["silent"] is False


def test_a_push_that_another_page_of_the_site_would_swallow_is_shown(phone: Phone):
    phone.page.goto(f"{phone.resident.address}/alerts")  # visible, and no script of it listens
    phone.deliver(push(), "m1")
    phone.shows(TITLE)


def test_a_repeat_stays_one_notification_and_is_silent(away: Phone):
    away.deliver(push(), "m1")
    assert away.shows(TITLE)[0]["silent"] is False
    away.deliver(push(), "m2")
    until(away.notifications, lambda found: [one["silent"] for one in found] == [True])


def test_a_newer_version_replaces_and_an_older_one_that_is_late_does_not(away: Phone):
    away.deliver(push(), "m1")
    away.shows(TITLE)
    away.deliver(push(version="3", title="Wersja 3"), "m3")
    assert away.shows("Wersja 3")[0]["renotify"] is True
    away.deliver(push(version="2", title="Wersja 2"), "m2")
    [shown] = until(away.notifications, lambda found: [one["silent"] for one in found] == [True])
    assert shown["title"] == "Wersja 3"


def test_a_silent_alert_sounds_once_when_it_comes_again(away: Phone):
    away.deliver(push(sound="off"), "m1")
    assert away.shows(TITLE)[0]["silent"] is True
    away.deliver(push(sound="again"), "m2")
    [shown] = until(away.notifications, lambda found: [one["silent"] for one in found] == [False])
    assert shown["renotify"] is True
    away.deliver(push(sound="again"), "m3")
    until(away.notifications, lambda found: [one["silent"] for one in found] == [True])


def test_an_update_and_the_all_clear_of_a_thread_take_the_place_of_the_alert(away: Phone):
    away.deliver(push(), "m1")
    away.shows(TITLE)
    away.deliver(push(alert="unsent2", version="2", kind="update"), "m2")
    assert away.shows(f"Aktualizacja: {TITLE}")[0]["data"]["alert"] == "unsent2"
    away.deliver(push(alert="unsent3", version="3", kind="all_clear", title="Woda wróciła"), "m3")
    [shown] = away.shows("Koniec: Woda wróciła")
    assert shown["tag"] == "unsent1"
    assert shown["icon"].endswith("/icons/push-all_clear.png")


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


def test_what_does_not_concern_the_resident_is_reported_from_the_notification(phone: Phone):
    phone.live_here()
    uid, slot = phone.resident.uid(), phone.slot()
    alert = phone.send()
    phone.shows(TITLE)
    phone.click("not_mine")
    report = until(lambda: phone.registers.fields(f"published/{alert}/reports/{uid}"))
    assert report["reason"] == {"stringValue": "not_mine"}
    assert phone.receipt(alert, "opened", uid, slot) is None
    phone.shows()
