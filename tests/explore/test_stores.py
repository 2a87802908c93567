"""The exploration's stores keep the contracts of Firestore and of the other fakes."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from random import Random
from types import ModuleType

import pytest

from shared.domain.alert import Alert, HistoryEntry
from tests.emulator import test_alerts_contract as of_alerts
from tests.emulator import test_audience_contract as of_audience
from tests.emulator import test_delivery_contract as of_delivery
from tests.emulator import test_summaries_contract as of_summaries
from tests.explore.copies import Summaries
from tests.explore.deliveries import Deliveries
from tests.explore.fate import Fate
from tests.explore.stores import Alerts, Audience, Tokens
from tests.explore.virtual import Schedule


class WholeAlerts(Alerts):
    """With what a test needs to begin."""

    def __init__(self, fate: Fate) -> None:
        super().__init__(fate, Tokens(), lambda alert: None)
        self._count = 0

    def new_id(self) -> str:
        self._count += 1
        return f"alert{self._count}"

    def create(self, alert: Alert, entry: HistoryEntry, key: str | None) -> None:
        self.write(alert, entry)


def contract(of: ModuleType, fixture: str) -> list[Callable[..., None]]:
    """Its tests that need nothing but the store."""
    tests = [test for name, test in sorted(vars(of).items()) if name.startswith("test_")]
    return [test for test in tests if list(signature(test).parameters) == [fixture]]


def calm() -> tuple[Fate, Schedule]:
    """Nothing goes wrong."""
    schedule = Schedule()
    return Fate(Random(1), schedule, None, 1, few=(0,)), schedule


@pytest.mark.parametrize(
    "test",
    [
        of_alerts.test_an_alert_comes_back_as_it_was_written,
        of_alerts.test_an_unknown_alert_is_none,
        of_alerts.test_a_replacement_is_read_back_with_its_history,
        of_alerts.test_a_replacement_removes_what_is_gone,
        of_alerts.test_a_replacement_of_a_stale_read_conflicts_and_changes_nothing,
        of_alerts.test_the_answer_of_a_replacement_serves_the_next_one,
        of_alerts.test_the_history_of_an_unknown_alert_is_empty,
    ],
)
def test_alerts(test):
    test(WholeAlerts(calm()[0]))


@pytest.mark.parametrize("test", contract(of_audience, "store"))
def test_audience(test):
    fate, schedule = calm()
    test(Audience(fate, Tokens(), schedule, {}))


@pytest.mark.parametrize("test", contract(of_summaries, "store"))
def test_summaries(test):
    test(Summaries(calm()[0], Tokens()))


@pytest.mark.parametrize("test", contract(of_delivery, "stores"))
def test_deliveries(test):
    fate, schedule = calm()
    alerts = WholeAlerts(fate)
    test((alerts, Deliveries(fate, Tokens(), schedule, alerts)))
