"""An update with a smaller area: the page asks why, keeps the answer, and leads to it where it is missing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from shared.domain.alert import State
from shared.domain.lifecycle import Action
from shared.services.alerts.follow_alert import follow_alert
from tests.accessibility import assert_accessible
from tests.browser.desk import Desk, desk, eventually
from tests.browser.town import LAT, LNG, square
from tests.fakes.tokens import STAFF

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def updating(desk: Desk) -> str:
    """The draft of an update of an alert that is active, for a smaller area."""
    now = desk.office.clock.now()
    desk.alert("a1", state=State.ACTIVE, generation=1, approved=now, started=now)
    begun = follow_alert(desk.office.ports, "a1", 1, STAFF["anna"], Action.UPDATE)
    smaller = json.dumps(square(LAT, LNG, 0.003, 0.008))
    desk.office.alerts.put(replace(begun, content=replace(begun.content, area=smaller)))
    return begun.id


def test_the_answer_is_asked_for_and_kept(desk: Desk):
    one = updating(desk)
    page = desk.open("anna", f"/alerts/{one}/edit")
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    summary = page.locator("#failure")
    expect(summary).to_contain_text("Obszar jest mniejszy")
    summary.get_by_role("link", name="Obszar jest mniejszy").click()
    expect(page.locator("#area_change")).to_be_focused()
    assert_accessible(page, ("phone", "desktop"))
    page.get_by_label("Poprzedni obszar był błędny").check()
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    eventually(page, lambda: desk.stored(one).state is State.SUBMITTED)
    assert desk.stored(one).area_change == "wrong"
