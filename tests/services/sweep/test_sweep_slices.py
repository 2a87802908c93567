"""Deliveries that stand still, and those that merely wait."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.delivery import DeliveryState, Slice
from shared.ports import Progress, Versioned
from shared.services.sweep.resume_slices import stands_still
from tests.fakes.alert_values import at
from tests.services.delivery_world import PUSH
from tests.services.sweep_world import MINUTE, SweptWorld, repaired


@pytest.fixture
def world():
    world = SweptWorld()
    world.populate(people=40)
    world.approve()
    return world


def started(world):
    """As far as the direct call comes; what it enqueued waits."""
    world.call_start()
    assert world.of().slices >= 3
    return world


def all_reached(world):
    assert set(world.pushed) == world.expected
    assert world.state() == "done"
    assert world.summaries.get("a1").value.complete


def again(world):
    return sum(count - 1 for count in world.pushed.values())


def test_slices_whose_tasks_were_lost_are_delivered(world):
    started(world).lose_tasks()
    reports = world.live(30 * MINUTE)
    all_reached(world)
    assert again(world) == 0
    assert repaired(reports, "resumed") == world.of().slices - 1


NOW, LEASE = at(3), timedelta(minutes=2)


def moved(ago, **changes):
    """A slice that was last touched so many leases ago."""
    part = replace(Slice(1, (("a", "b"),), 5), **changes)
    return Progress(Versioned(part, 1), NOW - ago * LEASE)


@pytest.mark.parametrize(
    ("progress", "served", "still"),
    [
        (moved(1.5), False, True),
        (moved(1.49), False, False),
        (moved(9, done=True), False, False),
        (moved(9, held_until=NOW + LEASE), False, False),
        (moved(9, held_until=NOW), False, True),
        (moved(1.5, held_until=NOW - LEASE), True, True),  # a worker that died, however busy the queue is
        (moved(4.99), True, False),
        (moved(5), True, True),
        (moved(9, resume_at=NOW - 1.4 * LEASE), False, False),
        (moved(9, resume_at=NOW - 1.5 * LEASE), False, True),
        (moved(1.4, resume_at=NOW - 9 * LEASE), False, False),
    ],
)
def test_a_slice_stands_still_after_some_leases_without_a_sign_of_life(progress, served, still):
    assert stands_still(progress, NOW, LEASE, served) is still


def test_slices_whose_tasks_were_never_created_are_delivered(world):
    world.faults.at_call = "tasks.enqueue"
    world.call_start()
    assert world.state() == "sending"
    assert not world.tasks.waiting
    world.live(30 * MINUTE)
    all_reached(world)
    assert again(world) == 0


@pytest.mark.parametrize(("seconds", "resumed"), [(179, False), (180, True)])
def test_a_slice_is_taken_for_lost_after_one_and_a_half_leases(world, seconds, resumed):
    started(world).lose_tasks()
    world.clock.advance(timedelta(minutes=30))  # what the starter did lies far behind
    known = world.delivery.slice(PUSH, 1)
    world.delivery.save(PUSH, known, replace(known.value, attempt=5), None)
    world.clock.advance(timedelta(seconds=seconds))
    world.sweep()
    assert (world.delivery.slice(PUSH, 1).value.attempt == 6) is resumed


def test_what_sweep_does_itself_is_no_sign_that_a_queue_is_served():
    """Else one slice resumed would keep all others waiting for ten minutes."""
    world = SweptWorld()
    world = SweptWorld(limits=replace(world.limits, slices=1))
    world.populate(people=40)
    world.approve()
    started(world).lose_tasks()
    world.clock.advance(timedelta(minutes=5))
    reports = world.live(3 * MINUTE, tasks=False)
    assert [report.steps["resumed"].acted for report in reports] == [1, 1, 1]


def test_tasks_that_ran_out_of_attempts_are_replaced_by_others(world):
    started(world)
    for _ in range(3):
        world.lose_tasks()
        world.live(12 * MINUTE, tasks=False)
    world.live(30 * MINUTE)
    all_reached(world)
    assert again(world) == 0


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, 40, 3))
def test_a_worker_that_died_and_whose_task_is_lost_is_replaced(world, at, after):
    world.faults.at, world.faults.after = at, after
    world.call_start()
    world.lose_tasks()
    world.live(60 * MINUTE)
    all_reached(world)
    assert again(world) <= world.pace.wave


def test_a_last_worker_that_died_before_it_ended_the_delivery_is_stood_in_for(world):
    started(world)
    world.trigger()
    finish: list[int] = []

    def dying(before, after, original=world.delivery.replace):
        if after.over and len(finish) < 8:
            finish.append(1)
            raise RuntimeError("died")
        return original(before, after)

    world.delivery.replace = dying
    while any(item.task.function == "deliver_slice" for item in world.tasks.waiting) and len(finish) < 1:
        world.tasks.run_next(world.run)
    world.delivery.replace = type(world.delivery).replace.__get__(world.delivery)
    world.lose_tasks()
    assert world.state() == "sending"
    world.live(5 * MINUTE)
    all_reached(world)


def test_a_slice_that_waits_while_others_are_served_is_left_in_the_queue(world):
    started(world)
    waiting = world.tasks.waiting
    for minute in range(8):
        world.tasks.waiting = []
        _move(world, index=1, waves=minute)  # a worker goes on, all the time
        world.sweep()
        world.clock.advance(MINUTE)
    assert [part.attempt for part in world.slices()][2:] == [0] * (world.of().slices - 2)
    assert waiting


def test_but_not_for_ever(world):
    started(world).lose_tasks()
    for minute in range(14):
        _move(world, index=1, waves=minute)
        world.sweep()
        world.clock.advance(MINUTE)
    assert all(part.attempt for part in world.slices()[2:] if not part.done)


def test_a_slice_that_others_hold_is_left_alone(world):
    started(world).lose_tasks()
    _move(world, index=1, waves=0)
    world.clock.advance(MINUTE)
    world.sweep()
    assert world.delivery.slice(PUSH, 1).value.attempt == 0


def test_a_slice_that_waits_for_its_retry_is_left_alone(world):
    started(world).lose_tasks()
    known = world.delivery.slice(PUSH, 1)
    later = world.clock.now() + timedelta(minutes=20)
    world.delivery.save(PUSH, known, replace(known.value, resume_at=later), None)
    world.live(20 * MINUTE, tasks=False)
    assert world.delivery.slice(PUSH, 1).value.attempt == 0
    world.live(15 * MINUTE)
    all_reached(world)


def test_the_worker_before_is_refused(world):
    started(world)
    held = world.delivery.slice(PUSH, 1)
    world.lose_tasks()
    world.live(12 * MINUTE, tasks=False)
    from shared.errors import Conflict

    with pytest.raises(Conflict):
        world.delivery.save(PUSH, held, held.value, None)


def test_of_an_alert_that_was_called_off_slices_are_ended_and_nobody_is_told(world):
    started(world).lose_tasks()
    world.cancel()
    pushed = sum(world.pushed.values())
    world.live(20 * MINUTE)
    assert sum(world.pushed.values()) == pushed
    assert world.state() == "stopped"
    assert world.summaries.get("a1").value.complete


def test_no_more_slices_than_allowed_are_resumed_in_one_run():
    world = SweptWorld()
    world = SweptWorld(limits=replace(world.limits, slices=1))
    world.populate(people=40)
    world.approve()
    started(world).lose_tasks()
    world.clock.advance(10 * MINUTE)
    report = world.sweep()
    assert report.steps["resumed"].acted == 1
    assert report.steps["resumed"].left >= 1
    world.live(30 * MINUTE)
    all_reached(world)


def test_sweeps_beside_each_other_and_beside_workers_push_everyone_once(world):
    """Real threads: four sweeps and, twice, every task at the same time."""
    started(world).lose_tasks()
    world.clock.advance(10 * MINUTE)
    for _ in range(6):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: world.sweep(), range(4)))
            tasks = [item.task for item in world.tasks.waiting] * 2
            world.lose_tasks()
            list(pool.map(lambda task: world.attempt(lambda: world.run(task)), tasks))
        world.clock.advance(10 * MINUTE)
    world.live(30 * MINUTE)
    all_reached(world)
    assert again(world) == 0


@pytest.mark.parametrize("seed", range(12))
def test_deaths_and_lost_tasks_in_any_order_miss_nobody(seed):
    rng = random.Random(seed)
    world = SweptWorld()
    world.populate(people=24, seed=seed)
    world.approve()
    world.faults.random(rng, deaths=4, among=120)
    world.attempt(world.call_start)
    for _ in range(30):
        if rng.random() < 0.3:
            world.lose_tasks()
        world.attempt(lambda: world.live(2 * MINUTE))
    world.faults.more = {}
    world.live(120 * MINUTE)
    all_reached(world)
    assert again(world) <= 4 * world.pace.wave


def _move(world, index, waves):
    """As a worker that claims the slice, or records a wave."""
    known = world.delivery.slice(PUSH, index)
    held_until = world.clock.now() + world.pace.lease
    world.delivery.save(PUSH, known, replace(known.value, held_until=held_until, waves=waves), None)


def test_an_end_that_sweep_stood_in_for_counts_once(world):
    started(world)
    world.run_all()
    known = world.delivery.get(PUSH)
    world.delivery.replace(known, replace(known.value, state=DeliveryState.SENDING, finished=None))
    assert repaired(world.live(3 * MINUTE), "resumed") == 1
