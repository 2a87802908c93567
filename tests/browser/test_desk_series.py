"""A scheduled alert is moved on the page; a series is approved, its dates seen, one left out, and it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from shared.domain.alert import State
from shared.domain.preferences import LOCAL
from shared.domain.recurrence import WEEK
from shared.domain.series import SeriesState
from tests.accessibility import assert_accessible
from tests.browser.desk import Desk, desk, eventually
from tests.fakes.alert_values import APPROVER, TERC, alert, content
from tests.fakes.series_values import WEEKLY, series

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

DAY = timedelta(days=1)


def test_a_scheduled_alert_is_moved_and_its_approval_stands(desk: Desk):
    now = desk.office.clock.now()
    told = content(send_at=now + DAY, expires=now + 2 * DAY)
    approved = {"state": State.SCHEDULED, "approver": APPROVER, "approved": now, "generation": 1}
    desk.office.alerts.put(alert("a1", content=told, created=now, updated=now, **approved))
    page = desk.open("anna", "/alerts/a1")
    page.get_by_role("button", name="Przełóż na inną godzinę").click()
    later = (now + 3 * DAY).astimezone(LOCAL).replace(second=0, microsecond=0)
    page.locator("#send_at").fill(f"{later:%Y-%m-%dT%H:%M}")
    expect(page.locator("dialog")).to_contain_text("Alert będzie ważny do:")
    assert_accessible(page, ("phone", "desktop"))
    page.locator("#dialog-yes").click()
    expect(page.get_by_text("Przełożono. Zgoda na treść pozostaje w mocy.")).to_be_visible()
    after = desk.office.alerts.get("a1").value
    assert (after.state, after.approver, after.content.send_at) == (State.SCHEDULED, APPROVER, later)


def test_a_series_is_approved_one_date_left_out_and_it_ends(desk: Desk):
    first = (desk.office.clock.now() + 2 * DAY).astimezone(LOCAL).date()
    rule = replace(WEEKLY, first=first, weekdays=(WEEK[first.weekday()],))
    moment = rule.moment(first)
    told = content(send_at=moment, expires=moment + timedelta(hours=2))
    waits = series(content=told, recurrence=rule, state=SeriesState.SUBMITTED, submitted=moment - DAY)
    desk.office.series.put(waits)
    page = desk.open("piotr", "/series")
    page.get_by_role("button", name="Zatwierdź wszystkie terminy").click()
    page.locator("#dialog-yes").click()
    expect(page.locator("#notice")).to_have_text("Zatwierdzono wszystkie terminy.")
    page.get_by_role("button", name="Pokaż terminy").click()
    expect(page.locator("main li")).to_have_count(4)
    assert_accessible(page, ("phone", "desktop"))
    page.get_by_role("button", name="Pomiń ten termin").first.click()
    page.locator("#dialog-yes").click()
    expect(page.locator("main li")).to_have_count(3)
    assert desk.office.series.get(waits.id).value.withdrawn == (first,)
    page.get_by_role("button", name="Zakończ powtarzanie").click()
    page.locator("#dialog-yes").click()
    eventually(page, lambda: desk.office.series.get(waits.id).value.state is SeriesState.ENDED)
    expect(page.get_by_text("Zakończony")).to_be_visible()


def test_an_alert_that_repeats_becomes_a_series_with_the_dates_that_the_server_says(desk: Desk):
    now = desk.office.clock.now()
    first = (now + 3 * DAY).astimezone(LOCAL).replace(hour=9, minute=0, second=0, microsecond=0)
    told = content(send_at=first, expires=first + timedelta(hours=3))
    desk.office.alerts.put(alert("a1", content=told, created=now, updated=now))
    page = desk.open("anna", "/alerts/a1/edit")
    page.get_by_label("Powtarzaj ten alert").check()
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    page.locator("#repeat-until").fill((first + 22 * DAY).date().isoformat())
    page.locator("#repeat-except").fill((first + 14 * DAY).date().isoformat())
    expect(page.locator("dialog")).to_contain_text("Terminów w najbliższym roku: 3")
    expect(page.locator("dialog li")).to_have_count(3)
    assert_accessible(page, ("phone", "desktop"))
    page.locator("#dialog-yes").click()
    expect(page.locator("#notice")).to_have_text("Przekazano do zatwierdzenia.")
    (made,) = desk.office.series.list(TERC)
    days = [day - first.date() for day in made.recurrence.days()]
    assert (made.state, days) == (SeriesState.SUBMITTED, [0 * DAY, 7 * DAY, 21 * DAY])
    assert made.content.send_at == first
    assert desk.office.alerts.get("a1").value.state is State.CANCELLED
