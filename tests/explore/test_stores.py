"""The exploration's stores keep the contracts of Firestore and of the other fakes."""

from __future__ import annotations

from random import Random

import pytest

from shared.domain.alert import Alert, HistoryEntry
from tests.emulator import test_alerts_contract as of_alerts
from tests.emulator import test_audience_contract as of_audience
from tests.emulator import test_summaries_contract as of_summaries
from tests.explore.fate import Fate
from tests.explore.stores import Alerts, Audience, Summaries, Tokens
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


def calm() -> tuple[Fate, Schedule]:
    """Nothing goes wrong."""
    schedule = Schedule()
    return Fate(Random(1), schedule, None, 1, few=(0,)), schedule


@pytest.fixture
def alerts():
    return WholeAlerts(calm()[0])


@pytest.fixture
def audience():
    fate, schedule = calm()
    return Audience(fate, Tokens(), schedule, {})


@pytest.fixture
def summaries():
    return Summaries(calm()[0], Tokens())


@pytest.mark.parametrize(
    "contract",
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
def test_alerts(contract, alerts):
    contract(alerts)


@pytest.mark.parametrize(
    "contract",
    [
        of_audience.test_its_moment_can_be_read_at_and_sees_what_was_written_before,
        of_audience.test_an_unknown_resident_has_no_state,
        of_audience.test_what_was_committed_is_read_again,
        of_audience.test_the_first_commit_of_a_resident_wins,
        of_audience.test_a_commit_over_a_newer_state_is_refused_as_a_whole,
        of_audience.test_a_state_that_changed_and_changed_back_counts_as_newer,
        of_audience.test_a_state_written_again_unchanged_does_not_count_as_newer,
        of_audience.test_places_that_are_gone_leave_the_index,
        of_audience.test_a_resident_can_leave_and_come_back,
        of_audience.test_residents_do_not_touch_each_other,
        of_audience.test_a_range_includes_both_its_ends,
        of_audience.test_a_stream_is_ordered_by_cell_then_by_document,
        of_audience.test_a_stream_goes_on_after_any_entry,
        of_audience.test_a_stream_goes_on_after_an_entry_that_is_gone,
        of_audience.test_entries_are_found_by_their_keys,
    ],
)
def test_audience(contract, audience):
    contract(audience)


@pytest.mark.parametrize(
    "contract",
    [test for name, test in sorted(vars(of_summaries).items()) if name.startswith("test_")],
)
def test_summaries(contract, summaries):
    contract(summaries)
