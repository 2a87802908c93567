"""Deliveries over other channels than push, and over several at once: none holds up or fails another."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.channels.push.outcome import Outcome, PushAnswer
from shared.domain.alert import State, Text
from shared.domain.delivery import DeliveryRef
from shared.domain.figures import shown
from shared.services.delivery.deliver_slice import deliver_slice
from shared.services.delivery.start_alert import start_alert
from tests.channels.stub.channel import UNPRINTABLE, Posted
from tests.services.delivery_world import PUSH, SMALL, STUB, World, inside, resident
from tests.services.sweep_world import MINUTE, SweptWorld

STUB_AGAIN = DeliveryRef("a1", "stub.2")


def world_of(*channels, people=16, **changes):
    world = World(channels=channels)
    world.populate(people=people)
    world.approve(**changes)
    return world


def letters(world):
    return {uid: count for uid, count in world.post.sent.items() if count}


# ---- the stub alone ------------------------------------------------------------------------------------


def test_everyone_in_the_area_gets_one_letter():
    world = world_of("stub")
    world.run_all()
    assert world.told == dict.fromkeys(world.expected, 1)
    assert (world.alert().state, world.state(STUB)) == (State.ACTIVE, "done")


def test_people_without_a_device_are_told_if_a_channel_has_an_address_of_theirs():
    world = world_of("stub", "push")
    world.audience.put(*resident("ann", inside(random.Random(5)), devices=0))
    world.run_all()
    assert world.post.sent["ann"] == 1
    assert not any(target.startswith("ann") for target in world.pushed)


def test_figures_are_in_the_words_and_kinds_of_the_channel():
    world = world_of("stub")
    world.post.answering = lambda uid, tried: Posted.MOVED if uid == "in1" else Posted.POSTED
    world.run_all()
    figures = world.of(STUB).figures
    assert (figures.accepted, figures.failed) == (len(world.expected) - 1, {"moved-away": 1})
    assert set(figures.by_kind) == {"letter"}
    summary = world.summaries.get("a1").value
    assert summary.by_platform["letter"].targeted == shown(len(world.expected))
    assert summary.by_platform["android"].targeted is None


def test_what_passes_is_tried_again_and_only_there():
    world = world_of("stub")
    full = {"in2", "in3"}
    world.post.answering = lambda uid, tried: Posted.FULL if uid in full and tried < 3 else Posted.POSTED
    world.run_all()
    assert letters(world) == {uid: 3 if uid in full else 1 for uid in world.expected}
    assert world.state(STUB) == "done"


def test_a_text_that_the_channel_refuses_fails_its_delivery_alone():
    world = world_of("push", "stub", texts={"pl": Text(UNPRINTABLE, "Do 14:00.")})
    world.run_all()
    assert (world.state(PUSH), world.state(STUB)) == ("done", "failed")
    assert world.of(STUB).refusal == "pl (cannot be printed)"
    assert not letters(world)
    assert world.alert().state is State.ACTIVE
    assert world.summaries.get("a1").value.complete


# ---- side by side --------------------------------------------------------------------------------------


def test_each_channel_tells_everyone_once():
    world = world_of("push", "stub")
    world.call_start()
    world.run_all()
    assert world.told == dict.fromkeys(world.expected, 1)
    assert {world.state(PUSH), world.state(STUB)} == {"done"}


@pytest.mark.parametrize("order", [("push", "stub"), ("stub", "push")])
def test_a_channel_that_drags_holds_up_no_other(order):
    world = world_of(*order)
    world.push.answering = lambda request, tried: PushAnswer(request.key, Outcome.UNAVAILABLE)
    world.call_start()
    world.run_all(until=timedelta(minutes=3))
    assert letters(world) == dict.fromkeys(letters(world), 1)
    assert len(letters(world)) == world.of(STUB).figures.accepted
    assert (world.state(PUSH), world.state(STUB)) == ("sending", "done")
    reports = {one.channel: one for one in world.summaries.get("a1").value.deliveries}
    assert (reports["push"].accepted, reports["stub"].state) == (None, "done")


def test_the_first_channel_does_not_wait_for_the_tasks_of_the_others():
    world = world_of("push", "stub")
    start_alert(world.ports, "a1", 1)
    assert world.pushed
    assert not letters(world)
    begin = [item.task for item in world.tasks.waiting if item.task.payload.get("delivery") == "stub.1"]
    assert [task.function for task in begin] == ["start_alert"]


def test_a_channel_that_cannot_even_be_asked_holds_up_no_other(monkeypatch):
    world = world_of("push", "stub")

    def broken(alert):
        raise RuntimeError("a defect")

    monkeypatch.setattr(world.ports.channels["push"], "check", broken)
    world.run_all(until=timedelta(minutes=10))
    assert (world.state(PUSH), world.state(STUB)) == ("planned", "done")
    assert world.alert().state is State.ACTIVE


def test_one_that_this_instance_does_not_have_is_left_to_another():
    """As while a release with one more channel rolls out: the old instances go on with what they know."""
    world = SweptWorld(channels=("push", "stub"))
    world.populate(16)
    world.approve()
    world.faults.at_call, world.faults.after = "delivery.start", True  # started by the new release
    world.call_start()
    both = world.ports
    world.ports = replace(both, channels={"push": both.channels["push"]})
    world.run_all(until=timedelta(minutes=2))
    assert (world.state(PUSH), world.state(STUB), letters(world)) == ("done", "planned", {})
    world.ports = both
    world.live(10 * MINUTE)
    assert world.told == dict.fromkeys(world.expected, 1)


def test_cancelling_stops_every_channel():
    world = world_of("push", "stub")
    world.post.during = world.cancel
    world.call_start()
    world.run_all()
    assert {world.state(PUSH), world.state(STUB)} <= {"stopped", "done"}
    assert world.state(STUB) == "stopped"
    assert len(letters(world)) <= SMALL.wave


def test_both_deliveries_of_a_channel_are_its_own():
    world = World(channels=("push", "stub"))
    world.populate(12)
    world.approve(sound_at=world.clock.now() + timedelta(hours=1))
    world.run_all()
    assert {world.state(STUB), world.state(STUB_AGAIN)} == {"done"}
    assert world.told == dict.fromkeys(world.expected, 2)
    summary = world.summaries.get("a1").value
    assert summary.rung == summary.accepted == shown(len(world.expected))


# ---- deaths --------------------------------------------------------------------------------------------


CALLS = 90  # of all workers over both channels, about


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, CALLS, 2))
def test_a_death_at_any_call_misses_nobody_on_either_channel(at, after):
    world = World(channels=("stub", "push"))
    world.populate(people=10)
    world.approve()
    world.faults.at, world.faults.after = at, after
    world.call_start()
    world.run_all()
    assert set(world.told) == world.expected
    assert {world.state(PUSH), world.state(STUB)} == {"done"}
    assert sum(count - 1 for count in world.told.values()) <= world.pace.wave


@pytest.mark.parametrize("seed", range(10))
def test_many_deaths_over_the_stub_repeat_one_wave_each_at_most(seed):
    rng = random.Random(seed)
    world = World(channels=("stub",))
    world.populate(people=24, seed=seed)
    world.approve()
    deaths = rng.randint(2, 6)
    world.faults.random(rng, deaths, among=60)
    world.call_start()
    world.run_all(until=timedelta(hours=10))
    assert set(world.told) == world.expected
    assert world.state(STUB) == "done"
    assert sum(count - 1 for count in world.told.values()) <= deaths * world.pace.wave


# ---- sweep ---------------------------------------------------------------------------------------------


def test_a_delivery_whose_task_was_lost_is_begun_by_sweep():
    world = SweptWorld(channels=("push", "stub"))
    world.populate(16)
    world.approve()
    world.call_start()
    world.lose_tasks()
    world.live(30 * MINUTE)
    assert set(world.told) == world.expected
    assert world.state(STUB) == "done"


def test_a_sweep_that_does_not_have_the_channel_spends_none_of_its_attempts():
    """Each makes the next one wait longer, also for an instance that has it."""
    world = SweptWorld(channels=("push", "stub"))
    world.populate(16)
    world.approve()
    world.faults.at_call, world.faults.after = "delivery.start", True
    world.call_start()
    world.lose_tasks()
    both = world.ports.channels
    world.sweep_ports = replace(world.sweep_ports, channels={"push": both["push"]})
    world.ports = replace(world.ports, channels={"push": both["push"]})
    world.live(10 * MINUTE)
    assert (world.state(PUSH), world.state(STUB)) == ("done", "planned")
    assert world.ports.delivery.get(STUB).value.attempt == 0


def test_a_planned_delivery_of_a_cancelled_alert_is_stopped():
    world = SweptWorld(channels=("push", "stub"))
    world.populate(16)
    world.approve()
    world.call_start()
    world.lose_tasks()
    world.cancel()
    world.live(20 * MINUTE)
    assert (world.state(STUB), letters(world)) == ("stopped", {})
    assert world.summaries.get("a1").value.complete


def test_a_slice_of_another_delivery_is_never_taken_for_mine():
    world = world_of("push", "stub")
    world.call_start()
    sent = world.pushed
    deliver_slice(world.ports, STUB, 1, 0, 0)
    assert (world.pushed, letters(world)) == (sent, {})
    assert Counter(item.value.channel for item in world.deliveries.of("a1")) == {"push": 1, "stub": 1}
