"""An alert ends at its time and no sooner."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.errors import Conflict, Unavailable
from shared.services.delivery.expire_alert import expire_alert
from tests.services.delivery_world import World


@pytest.fixture
def world():
    world = World()
    world.approve()
    return world


def put(world, **changes):
    world.alerts.put(replace(world.alert(), **changes))


def after_expiry(world):
    world.clock.advance(world.alert().content.expires - world.clock.now())


@pytest.mark.parametrize("state", [State.SCHEDULED, State.ACTIVE])
def test_a_live_alert_expires_at_its_time(world, state):
    put(world, state=state)
    after_expiry(world)
    expire_alert(world.ports, "a1", 1)
    assert (world.alert().state, world.alert().finished) == (State.EXPIRED, world.clock.now())
    assert [(item.action, item.by) for item in world.alerts.history("a1")] == [("expire", None)]


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CANCELLED, State.EXPIRED])
def test_an_alert_that_is_not_live_stays_as_it_is(world, state):
    put(world, state=state)
    after_expiry(world)
    expire_alert(world.ports, "a1", 1)
    assert world.alert().state is state


def test_an_old_generation_does_nothing(world):
    after_expiry(world)
    expire_alert(world.ports, "a1", 0)
    expire_alert(world.ports, "nobody", 1)
    assert world.alert().state is State.SCHEDULED


def test_too_early_it_asks_to_be_called_again_at_the_right_time(world):
    expire_alert(world.ports, "a1", 1)
    assert world.alert().state is State.SCHEDULED
    (waiting,) = world.tasks.waiting
    assert (waiting.task.queue, waiting.at) == ("expire", world.alert().content.expires)


def test_a_moment_too_early_the_task_comes_back(world):
    world.clock.advance(world.alert().content.expires - world.clock.now() - timedelta(milliseconds=5))
    with pytest.raises(Unavailable):
        expire_alert(world.ports, "a1", 1)


def test_an_alert_cancelled_meanwhile_stays_cancelled(world):
    after_expiry(world)
    replace_alert = world.alerts.replace

    def overtaken(*args):
        world.alerts.replace = replace_alert
        world.cancel()
        return replace_alert(*args)

    world.alerts.replace = overtaken
    with pytest.raises(Conflict):
        expire_alert(world.ports, "a1", 1)
    assert world.alert().state is State.CANCELLED
