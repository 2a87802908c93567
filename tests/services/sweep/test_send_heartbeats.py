"""A sign of life through every queue, once an hour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from infra import deployment
from shared.errors import Unavailable
from shared.services.sweep.send_heartbeats import hour
from tests.fakes.clock import SUNDAY_NIGHT
from tests.services.sweep_world import MINUTE, QUEUES, SweptWorld


@pytest.fixture
def world():
    return SweptWorld()


def beats(world):
    return [item.task for item in world.tasks.waiting]


def test_every_declared_queue_is_known_with_its_function():
    declared = deployment.load()
    behind = {function.trigger.queue: name for name, function in declared.functions.items()}
    assert {queue: behind[queue] for queue in declared.queues} == QUEUES


def test_one_goes_through_every_queue_to_the_function_behind_it(world):
    world.sweep()
    assert {task.queue: task.function for task in beats(world)} == QUEUES
    assert {str(task.payload) for task in beats(world)} == {"{'heartbeat': '2026-11-22T01:00:00+00:00'}"}


@pytest.mark.parametrize(
    ("minute", "every", "begins"),
    [(10, 60, "01:00"), (0, 60, "01:00"), (59, 60, "01:00"), (44, 15, "01:30"), (45, 15, "01:45")],
)
def test_an_hour_begins_at_the_same_moment_for_every_run(minute, every, begins):
    now = SUNDAY_NIGHT.replace(minute=minute)
    assert hour(now, timedelta(minutes=every)) == f"2026-11-22T{begins}:00+00:00"


def test_the_task_is_named_by_its_queue_and_hour(world):
    world.sweep()
    beat = "2026-11-22T01:00:00+00:00"
    assert {task.name for task in beats(world)} == {f"heartbeat {queue} {beat}" for queue in QUEUES}
    assert world.cursors.get("heartbeat") == beat


def test_it_is_sent_once_an_hour(world):
    world.live(timedelta(hours=3), tasks=False)
    assert len(beats(world)) == 4 * len(QUEUES)  # from 1:10 to 4:09: in four hours of the clock
    assert len({task.name for task in beats(world)}) == 4 * len(QUEUES)


def test_a_second_sweep_of_the_hour_adds_none(world):
    world.sweep()
    world.cursors.positions.clear()
    report = world.sweep()
    assert (len(beats(world)), report.steps["heartbeats"].acted) == (len(QUEUES), 0)


def test_a_queue_that_sleeps_gets_it_at_the_next_run(world, monkeypatch):
    enqueue = world.tasks.enqueue

    def asleep(task):
        if task.queue == "deliver":
            raise Unavailable
        return enqueue(task)

    monkeypatch.setattr(world.tasks, "enqueue", asleep)
    assert world.sweep().steps["heartbeats"].failed == 1
    monkeypatch.undo()
    world.clock.advance(MINUTE)
    assert world.sweep().steps["heartbeats"].acted == 1
    assert {task.queue for task in beats(world)} == set(QUEUES)
