"""What was approved is moved to another moment, and is sent at one of the two, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.alert_documents import content_digest
from shared.domain.alert import Alert, Severity, State
from shared.domain.staff_session import Proof
from shared.errors import AlertOnlineError, Forbidden, InvalidInput, NotFound, Unauthenticated, WrongState
from shared.formats.alert_json import time_json
from shared.formats.move_json import Move
from shared.services.alerts.cancel_alert import cancel_alert
from shared.services.alerts.move_alert import move_alert
from shared.services.delivery.start_alert import start_alert
from tests.fakes.alert_values import APPROVER, TERC, alert, content
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.clock import SUNDAY_NIGHT
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF
from tests.services.delivery_world import World, area_content

ANNA, PIOTR, EWA = STAFF["anna"], STAFF["piotr"], STAFF["ewa"]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NOW = SUNDAY_NIGHT
TIMES: dict[str, Any] = {
    "send_at": NOW + 2 * HOUR,
    "expires": NOW + 10 * HOUR,
    "event_ends": NOW + 9 * HOUR,
    "next_info": NOW + 5 * HOUR,
    "sound_at": NOW + 4 * HOUR,
}


def scheduled(**changes: object) -> Alert:
    approved = {"state": State.SCHEDULED, "approver": APPROVER, "approved": NOW, "generation": 1}
    return alert("a1", **{"content": content(**TIMES), "revision": 3, **approved, **changes})


@pytest.fixture
def office() -> StaffApi:
    made = StaffApi()
    made.alerts.put(scheduled())
    return made


def test_all_that_it_promises_goes_along_and_the_approval_stands(office):
    before = office.alerts.get("a1").value
    after = move_alert(office.ports, "a1", 3, ANNA, Move(NOW + 26 * HOUR))
    assert {name: getattr(after.content, name) for name in TIMES} == {
        name: moment + 24 * HOUR for name, moment in TIMES.items()
    }
    assert content_digest(replace(after.content, **TIMES)) == content_digest(before.content)
    assert (after.state, after.approver, after.approved) == (State.SCHEDULED, APPROVER, NOW)
    assert (after.generation, after.revision, after.version) == (2, 4, before.version)


def test_an_end_that_is_given_is_taken(office):
    after = move_alert(office.ports, "a1", 3, EWA, Move(NOW + HOUR, NOW + 8 * HOUR))
    assert (after.content.send_at, after.content.expires) == (NOW + HOUR, NOW + 8 * HOUR)


def test_the_history_says_from_when_to_when_and_whom_to_tell(office):
    move_alert(office.ports, "a1", 3, ANNA, Move(NOW + 3 * HOUR))
    (entry,) = office.alerts.history("a1")
    assert (entry.action, entry.by) == ("move", ANNA.person)
    told = {name: entry.details[name] for name in ("from", "to", "tell")}
    assert told == {
        "from": time_json(TIMES["send_at"]),
        "to": time_json(NOW + 3 * HOUR),
        "tell": APPROVER.uid,
    }
    (act,) = office.audit.acts(TERC)
    assert (act.action, act.after["tell"], act.after["send_at"]) == (
        "alert.move",
        APPROVER.uid,
        time_json(NOW + 3 * HOUR),
    )


def test_an_approver_who_moves_it_is_not_told_of_it(office):
    move_alert(office.ports, "a1", 3, PIOTR, Move(NOW + 3 * HOUR))
    assert "tell" not in office.alerts.history("a1")[0].details


REFUSED = [
    (Move(NOW - 2 * MINUTE), "/send_at"),
    (Move(NOW + timedelta(days=367)), "/send_at"),
    (Move(NOW + 3 * HOUR, NOW + 3 * HOUR + MINUTE), "/expires"),
    (Move(NOW + 3 * HOUR, NOW + timedelta(days=40)), "/expires"),
    (Move(NOW + 3 * HOUR, NOW + 4 * HOUR), "/sound_at"),
]


def test_a_moment_that_cannot_be_is_refused_by_its_name_and_changes_nothing(office):
    writes = office.alerts.writes
    for move, pointer in REFUSED:
        with pytest.raises(InvalidInput) as refused:
            move_alert(office.ports, "a1", 3, ANNA, move)
        assert refused.value.errors[0].pointer == pointer, move
    assert (office.alerts.writes, office.audit.count) == (writes, 0)


def test_who_may_not_is_refused_and_nothing_is_written(office):
    writes = office.alerts.writes
    outsiders = {"jan": NotFound, "dorota": Forbidden, "adam": Forbidden}
    for who, error in outsiders.items():
        with pytest.raises(error):
            move_alert(office.ports, "a1", 3, STAFF[who], Move(NOW + 3 * HOUR))
    office.alerts.put(scheduled(content=content(**{**TIMES, "sound_at": None, "severity": Severity.SEVERE})))
    with pytest.raises(Unauthenticated):
        move_alert(office.ports, "a1", 3, replace(ANNA, proof=Proof()), Move(NOW + 3 * HOUR))
    assert (office.alerts.writes, office.audit.count) == (writes, 0)


def test_only_what_waits_for_its_moment_is_moved(office):
    for state in set(State) - {State.SCHEDULED}:
        office.alerts.put(scheduled(state=state))
        with pytest.raises(WrongState):
            move_alert(office.ports, "a1", 3, ANNA, Move(NOW + 3 * HOUR))


def test_moved_to_now_it_starts_at_once(office):
    move_alert(office.ports, "a1", 3, PIOTR, Move(NOW))
    assert office.caller.calls == [("start_alert", {"alert": "a1", "generation": 2, "direct": 1})]


def test_only_who_could_approve_it_brings_it_forward_to_now():
    def moved_by(who: str, wait: timedelta, **changes: object) -> bool:
        office = StaffApi()
        office.alerts.put(scheduled(**changes))
        try:
            move_alert(office.ports, "a1", 3, STAFF[who], Move(NOW + wait))
        except InvalidInput as refused:
            (error,) = refused.errors
            assert (error.pointer, error.code) == ("/send_at", "send-at-alone")
            assert office.alerts.get("a1").value == scheduled(**changes)
            return False
        return True

    soon, enough = 14 * MINUTE, 15 * MINUTE
    own = {"author": EWA.person}  # who is on duty wrote it, and stands alone with it
    due = {"content": content(**{**TIMES, "send_at": NOW + MINUTE, "sound_at": None})}
    for who, wait, changes, may in (
        ("anna", soon, {}, False),
        ("anna", enough, {}, True),
        ("piotr", timedelta(), {}, True),
        ("ewa", timedelta(), {}, True),
        ("ewa", soon, own, False),
        ("piotr", soon, {"writers": (PIOTR.person.uid,)}, False),
        ("ewa", soon, {**own, "sent_alone": True}, True),
        ("anna", soon, due, True),  # later, though soon
    ):
        assert moved_by(who, wait, **changes) is may, (who, wait, changes)


class Between(FakeAlertStore):
    """Before the call number `at` of those made meanwhile something else happens, once."""

    def __init__(self) -> None:
        super().__init__()
        self.at, self.calls = 0, 0
        self.meanwhile: Any = None

    def _pass(self) -> None:
        self.calls += 1
        if self.calls == self.at and self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()

    def get(self, alert_id):
        self._pass()
        return super().get(alert_id)

    def replace(self, before, after, entry, acts=()):
        self._pass()
        return super().replace(before, after, entry, acts)


def tried(step) -> None:
    try:
        step()
    except AlertOnlineError:
        return


CALLS = 9  # more than either of both makes


def race(at: int, moving_first: bool, step) -> tuple[World, StaffApi]:
    """The moment has come, and the start is asked for twice; in the midst of it, or before, it is moved."""
    alerts = Between()
    world = World(alerts=alerts)
    office = StaffApi(alerts=world.alerts, clock=world.clock)
    office.tasks = world.tasks
    world.populate(4)
    world.alerts.put(
        replace(
            scheduled(content=area_content(send_at=NOW + HOUR, expires=NOW + 9 * HOUR)), author=ANNA.person
        )
    )
    world.trigger()
    world.clock.advance(HOUR)
    both = [lambda: start_alert(world.ports, "a1", 1), lambda: step(office)]
    first, second = reversed(both) if moving_first else both
    alerts.calls, alerts.at, alerts.meanwhile = 0, at, lambda: tried(second)
    tried(first)
    left, alerts.meanwhile = alerts.meanwhile, None
    if left is not None:
        left()
    world.run_all(until=8 * HOUR)
    return world, office


def test_moved_while_it_starts_it_is_sent_once_at_one_of_the_two_moments():
    seen = set()
    for at in range(1, CALLS):
        for moving_first in (True, False):
            later = Move(NOW + 3 * HOUR)
            world, _ = race(
                at, moving_first, lambda office, to=later: move_alert(office.ports, "a1", 3, ANNA, to)
            )
            steps = [entry.action for entry in world.alerts.history("a1")]
            started = world.alert().started
            assert steps.count("start") == 1, (at, moving_first, steps)
            assert set(world.pushed.values()) == {1}, (at, moving_first)
            assert world.pushed.keys() == world.expected
            assert started in (NOW + HOUR, NOW + 3 * HOUR), (at, moving_first, started)
            assert (started == NOW + 3 * HOUR) == ("move" in steps)
            seen.add(started)
    assert len(seen) == 2  # both happened


def test_withdrawn_while_it_starts_it_is_cancelled_and_starts_no_more():
    for at in range(1, CALLS):
        for cancelling_first in (True, False):
            world, _ = race(at, cancelling_first, lambda office: cancel_alert(office.ports, "a1", None, ANNA))
            steps = [entry.action for entry in world.alerts.history("a1")]
            assert world.alert().state is State.CANCELLED, (at, cancelling_first)
            assert steps.count("start") <= 1
            assert bool(world.pushed) <= ("start" in steps)
            assert set(world.pushed.values()) <= {1}
