"""One contract for series in Firestore and for their fake."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from shared.domain.alert import State
from shared.domain.lifecycle import Action
from shared.domain.series import AHEAD, SeriesState
from shared.errors import Conflict
from shared.services.alerts.change_alert import history_entry
from shared.services.series.make_occurrences import make_occurrences
from tests.fakes.alert_values import APPROVER, TERC, entry
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.audit import chain_of
from tests.fakes.clock import FakeClock
from tests.fakes.series import FakeSeriesStore
from tests.fakes.series_values import FIRST, NOON, series
from tests.fakes.tokens import STAFF

DAY = timedelta(days=1)
NOW = NOON - DAY


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def stores(request):
    """The series and the alerts that they make."""
    if request.param == "fake":
        alerts = FakeAlertStore()
        return SimpleNamespace(series=FakeSeriesStore(alerts), alerts=alerts)
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.alerts import FirestoreAlertStore
    from shared.adapters.series import FirestoreSeriesStore

    client = Client(project=name)
    chain = chain_of(client, FakeClock())
    return SimpleNamespace(
        series=FirestoreSeriesStore(client, chain), alerts=FirestoreAlertStore(client, chain)
    )


def approved(**changes):
    from shared.formats.series_json import series_digest

    agreed = {"state": SeriesState.APPROVED, "approver": APPROVER, "approved": NOW - DAY, "generation": 1}
    one = series(**{**agreed, **changes})
    return replace(one, approved_digest=series_digest(one))


def test_what_was_written_is_found(stores):
    whole = approved(
        withdrawn=(FIRST,), made=NOON, ended=NOON, submitted=NOW, epoch=2, writers=("uid-anna", "uid-ewa")
    )
    stores.series.create(whole)
    assert stores.series.get(whole.id).value == whole
    assert list(stores.series.list(TERC)) == [whole]
    assert list(stores.series.list("9999999")) == []
    with pytest.raises(Conflict):
        stores.series.create(whole)
    for name in ("", "..", "a/b", "__name__", "x" * 41):
        assert stores.series.get(name) is None


def test_what_has_to_be_made_wakes_the_longest_due_first(stores):
    later = approved(id="later", recurrence=replace(approved().recurrence, first=FIRST + 7 * DAY))
    for one in (later, approved(), series("draft")):
        stores.series.create(one)
    assert stores.series.waking(NOON - AHEAD - DAY / 24, 10) == []
    found = stores.series.waking(NOON + 7 * DAY - AHEAD, 10)
    assert [one.value.id for one in found] == [approved().id, "later"]
    assert len(stores.series.waking(NOON + 99 * DAY, 1)) == 1


def test_a_series_and_what_it_makes_are_one_commit(stores):
    stores.series.create(approved())
    before = stores.series.get(approved().id)
    assert make_occurrences(stores.series, stores.alerts, before, NOW) == 2
    assert make_occurrences(stores.series, stores.alerts, stores.series.get(approved().id), NOW) == 0
    made = stores.series.waiting(before.value)
    assert {one.value.id for one in made} == {
        before.value.occurrence_id(FIRST), before.value.occurrence_id(FIRST + 7 * DAY)
    }  # fmt: skip
    occurrence = replace(made[0].value, id="another")
    with pytest.raises(Conflict):  # of a series that was written since
        stores.series.make(before, before.value, occurrence, entry(occurrence), [])
    assert stores.alerts.get("another") is None
    known = stores.series.get(approved().id)
    again = replace(known.value, made=None)
    with pytest.raises(Conflict):  # of an alert that is there
        stores.series.make(known, again, made[0].value, entry(made[0].value), [])
    assert stores.series.get(approved().id).value.made == NOON + 7 * DAY


def test_a_step_withdraws_all_or_nothing(stores):
    stores.series.create(approved())
    make_occurrences(stores.series, stores.alerts, stores.series.get(approved().id), NOW)
    before = stores.series.get(approved().id)
    ended = replace(before.value, state=SeriesState.ENDED, revision=2)
    steps = []
    for known in stores.series.waiting(before.value):
        after = replace(known.value, state=State.CANCELLED, revision=2)
        steps.append((known, after, history_entry(Action.CANCEL, after, STAFF["anna"])))
    held = replace(steps[0][0].value, state=State.HELD, held=NOW)
    stores.alerts.replace(steps[0][0], held, None)
    assert len(stores.series.waiting(before.value)) == 2  # what is held has not started either
    kept = stores.alerts.get(held.id)
    steps[0] = (kept, *steps[0][1:])
    started = steps[1][0]
    stores.alerts.replace(started, replace(started.value, state=State.ACTIVE), None)
    with pytest.raises(Conflict):
        stores.series.replace(before, ended, [], steps)
    assert stores.series.get(approved().id).value == before.value
    assert stores.alerts.get(steps[0][1].id).value.state is State.HELD
    stores.series.replace(before, ended, [], steps[:1])
    assert stores.series.get(approved().id).value == ended
    assert stores.alerts.get(steps[0][1].id).value.state is State.CANCELLED
    with pytest.raises(Conflict):
        stores.series.replace(before, ended)
    assert stores.series.waiting(ended) == []
