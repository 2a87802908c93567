"""The tasks that an alert waits for, in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.delivery import Delivery, DeliveryState, Slice
from shared.domain.start import START
from shared.services.delivery.delivery_tasks import begin_task, expire_task, slice_task, start_task
from shared.services.delivery.enqueue_due import enqueue_due
from tests.services.delivery_world import World

DELIVER = {False: ("deliver", "deliver_slice"), True: ("deliver-urgent", "deliver_urgent")}


def tasks(state, *deliveries, slices=()):
    """Of an alert in that state with these deliveries; the slices are of those being sent."""
    world = World()
    world.alerts.put(replace(world.approve(), state=state))
    for delivery in deliveries:
        before = world.delivery.put(delivery)
        if delivery.state is DeliveryState.SENDING:
            world.delivery.plan(before, delivery, slices)
    enqueue_due(world.ports, "a1")
    return world, [item.task for item in world.tasks.waiting]


def delivery(state, **changes):
    now = World().clock.now()
    one = Delivery("a1", "push", 1, 1, 1, False, now, now + timedelta(hours=12), state=state)
    return replace(one, **changes)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CANCELLED, State.EXPIRED])
def test_one_that_waits_for_people_or_is_over_waits_for_no_task(state):
    assert tasks(state, delivery(DeliveryState.PLANNED))[1] == []


def test_one_that_is_approved_waits_for_its_start_and_its_end():
    world, found = tasks(State.SCHEDULED, delivery(DeliveryState.PLANNED))
    now = world.clock.now()
    assert found == [start_task(world.alert(), now), expire_task(world.alert(), now)]


@pytest.mark.parametrize("urgent", [False, True])
def test_one_under_way_waits_for_what_its_deliveries_wait_for_and_for_its_end(urgent):
    read = World().clock.now()
    planned = delivery(DeliveryState.PLANNED, urgent=urgent, number=2)
    sending = delivery(DeliveryState.SENDING, urgent=urgent, read_time=read, slices=2)
    over = delivery(DeliveryState.DONE, number=3, read_time=read, slices=2)
    open_, done = Slice(0, (("a", "b"),), 5), Slice(1, (("c", "d"),), 5, done=True)
    world, found = tasks(State.ACTIVE, sending, planned, over, slices=[open_, done])
    assert found == [
        slice_task(sending, DELIVER[urgent], open_),
        begin_task(planned, START[urgent], read),
        expire_task(world.alert(), read),
    ]


def test_one_that_went_to_nobody_is_begun_again_to_find_out_that_it_is_over():
    read = World().clock.now()
    nobody = delivery(DeliveryState.DONE, read_time=read)
    world, found = tasks(State.ACTIVE, nobody)
    assert found == [begin_task(nobody, START[False], read), expire_task(world.alert(), read)]


def test_a_channel_that_is_not_known_here_holds_up_no_other():
    planned = delivery(DeliveryState.PLANNED)
    elsewhere = replace(planned, channel="pigeon")
    world, found = tasks(State.ACTIVE, elsewhere, planned)
    now = world.clock.now()
    assert found == [begin_task(planned, START[False], now), expire_task(world.alert(), now)]


def test_an_unknown_alert_waits_for_nothing():
    world = World()
    enqueue_due(world.ports, "nobody")
    assert world.tasks.waiting == []
