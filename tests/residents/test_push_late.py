"""A late push: what was cancelled is silent and says so, all else rings and says when it was sent."""

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


class Away:
    """Somebody who lives here and whose app is closed: what the office sends stays with the push service."""

    def __init__(self, phone: Phone) -> None:
        phone.switch_on()
        phone.live_here()
        self.phone, self.me = phone, (phone.resident.uid(), phone.slot())
        phone.leave()

    def deliver_late(self, alert: str) -> datetime:
        """As if the phone had been off for ten minutes; when the push says that it was sent."""
        sent = datetime.now(UTC) - timedelta(minutes=10)
        data = self.phone.pushed(alert)["message"]["data"]
        self.phone.deliver({**data, "sent": f"{sent:%Y-%m-%dT%H:%M:%SZ}"}, "late")
        until(
            lambda: self.waits(alert) or self.confirmed(alert, "received")
        )  # so it was shown: see COUNT_SHOWING
        return sent

    def confirmed(self, alert: str, kind: str) -> object:
        return self.phone.receipt(alert, kind, *self.me)

    def waits(self, alert: str) -> bool:
        return self.phone.waits(alert, "received", *self.me)


@pytest.fixture
def away(stack: Stack, new_resident: Callable[..., Resident]) -> Away:
    return Away(Phone(stack, new_resident(permissions=["notifications"])))


def test_what_was_cancelled_meanwhile_is_silent_and_says_so(away: Away):
    alert = away.phone.send()
    away.phone.cancel(alert)
    away.deliver_late(alert)
    [shown] = away.phone.shows(f"Odwołano: {TITLE}")
    assert (shown["silent"], shown["tag"]) == (True, alert)
    until(lambda: away.confirmed(alert, "received"))
    away.phone.come_back(f"/app/alert/{alert}")
    until(lambda: away.confirmed(alert, "opened"))


def test_without_an_answer_of_the_site_it_rings_and_says_when_it_was_sent(away: Away):
    alert = away.phone.send()
    away.phone.cancel(alert)
    away.phone.page.context.set_offline(True)
    sent = away.deliver_late(alert).astimezone(WARSAW)
    [shown] = away.phone.shows(TITLE)
    assert shown["silent"] is False
    said, _, text = shown["body"].partition(". ")
    assert said.startswith("Wysłano ")
    assert said.endswith(f"{sent:%H:%M}")
    assert text.startswith("Pękła rura.")


def test_what_holds_rings(away: Away):
    alert = away.phone.send()
    away.deliver_late(alert)
    [shown] = away.phone.shows(TITLE)
    assert shown["silent"] is False
    assert shown["body"].startswith("Wysłano ")
