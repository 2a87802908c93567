"""A push that comes late: what was cancelled is silent and says so, all else rings with the time of sending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from infra.local.stack import Stack
from tests.residents.push import TITLE, Phone, until
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]
WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def phone(stack: Stack, new_resident: Callable[..., Resident]) -> Phone:
    """Of somebody who lives here; the app is closed, so what the office sends stays with the push service."""
    phone = Phone(stack, new_resident(permissions=["notifications"]))
    phone.switch_on()
    phone.live_here()
    return phone


def deliver_late(phone: Phone, alert: str) -> datetime:
    """As if the phone had been off for ten minutes; when the push says that it was sent."""
    sent = datetime.now(UTC) - timedelta(minutes=10)
    data = phone.pushed(alert)["message"]["data"]
    phone.deliver({**data, "sent": f"{sent:%Y-%m-%dT%H:%M:%SZ}"}, "late")
    return sent


def test_what_was_cancelled_meanwhile_is_silent_and_says_so(phone: Phone):
    uid, slot = phone.resident.uid(), phone.slot()
    phone.leave()
    alert = phone.send()
    phone.cancel(alert)
    deliver_late(phone, alert)
    [shown] = phone.shows(f"Odwołano: {TITLE}")
    assert shown["silent"] is True
    assert shown["tag"] == alert
    until(lambda: phone.receipt(alert, "received", uid, slot))
    phone.come_back(f"/app/alert/{alert}")
    until(lambda: phone.receipt(alert, "opened", uid, slot))


def test_without_an_answer_of_the_site_it_rings_and_says_when_it_was_sent(phone: Phone):
    phone.leave()
    alert = phone.send()
    phone.cancel(alert)
    phone.page.context.set_offline(True)
    sent = deliver_late(phone, alert).astimezone(WARSAW)
    [shown] = phone.shows(TITLE)
    assert shown["silent"] is False
    said, _, text = shown["body"].partition(". ")
    assert said.startswith("Wysłano ")
    assert said.endswith(f"{sent:%H:%M}")
    assert text.startswith("Pękła rura.")


def test_what_holds_rings(phone: Phone):
    phone.leave()
    alert = phone.send()
    deliver_late(phone, alert)
    [shown] = phone.shows(TITLE)
    assert shown["silent"] is False
    assert shown["body"].startswith("Wysłano ")
