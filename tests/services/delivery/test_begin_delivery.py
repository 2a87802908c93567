"""What becomes of a delivery whose moment may have come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State, Text
from shared.domain.delivery import Delivery, DeliveryRef, DeliveryState
from shared.domain.start import START
from shared.services.delivery.begin_delivery import begin_delivery
from shared.services.delivery.delivery_tasks import begin_task
from tests.channels.stub.channel import UNPRINTABLE
from tests.fakes.alert_values import entry
from tests.services.delivery_world import PUSH, STUB, World

MINUTE = timedelta(minutes=1)


def world_with(**changes):
    """An active alert, and its delivery over push and over the stub as a start makes them."""
    world = World(channels=("push", "stub"))
    world.populate(12)
    approved = world.approve(**changes.pop("content", {}))
    now = world.clock.now()
    planned = Delivery("a1", "push", 1, 1, 1, False, now, approved.content.expires)
    deliveries = [replace(planned, channel=channel, **changes) for channel in ("push", "stub")]
    active = replace(approved, state=State.ACTIVE, started=now)
    world.delivery.start(world.alerts.get("a1"), active, entry(active, "start"), deliveries, "a key")
    return world


def begin(world, ref=PUSH, generation=1):
    begin_delivery(world.ports, ref, generation)


def test_one_that_is_due_is_planned_as_of_the_stores_moment_and_its_attempts_begin_anew():
    world = world_with(attempt=3)
    world.audience.lag = timedelta(seconds=4)
    begin(world)
    one, read_time = world.of(), world.clock.now() - timedelta(seconds=4)
    assert (one.state, one.attempt, one.read_time, one.started) == ("sending", 0, read_time, read_time)
    assert one.slices == len(world.slices()) > 1
    assert world.pushed
    assert world.state(STUB) == "planned"


@pytest.mark.parametrize(("less", "at_once"), [(0, True), (1, False)])
def test_the_first_slice_is_delivered_at_once_where_its_channel_has_room_for_all_of_it(less, at_once):
    world = world_with()
    probe = world_with()
    begin(probe)
    world.push.at_once = probe.slices()[0].count - less
    begin(world)
    assert bool(world.pushed) is at_once
    first = next(item for item in world.tasks.waiting if item.task.payload.get("slice") == 0)
    assert first.at == world.clock.now() + (world.pace.lease if at_once else timedelta())


@pytest.mark.parametrize(("ref", "generation"), [(PUSH, 0), (PUSH, 2), (DeliveryRef("a1", "push.9"), 1)])
def test_one_of_another_approval_or_unknown_is_left_alone(ref, generation):
    world = world_with()
    begin(world, ref, generation)
    assert (world.state(), world.tasks.waiting) == ("planned", [])


@pytest.mark.parametrize("gone", [False, True])
def test_one_whose_alert_is_over_or_gone_is_stopped_and_nobody_is_told(gone):
    world = world_with()
    world.cancel()
    if gone:
        world.ports = replace(world.ports, alerts=world.alerts)
        found = world.alerts.get("a1")
        world.alerts.get = lambda alert_id: None if world.of().state == "planned" else found
    world.clock.advance(MINUTE)
    begin(world)
    one = world.of()
    assert (one.state, one.finished, one.refusal) == (DeliveryState.STOPPED, world.clock.now(), "")
    assert (world.pushed, world.tasks.waiting) == ({}, [])


def test_one_that_the_channel_refuses_has_failed_with_every_reason_and_staff_see_it_at_once():
    text = Text(UNPRINTABLE, "Do 14:00.")
    world = world_with(content={"texts": {"pl": text, "en": text}})
    begin(world, PUSH)  # figures are gathered
    begin(world, STUB)
    one = world.of(STUB)
    assert (one.state, one.finished) == (DeliveryState.FAILED, world.clock.now())
    assert one.refusal == "pl (cannot be printed), en (cannot be printed)"
    reports = {report.channel: report for report in world.summaries.get("a1").value.deliveries}
    assert (reports["stub"].state, reports["stub"].refusal) == ("failed", one.refusal)


def test_one_far_ahead_has_its_task_on_the_way_there():
    world = world_with()
    known = world.delivery.get(PUSH)
    later = replace(known.value, due=world.clock.now() + timedelta(days=70))
    world.delivery.replace(known, later)
    world.alerts.put(
        replace(world.alert(), content=replace(world.alert().content, expires=later.due + MINUTE))
    )
    begin(world)
    assert [item.task for item in world.tasks.waiting] == [begin_task(later, START[False], world.clock.now())]
    assert world.state() == "planned"


def test_one_under_way_gets_the_tasks_that_it_may_lack():
    world = world_with()
    begin(world)
    world.tasks.waiting, world.tasks.names = [], set()
    begin(world)
    assert {item.task.payload["slice"] for item in world.tasks.waiting} == set(range(1, world.of().slices))


def test_one_that_is_over_stays_so():
    world = world_with(state=DeliveryState.STOPPED)
    begin(world)
    assert (world.state(), world.pushed, world.tasks.waiting) == ("stopped", {}, [])
