"""Silently now, with sound later: one alert delivered in two rounds."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest

from shared.channels.push.outcome import Sound
from shared.domain.alert import State
from tests.services.delivery_world import RING, World, inside

LATER = timedelta(hours=4)


def approved_world():
    world = World()
    world.populate(20)
    world.approve(sound_at=world.clock.now() + LATER)
    return world


@pytest.fixture
def world():
    return approved_world()


def sounds(push):
    return Counter(message["data"]["sound"] for message in push.messages)


def run_silent_round(world):
    world.run_all(until=LATER - timedelta(seconds=1))


def test_everyone_is_told_silently_at_once_and_with_sound_at_the_moment(world):
    run_silent_round(world)
    assert world.pushed == dict.fromkeys(world.expected, 1)
    assert set(sounds(world.push)) == {Sound.OFF}
    assert world.state() == "done"
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 2)
    assert sounds(world.push)[Sound.AGAIN] == len(world.expected)
    assert world.of(RING).started == world.began + LATER
    assert world.state(RING) == "done"


def test_the_second_round_is_never_a_third(world):
    world.run_all()
    for _ in range(3):
        world.call_start()
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 2)


def test_whoever_moved_in_meanwhile_is_told_with_sound(world):
    run_silent_round(world)
    world.add("new", inside(random.Random(9)))
    world.run_all()
    assert world.pushed["new-1"] == 1


def test_an_alert_cancelled_before_the_moment_stays_silent(world):
    run_silent_round(world)
    world.cancel()
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)
    assert world.alert().state is State.CANCELLED
    assert world.state(RING) == "stopped"


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(1, 60, 2))
def test_a_death_at_any_call_of_the_second_round_leaves_nobody_without_sound(step, after):
    world = approved_world()
    run_silent_round(world)
    world.faults.at, world.faults.after = world.faults.calls + step, after
    world.run_all(until=timedelta(hours=10))
    assert set(world.pushed) == world.expected
    assert min(world.pushed.values()) == 2
    assert sum(world.pushed.values()) <= 2 * len(world.expected) + world.pace.wave
    assert world.state() == "done"
