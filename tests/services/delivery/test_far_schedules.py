"""An alert for a day of next year: the queue takes no task so far ahead, and it starts at its moment."""

from __future__ import annotations

from datetime import timedelta

from shared.domain.alert import State
from shared.services.alerts.check_content import FARTHEST
from tests.fakes.tasks import FARTHEST as QUEUES_FARTHEST
from tests.services.delivery_world import World
from tests.services.sweep_world import SweptWorld

DAY = timedelta(days=1)


def far(world: World) -> None:
    world.populate(6)
    now = world.clock.now()
    world.approve(send_at=now + FARTHEST, expires=now + FARTHEST + DAY)


def test_a_schedule_of_a_year_goes_from_task_to_task_and_starts_once_at_its_moment():
    world = World()
    far(world)
    moment = world.clock.now() + FARTHEST
    world.run_all(until=FARTHEST + DAY / 2)
    assert world.alert().state is State.ACTIVE
    assert world.alert().started == moment
    assert world.pushed.keys() == world.expected
    assert set(world.pushed.values()) == {1}
    starts = [
        task for task in world.tasks.ran if task.function == "start_alert" and "delivery" not in task.payload
    ]
    assert len(starts) == FARTHEST // QUEUES_FARTHEST + 1
    assert [entry.action for entry in world.alerts.history("a1")] == ["start"]


def test_a_far_schedule_whose_tasks_are_all_lost_is_started_by_the_sweep():
    world = SweptWorld()
    far(world)
    moment = world.clock.now() + FARTHEST
    world.trigger()
    world.lose_tasks()
    world.clock.advance(FARTHEST - timedelta(minutes=1))
    world.live(timedelta(minutes=4))
    assert world.alert().state is State.ACTIVE
    assert timedelta() <= world.alert().started - moment <= timedelta(minutes=2)
    assert set(world.pushed.values()) == {1}
