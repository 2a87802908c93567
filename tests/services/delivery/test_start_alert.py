"""When an alert starts, when it does not, and what a repeated start does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import Severity, State
from shared.domain.delivery import Delivery
from shared.errors import Conflict, Unavailable
from shared.services.delivery.start_alert import start_alert
from tests.services.delivery_world import PUSH, SMALL, World


def world_with(**changes):
    world = World()
    world.populate(12)
    world.approve(**changes)
    return world


def in_hours(world, hours):
    return world.clock.now() + timedelta(hours=hours)


def test_an_alert_for_now_starts_at_once():
    world = world_with()
    start_alert(world.ports, "a1", 1)
    assert (world.alert().started, world.of().read_time) == (world.clock.now(), world.clock.now())
    assert world.pushed
    assert [item.action for item in world.alerts.history("a1")] == ["start"]


def test_the_audience_is_read_by_the_stores_clock_where_ours_is_ahead():
    world = world_with()
    world.audience.lag = timedelta(seconds=4)
    start_alert(world.ports, "a1", 1)
    assert world.of().read_time == world.clock.now() - timedelta(seconds=4)
    assert world.pushed


def test_the_first_slice_does_not_wait_for_a_task_and_the_others_have_one_each():
    world = world_with()
    start_alert(world.ports, "a1", 1)
    assert world.delivery.slice(PUSH, 0).value.done
    waiting = {item.task.payload["slice"] for item in world.tasks.waiting}
    assert waiting == set(range(world.of().slices))


def test_a_large_alert_leaves_room_in_the_queue_for_those_that_come_later():
    world = World(pace=replace(SMALL, slice=2, workers=3, rate=1))
    world.populate(40)
    world.approve()
    start_alert(world.ports, "a1", 1)
    moments = {item.task.payload["slice"]: item.at - world.began for item in world.tasks.waiting}
    counts = {part.index: part.count for part in world.slices()}
    assert [moments[number].total_seconds() for number in (1, 2, 3)] == [0, 0, 0]
    for number in range(4, len(counts)):
        assert moments[number].total_seconds() == sum(counts[earlier] for earlier in range(3, number))


def test_a_starter_without_a_share_of_the_quota_leaves_the_first_slice_to_the_queue():
    world = world_with()
    world.push.at_once = 3
    start_alert(world.ports, "a1", 1)
    assert not world.pushed
    first = next(item for item in world.tasks.waiting if item.task.payload.get("slice") == 0)
    assert first.at == world.began
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_a_start_makes_a_delivery_for_each_moment_of_each_channel_and_the_history_names_them():
    world = World(channels=("push", "stub"))
    approved = world.approve(sound_at=in_hours(world, 1), severity=Severity.SEVERE)
    world.alerts.put(replace(approved, version=2, attempt=3))
    world.faults.at_call, world.faults.after = "delivery.start", True
    world.call_start()
    now, expires = world.clock.now(), approved.content.expires
    silent = Delivery("a1", "push", 1, 1, 2, urgent=True, due=now, expires=expires)
    ring = replace(silent, number=2, due=in_hours(world, 1))
    made = [
        replace(silent, direct=True),
        ring,
        replace(silent, channel="stub"),
        replace(ring, channel="stub"),
    ]
    assert [known.value for known in world.delivery.of("a1")] == made
    after = world.alert()
    assert (after.state, after.started, after.attempt) == (State.ACTIVE, now, 0)
    (entry,) = world.alerts.history("a1")
    assert entry.details == {"deliveries": "push.1, push.2, stub.1, stub.2"}
    assert len(bytes.fromhex(world.delivery.proof_key("a1"))) == 32


def test_staff_may_still_cancel_what_they_see():
    world = world_with()
    start_alert(world.ports, "a1", 1)
    assert world.alert().revision == 3


def test_a_scheduled_alert_starts_at_its_moment_and_not_before():
    world = World()
    world.populate(12)
    world.approve(send_at=in_hours(world, 5))
    moment = in_hours(world, 5)
    world.run_all(until=timedelta(hours=5) - timedelta(seconds=1))
    assert not world.pushed
    world.run_all()
    assert world.alert().started == moment
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_a_scheduled_alert_that_was_cancelled_never_fires():
    world = World()
    world.populate(12)
    world.approve(send_at=in_hours(world, 5))
    world.trigger()
    world.cancel()
    world.run_all(until=timedelta(days=2))
    assert not world.pushed
    assert world.alert().state is State.CANCELLED
    assert "a1" not in world.published.copies


def test_an_alert_approved_again_is_started_by_its_new_task_only():
    world = World()
    world.populate(12)
    first = world.approve(send_at=in_hours(world, 2))
    world.trigger()
    world.alerts.put(
        replace(first, generation=2, version=2, content=replace(first.content, send_at=in_hours(world, 4)))
    )
    world.run_all(until=timedelta(hours=3))
    assert not world.pushed
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_a_start_of_an_old_generation_does_nothing():
    world = world_with()
    start_alert(world.ports, "a1", 0)
    assert not world.pushed


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CANCELLED, State.EXPIRED])
def test_an_alert_in_another_state_is_not_started(state):
    world = world_with()
    world.alerts.put(replace(world.alert(), state=state))
    start_alert(world.ports, "a1", 1)
    assert not world.pushed
    assert world.alert().state is state


def test_an_unknown_alert_is_not_started():
    start_alert(World().ports, "nobody", 1)


def test_an_alert_whose_time_was_over_before_it_could_start_expires():
    world = world_with()
    world.clock.advance(timedelta(hours=13))
    start_alert(world.ports, "a1", 1)
    assert world.alert().state is State.EXPIRED
    assert not world.pushed


@pytest.mark.parametrize("early", [timedelta(milliseconds=20), timedelta(minutes=5)])
def test_a_task_too_early_by_a_clock_that_is_behind_comes_back_by_itself(early):
    world = World()
    world.approve(send_at=world.clock.now() + early)
    with pytest.raises(Unavailable):
        start_alert(world.ports, "a1", 1)
    assert not world.tasks.waiting


def test_an_alert_two_months_ahead_hops_there():
    world = World()
    world.populate(12)
    moment = world.clock.now() + timedelta(days=70)
    world.approve(send_at=moment, expires=moment + timedelta(days=40))
    world.run_all(until=timedelta(days=71))
    assert world.alert().started == moment
    assert world.pushed == dict.fromkeys(world.expected, 1)
    assert sum(task.function == "start_alert" for task in world.tasks.ran) == 3
    world.run_all(until=timedelta(days=112))
    assert world.alert().state is State.EXPIRED


def test_an_area_with_nobody_in_it_ends_at_once():
    world = World()
    world.approve()
    start_alert(world.ports, "a1", 1)
    assert (world.alert().state, world.state(), world.of().slices) == (State.ACTIVE, "done", 0)
    summary = world.summaries.get("a1").value
    assert (summary.targeted, summary.complete) == (0, True)


@pytest.mark.parametrize(
    "call", ["delivery.start", "delivery.plan", "delivery.replace", "delivery.done", "summaries.put"]
)
def test_an_area_with_nobody_in_it_ends_even_if_its_start_dies_before_the_trigger_runs(call):
    world = World()
    world.approve()
    world.faults.at_call = call
    world.call_start()
    assert world.faults.at_call is None
    world.run_all()
    assert world.state() == "done"
    assert world.summaries.get("a1").value.complete


def test_places_in_the_ranges_but_none_in_the_area_push_nobody_and_end_well():
    world = World()
    world.add("near", (49.831, 19.9358), meant=False)
    world.approve()
    world.call_start()
    world.run_all()
    assert not world.pushed
    assert world.state() == "done"


def test_of_two_starts_at_once_one_plans_and_nobody_is_pushed_twice():
    world = world_with()
    plan = world.delivery.plan

    def overtaken(*args):
        world.delivery.plan = plan
        start_alert(world.ports, "a1", 1)
        return plan(*args)

    world.delivery.plan = overtaken
    with pytest.raises(Conflict):
        start_alert(world.ports, "a1", 1)
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_every_task_twice_pushes_nobody_twice():
    world = world_with()
    for _ in range(4):
        world.trigger()
        world.tasks.repeat()
        world.tasks.run_next(world.run)
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)
    assert world.state() == "done"


def test_a_repeated_start_enqueues_what_a_dead_one_did_not():
    world = world_with()
    world.faults.at = None
    start_alert(world.ports, "a1", 1)
    world.tasks.waiting, world.tasks.names = [], set()
    start_alert(world.ports, "a1", 1)
    waiting = {item.task.payload["slice"] for item in world.tasks.waiting}
    assert waiting == set(range(1, world.of().slices))
