"""Several people, and the delivery, change one alert at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from shared.domain.alert import Severity, State, replace
from shared.errors import (
    AlertOnlineError,
    Conflict,
    PreconditionFailed,
    PreconditionRequired,
    Unavailable,
    WrongState,
)
from shared.formats.alert_json import content_json
from shared.ports import Versioned
from shared.services.alerts.approve_alert import approve_alert
from shared.services.alerts.cancel_alert import cancel_alert
from shared.services.alerts.change_alert import ATTEMPTS
from shared.services.alerts.create_alert import create_alert
from shared.services.alerts.edit_alert import edit_alert
from shared.services.alerts.submit_alert import submit_alert
from tests.fakes.alert_values import alert, at, content
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF

ANNA, PIOTR, EWA = STAFF["anna"], STAFF["piotr"], STAFF["ewa"]


class Interrupted(FakeAlertStore):
    """Just before each of the first `times` replacements someone else writes `change` to the alert."""

    def __init__(self, change, times=1):
        super().__init__()
        self.change, self.times = change, times

    def replace(self, before, after, entry, acts=()):
        if self.times > 0:
            self.times -= 1
            current = self.get(after.id)
            super().replace(current, self.change(current.value), None)
        return super().replace(before, after, entry, acts)


@pytest.fixture
def office():
    return StaffApi()


def waiting(office, **changes):
    return office.alerts.put(alert("a1", state=State.SUBMITTED, **changes)).value


def at_once(*steps):
    """The outcome of each step, all begun at the same moment: the alert or the error."""
    start = threading.Barrier(len(steps))

    def run(step):
        start.wait()
        try:
            return step()
        except AlertOnlineError as error:
            return error

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def test_of_two_approvals_at_once_one_wins(office):
    waiting(office)
    approvers = [replace(PIOTR, person=replace(PIOTR.person, uid=f"uid-{n}")) for n in range(6)]
    outcomes = at_once(*(lambda who=who: approve_alert(office.ports, "a1", 1, who) for who in approvers))
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(errors) == 5
    assert {type(error) for error in errors} == {PreconditionFailed}
    assert office.alerts.get("a1").value.generation == 1
    assert len(office.caller.calls) == 1
    assert [entry.action for entry in office.alerts.history("a1")] == ["approve"]


def test_of_approval_and_cancellation_at_once_the_cancellation_wins(office):
    waiting(office)
    approval, cancellation = at_once(
        lambda: approve_alert(office.ports, "a1", 1, PIOTR), lambda: cancel_alert(office.ports, "a1", 1, ANNA)
    )
    assert cancellation == office.alerts.get("a1").value
    assert cancellation.state is State.CANCELLED
    if isinstance(approval, PreconditionFailed):  # it came second
        assert (cancellation.revision, office.caller.calls) == (2, [])
    else:
        assert (cancellation.revision, approval.state) == (3, State.SCHEDULED)


def test_an_edit_between_looking_and_approving_refuses_the_approval():
    edited = lambda now: replace(now, revision=now.revision + 1, content=content(area_name="x"))  # noqa: E731
    office = StaffApi(alerts=Interrupted(edited))
    waiting(office)
    with pytest.raises(PreconditionFailed):
        approve_alert(office.ports, "a1", 1, PIOTR)
    assert office.caller.calls == []


@pytest.mark.parametrize("area", ["", "no shape", '{"type": "Polygon"'])
def test_an_area_that_cannot_be_read_stops_no_stop_and_no_answer(office, area):
    office.alerts.put(alert("a1", state=State.ACTIVE, content=content(area=area), started=at(0)))
    assert cancel_alert(office.ports, "a1", None, ANNA).state is State.CANCELLED
    assert content_json(content(area=area))["area"] is None


def test_whoever_writes_meanwhile_does_not_stop_a_cancellation():
    office = StaffApi(alerts=Interrupted(lambda now: replace(now, attempt=now.attempt + 1), times=3))
    office.alerts.put(alert("a1", state=State.SCHEDULED))
    cancelled = cancel_alert(office.ports, "a1", 1, ANNA)
    assert (cancelled.state, cancelled.attempt) == (State.CANCELLED, 3)


def test_an_alert_that_starts_meanwhile_is_cancelled_all_the_same():
    office = StaffApi(alerts=Interrupted(lambda now: replace(now, state=State.ACTIVE)))
    office.alerts.put(alert("a1", state=State.SCHEDULED))
    assert cancel_alert(office.ports, "a1", 1, ANNA).state is State.CANCELLED


@pytest.mark.parametrize("state", [State.SCHEDULED, State.ACTIVE])
@pytest.mark.parametrize("seen", [None, 1, 99])
def test_what_goes_out_is_stopped_whatever_the_caller_saw(state, seen):
    office = StaffApi()
    office.alerts.put(alert("a1", state=state, revision=7))
    assert cancel_alert(office.ports, "a1", seen, ANNA).state is State.CANCELLED


@pytest.mark.parametrize(("seen", "refusal"), [(None, PreconditionRequired), (1, PreconditionFailed)])
def test_a_draft_that_somebody_has_edited_meanwhile_is_not_deleted(seen, refusal):
    office = StaffApi()
    office.alerts.put(alert("a1", revision=7))
    with pytest.raises(refusal):
        cancel_alert(office.ports, "a1", seen, ANNA)
    assert office.alerts.get("a1").value.state is State.DRAFT


def test_stopping_again_is_as_good_as_once():
    office = StaffApi()
    office.alerts.put(alert("a1", state=State.ACTIVE))
    stopped = cancel_alert(office.ports, "a1", None, ANNA)
    office.clock.advance(timedelta(minutes=1))
    assert cancel_alert(office.ports, "a1", None, ANNA) == stopped


def test_what_is_over_by_itself_cannot_be_stopped():
    office = StaffApi()
    office.alerts.put(alert("a1", state=State.EXPIRED))
    with pytest.raises(WrongState):
        cancel_alert(office.ports, "a1", None, ANNA)


def test_whoever_is_overtaken_every_time_is_told_to_come_back():
    office = StaffApi(alerts=Interrupted(lambda now: replace(now, attempt=1), times=ATTEMPTS))
    office.alerts.put(alert("a1", state=State.ACTIVE))
    with pytest.raises(Conflict):
        cancel_alert(office.ports, "a1", 1, ANNA)


def test_an_approved_alert_for_later_is_not_started_now(office):
    waiting(office, content=content(send_at=at(5)))
    assert approve_alert(office.ports, "a1", 1, PIOTR).state is State.SCHEDULED
    assert office.caller.calls == []


def test_an_alert_whose_moment_came_while_it_waited_is_started_at_once(office):
    waiting(office, content=content(send_at=office.clock.now()))
    approve_alert(office.ports, "a1", 1, PIOTR)
    assert [name for name, _ in office.caller.calls] == ["start_alert"]


@pytest.mark.parametrize(
    ("reached", "broken"), [(False, None), (True, Unavailable()), (True, OSError("no route"))]
)
def test_an_approval_stands_when_the_direct_call_fails(office, reached, broken):
    office.caller.reached, office.caller.broken = reached, broken
    waiting(office)
    assert approve_alert(office.ports, "a1", 1, PIOTR).state is State.SCHEDULED
    assert office.alerts.get("a1").value.state is State.SCHEDULED


def test_an_approval_remembers_who_and_when(office):
    waiting(office)
    approved = approve_alert(office.ports, "a1", 1, PIOTR)
    assert (approved.approver, approved.approved) == (PIOTR.person, office.clock.now())
    assert (approved.revision, approved.version, approved.generation) == (2, 1, 1)


def form(**changes):
    from shared.formats.content_json import read_content

    return read_content(water(**changes))


def test_an_edit_clears_what_was_approved_and_adds_the_editor(office):
    office.alerts.put(
        alert(
            "a1", state=State.SCHEDULED, approver=PIOTR.person, approved=at(1), submitted=at(1), generation=1
        )
    )
    draft = edit_alert(office.ports, "a1", 1, EWA, form(area_name="ul. Polna"))
    assert (draft.state, draft.approver, draft.approved, draft.submitted) == (State.DRAFT, None, None, None)
    assert draft.writers == (ANNA.person.uid, EWA.person.uid)


def test_a_new_draft_has_its_author_as_its_writer_and_the_time_of_its_making(office):
    draft = create_alert(office.ports, form(), ANNA, None)
    assert (draft.state, draft.terc, draft.author) == (State.DRAFT, ANNA.terc, ANNA.person)
    assert draft.writers == (ANNA.person.uid,)
    assert draft.created == draft.updated == office.clock.now()


def test_whoever_submits_counts_as_writer_once(office):
    office.alerts.put(alert("a1"))
    waiting_now = submit_alert(office.ports, "a1", 1, ANNA)
    assert waiting_now.writers == (ANNA.person.uid,)


def test_a_store_that_is_away_is_said_to_be_away(office, monkeypatch):
    def away(alert_id):
        raise Unavailable

    monkeypatch.setattr(office.alerts, "get", away)
    with pytest.raises(Unavailable):
        cancel_alert(office.ports, "a1", 1, ANNA)


def test_a_token_of_the_store_is_never_taken_for_another(office):
    stored = office.alerts.put(alert("a1"))
    with pytest.raises(Conflict):
        office.alerts.replace(Versioned(stored.value, "old"), stored.value, None)


def test_an_approval_begins_its_attempts_anew(office):
    waiting(office, attempt=3)
    assert approve_alert(office.ports, "a1", 1, PIOTR).attempt == 0


@pytest.mark.parametrize(("reached", "said"), [(True, []), (False, ["the direct call reached nobody"])])
def test_a_direct_call_that_reached_nobody_is_in_the_log(office, caplog, reached, said):
    office.caller.reached = reached
    waiting(office)
    approve_alert(office.ports, "a1", 1, PIOTR)
    assert [record.message.partition(";")[0] for record in caplog.records] == said


def test_what_changes_moves_the_time_of_its_last_change(office):
    office.alerts.put(alert("a1"))
    assert submit_alert(office.ports, "a1", 1, ANNA).updated == office.clock.now()


def test_the_history_names_what_was_changed_and_of_a_step_without_a_change_nothing(office):
    office.alerts.put(alert("a1"))
    edit_alert(office.ports, "a1", 1, ANNA, form(area_name="ul. Polna"))
    submit_alert(office.ports, "a1", 2, ANNA)
    edited, submitted = office.alerts.history("a1")[-2:]
    assert "area_name" in edited.details["changed"]
    assert submitted.details == {}


def test_whoever_has_to_wait_for_others_waits_less_than_half_a_second_each_time(monkeypatch):
    waits: list[float] = []
    office = StaffApi(alerts=Interrupted(lambda now: replace(now, attempt=1), times=ATTEMPTS))
    monkeypatch.setattr(office.clock, "sleep", waits.append)
    office.alerts.put(alert("a1", state=State.ACTIVE))
    with pytest.raises(Conflict):
        cancel_alert(office.ports, "a1", 1, ANNA)
    assert len(waits) == ATTEMPTS - 1
    assert all(wait <= min(0.02 * 2**turn, 0.5) for turn, wait in enumerate(waits))


def test_a_task_stands_beside_the_direct_call(office):
    waiting(office)
    approve_alert(office.ports, "a1", 1, PIOTR)
    (start,) = [item.task for item in office.tasks.waiting if item.task.function == "start_alert"]
    assert start.payload == {"alert": "a1", "generation": 1}


def test_an_approval_stands_when_no_task_can_be_enqueued(office, monkeypatch):
    def fail(_):
        raise Unavailable

    monkeypatch.setattr(office.tasks, "enqueue", fail)
    waiting(office)
    assert approve_alert(office.ports, "a1", 1, PIOTR).state is State.SCHEDULED
    assert len(office.caller.calls) == 1


@pytest.mark.parametrize(
    ("severity", "woken"),
    [
        (Severity.MINOR, {"start_alert", "deliver_slice"}),
        (Severity.SEVERE, {"start_urgent", "deliver_urgent"}),
    ],
)
def test_a_submission_wakes_what_will_send_it(office, severity, woken):
    office.alerts.put(alert("a1", content=content(severity=severity)))
    submit_alert(office.ports, "a1", 1, ANNA)
    tasks = [item.task for item in office.tasks.waiting]
    assert {task.function for task in tasks} == woken
    assert all("heartbeat" in task.payload for task in tasks)
