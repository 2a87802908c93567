"""Alerts that did not start, sound, end or show: only `sweep` is there to help."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.alert import Severity, State
from shared.domain.delivery import DeliveryState
from shared.errors import Conflict
from shared.services.sweep.publish_copies import WINDOW, look_from, next_position
from shared.services.sweep.restart_alerts import patience
from shared.services.sweep.run import Run, Tally, moment_at
from shared.services.sweep.sweep import REPAIRS, ROUTINE, Report
from tests.fakes.alert_values import alert, at
from tests.services.delivery_world import PUSH
from tests.services.sweep_world import MINUTE, QUEUES, SweptWorld, repaired

GRACE = timedelta(seconds=30)


@pytest.fixture
def world():
    world = SweptWorld()
    world.populate(people=16)
    return world


def everyone_once(world):
    return world.pushed == dict.fromkeys(world.expected, 1)


def test_an_approved_alert_that_nobody_enqueued_is_sent(world):
    world.approve()
    reports = world.live(20 * MINUTE)
    assert everyone_once(world)
    assert world.state() == "done"
    assert world.published.copies["a1"].state is State.ACTIVE
    assert repaired(reports, "restarted") == 1


def test_a_late_alert_is_left_alone_within_the_grace(world):
    world.approve()
    world.clock.advance(GRACE - timedelta(seconds=1))
    assert world.sweep().repaired == 0
    world.clock.advance(timedelta(seconds=1))
    assert world.sweep().repaired == 1
    assert world.alert().attempt == 1


def test_an_alert_that_is_not_due_is_left_alone(world):
    world.approve(send_at=world.clock.now() + timedelta(hours=2))
    world.live(timedelta(hours=1))
    assert (world.alert().attempt, world.alert().state) == (0, State.SCHEDULED)


def test_a_scheduled_alert_whose_task_was_lost_is_sent_at_its_time(world):
    world.approve(send_at=world.clock.now() + timedelta(hours=2))
    world.trigger()
    world.lose_tasks()
    world.live(timedelta(hours=2, minutes=20))
    assert everyone_once(world)
    assert world.alert().started - world.alert().content.send_at <= 3 * MINUTE


def test_a_task_that_is_lost_again_and_again_gets_a_new_name_more_and_more_seldom(world):
    world.approve(severity=Severity.SEVERE)
    attempts = []
    for _ in range(60):
        world.sweep()
        world.lose_tasks()
        attempts.append(world.alert().attempt)
        world.clock.advance(MINUTE)
    raised = [minute for minute in range(1, 60) if attempts[minute] > attempts[minute - 1]]
    assert raised == [1, 2, 4, 8, 16, 31, 46]
    assert patience(9, GRACE) - patience(8, GRACE) == timedelta(minutes=15)
    world.live(30 * MINUTE)
    assert everyone_once(world)


def test_an_alert_that_has_expired_is_not_restarted(world):
    approved = world.approve()
    world.clock.advance(approved.content.expires - world.clock.now())
    assert world.sweep().steps["restarted"].looked == 0
    assert world.alert().attempt == 0


@pytest.mark.parametrize("attempt", [0, 2])
def test_a_delivery_that_nobody_began_gets_its_next_task_when_its_patience_is_over(world, attempt):
    due = world.clock.now()
    world.approve()
    world.call_start()
    known = world.delivery.get(PUSH)
    waiting = replace(known.value, state=DeliveryState.PLANNED, due=due, attempt=attempt)
    world.delivery.replace(known, waiting)
    world.lose_tasks()
    world.clock.advance(patience(attempt, GRACE) - timedelta(seconds=1))
    assert (world.sweep().steps["restarted"].acted, world.of().attempt) == (0, attempt)
    world.clock.advance(timedelta(seconds=1))
    assert (world.sweep().steps["restarted"].acted, world.of().attempt) == (1, attempt + 1)
    assert "push.1" in [item.task.payload.get("delivery") for item in world.tasks.waiting]


def test_an_alert_whose_second_round_was_lost_rings(world):
    world.approve(sound_at=world.clock.now() + timedelta(hours=1))
    world.live(15 * MINUTE)
    world.trigger()
    world.lose_tasks()
    assert everyone_once(world)
    world.live(timedelta(hours=1))
    assert world.pushed == dict.fromkeys(world.expected, 2)
    assert world.state() == "done"


def test_an_alert_edited_meanwhile_is_not_started(world):
    world.approve()
    world.alerts.put(replace(world.alert(), state=State.DRAFT))
    world.live(5 * MINUTE)
    assert not world.pushed


def test_an_alert_to_nobody_ends(world):
    world.approve()
    world.audience.documents.clear()
    world.live(10 * MINUTE)
    assert world.state() == "done"


def test_an_alert_to_nobody_whose_start_died_ends(world):
    world.approve()
    world.audience.documents.clear()
    world.faults.at_call, world.faults.after = "delivery.plan", True
    world.call_start()
    assert world.state() == "sending"
    world.lose_tasks()
    world.live(3 * MINUTE)
    assert world.state() == "done"


@pytest.mark.parametrize("state", [State.SCHEDULED, State.ACTIVE])
def test_an_alert_whose_time_is_over_expires(world, state):
    approved = world.approve()
    started = None if state is State.SCHEDULED else world.clock.now()
    world.alerts.put(replace(approved, state=state, started=started))
    world.clock.advance(approved.content.expires - world.clock.now() + GRACE)
    assert world.sweep().steps["expired"].acted == 1
    assert world.alert().state is State.EXPIRED
    assert not world.pushed


def test_the_public_copy_follows_although_every_event_is_lost(world):
    world.approve()
    world.live(10 * MINUTE)
    world.cancel()
    assert world.published.copies["a1"].state is not State.CANCELLED
    reports = world.live(3 * MINUTE)
    assert world.published.copies["a1"].state is State.CANCELLED
    assert repaired(reports, "published") == 1


def test_a_copy_that_could_not_be_signed_is_signed_once_the_key_can_be_read(world):
    keys, world.signer.keys = world.signer.keys, {}
    world.approve()
    world.live(3 * MINUTE)
    assert world.published.signatures["a1"] is None
    world.signer.keys = keys
    assert repaired(world.live(3 * MINUTE), "published") == 1
    assert world.published.signatures["a1"] is not None


def test_a_copy_that_agrees_is_never_written(world):
    world.approve()
    world.live(10 * MINUTE)
    writes = len(world.published.writes)
    world.live(30 * MINUTE)
    assert len(world.published.writes) == writes


def test_a_change_during_hours_without_a_sweep_is_seen_afterwards(world):
    world.approve()
    world.live(10 * MINUTE)
    world.cancel()
    world.clock.advance(timedelta(hours=5))
    world.live(MINUTE)
    assert world.published.copies["a1"].state is State.CANCELLED


def test_more_changes_than_one_run_reads_are_all_seen():
    world = SweptWorld(limits=replace(SweptWorld().limits, alerts=3))
    for number in range(8):
        approved = world.approve(f"a{number}")
        now = world.clock.now() + number * timedelta(seconds=1)
        world.alerts.put(replace(approved, state=State.CANCELLED, started=now, updated=now, finished=now))
    world.live(12 * MINUTE)
    assert len(world.published.copies) == 8


SINCE, UNTIL = at(3), at(4)
MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("since", "changes", "goes_on"),
    [
        (SINCE, [], UNTIL - WINDOW),  # all were seen: the last minutes are looked at again
        (SINCE, [at(3, 20)], UNTIL - WINDOW),
        (UNTIL, [], UNTIL),  # a clock behind the one before turns nothing back
        (SINCE, [at(3, 10), at(3, 20)], at(3, 20)),  # as many as one run reads: there may be more
        (SINCE, [SINCE, SINCE], SINCE + MICROSECOND),
    ],
)
def test_the_search_for_changed_copies_goes_on_from_the_last_one_read(since, changes, goes_on):
    assert next_position(since, UNTIL, [alert(updated=moment) for moment in changes], limit=2) == goes_on


@pytest.mark.parametrize(
    ("position", "moment"),
    [("2026-11-22T03:00:00+00:00", at(3)), ("", None), ("u1", None), ("2026-11-22T03:00:00", None)],
)
def test_a_position_that_is_no_moment_lets_the_walk_begin_anew(position, moment):
    assert moment_at(position) == moment
    assert look_from(position, UNTIL) == (moment or UNTIL - WINDOW)


def test_of_many_each_is_looked_at_and_what_was_not_is_left(world):
    run, tally = Run(world.sweep_ports), Tally()

    def act(item):
        world.clock.advance(timedelta(seconds=10))
        if item == "taken":
            raise Conflict
        if item == "broken":
            raise ValueError
        return item

    assert run.each(tally, [2, "taken", "broken"], act) == 3
    assert (tally.looked, tally.acted, tally.failed, tally.left) == (3, 2, 1, 0)
    assert run.each(tally, [1, 1, 1, 1], act) == 1  # 40 seconds are over
    assert (tally.looked, tally.acted, tally.failed, tally.left) == (4, 3, 1, 3)


def test_the_counts_of_a_run_are_those_of_its_steps_and_routine_is_no_repair():
    report = Report({name: Tally(looked=1, acted=2, failed=3) for name in [*REPAIRS, *ROUTINE]})
    steps = len(REPAIRS) + len(ROUTINE)
    counts: dict[str, Any] = report.counts()
    assert (counts["repaired"], counts["failed"]) == (2 * len(REPAIRS), 3 * steps)
    one = {"looked": 1, "acted": 2, "failed": 3, "left": 0}
    assert counts["steps"] == dict.fromkeys([*REPAIRS, *ROUTINE], one)


def test_one_alert_that_cannot_be_looked_after_keeps_nobody(world, monkeypatch, caplog):
    world.approve("a0")
    world.approve("a1")
    get = world.alerts.get

    def broken(alert_id):
        if alert_id == "a0":
            raise RuntimeError("a defect")
        return get(alert_id)

    monkeypatch.setattr(world.alerts, "get", broken)
    world.clock.advance(MINUTE)
    report = world.sweep()
    assert (report.steps["restarted"].acted, report.steps["restarted"].failed) == (1, 1)
    assert "next run" in caplog.text


def test_a_step_that_fails_stops_no_other(world, monkeypatch):
    world.approve()
    world.clock.advance(MINUTE)

    def broken(*_):
        raise RuntimeError("a defect")

    monkeypatch.setattr(world.walk, "idle_devices", broken)
    monkeypatch.setattr(world.alerts, "changed", broken)
    report = world.sweep()
    assert (report.failed, report.steps["restarted"].acted, report.steps["heartbeats"].acted) == (
        3,
        1,
        len(QUEUES),
    )


def test_a_run_begins_nothing_more_after_its_time(world):
    world.approve()
    world.clock.advance(MINUTE)
    world.faults.wrap(world.alerts, "alerts")
    waking = world.alerts.waking

    def slowly(*given):
        world.clock.advance(timedelta(seconds=50))
        return waking(*given)

    world.alerts.waking = slowly
    report = world.sweep()
    assert (report.repaired, report.steps["restarted"].left) == (0, 1)


def test_sweeps_beside_each_other_start_an_alert_once(world):
    world.approve()
    world.clock.advance(MINUTE)
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: world.sweep(), range(4)))
    assert world.alert().attempt == 1
    assert repaired(reports, "restarted") == 1
    world.live(20 * MINUTE)
    assert everyone_once(world)


def test_the_more_urgent_of_two_comes_first(world):
    world.approve("a1")
    world.approve("a2", severity="Extreme")
    world.clock.advance(MINUTE)
    world.sweep()
    assert next(item.task.payload["alert"] for item in world.tasks.waiting) == "a2"
