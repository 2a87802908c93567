"""The process dies at each call it makes, before or after the call took effect; then the system goes on.

The only repairs are its own: the queue brings the task back, the trigger its event.
"""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from shared.channels.push.outcome import Outcome, PushAnswer
from tests.services.delivery_world import SMALL, World


def dies(at: int | None, after: bool, directly: bool = True) -> World:
    world = World()
    world.populate(people=16)
    world.approve()
    world.faults.at, world.faults.after = at, after
    if directly:
        world.call_start()
    world.run_all()
    return world


CALLS = dies(at=None, after=False).faults.calls


def check(world: World) -> None:
    assert set(world.pushed) == world.expected, "everyone in the area and nobody else"
    assert world.state() == "done"
    assert repeated(world) <= world.pace.wave
    assert len(waves_repeated(world)) <= 1
    assert world.summaries.get("a1").value.complete
    figures = world.of().figures
    assert figures.targeted == figures.accepted == len(world.expected)


def repeated(world: World) -> int:
    return sum(count - 1 for count in world.pushed.values())


def waves_repeated(world: World) -> list[list[str]]:
    """The waves sent whose phones were all sent something before."""
    before: set[str] = set()
    again = []
    for wave in world.push.waves:
        if wave and set(wave) & before:
            again.append(wave)
        before |= set(wave)
    return again


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, CALLS + 1))
def test_a_death_at_any_call_misses_nobody_and_repeats_one_wave_at_most(at, after):
    check(dies(at, after))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, CALLS + 1, 3))
def test_so_does_a_death_when_the_direct_call_was_lost_as_well(at, after):
    check(dies(at, after, directly=False))


def test_every_kind_of_call_was_among_them():
    called = set(dies(at=None, after=False).faults.log)
    assert called >= {
        "alerts.get",
        "delivery.start",
        "delivery.replace",
        "audience.count",
        "audience.stream",
        "delivery.plan",
        "delivery.proof_key",
        "delivery.save",
        "delivery.done",
        "tasks.enqueue",
        "push.send",
        "published.publish",
        "summaries.put",
    }
    assert SMALL.wave == 5


@pytest.mark.parametrize("seed", range(25))
def test_many_deaths_repeat_one_wave_each_at_most(seed):
    rng = random.Random(seed)
    world = World()
    world.populate(people=24, seed=seed)
    world.approve()
    deaths = rng.randint(2, 8)
    world.faults.random(rng, deaths, among=CALLS)
    world.call_start()
    world.run_all(until=timedelta(hours=10))
    assert set(world.pushed) == world.expected
    assert world.state() == "done"
    assert repeated(world) <= deaths * world.pace.wave
    assert max(world.pushed.values()) <= 1 + deaths


@pytest.mark.parametrize("seed", range(10))
def test_deaths_while_fcm_fails_and_everything_comes_twice_still_miss_nobody(seed):
    rng = random.Random(seed)
    world = World()
    world.populate(people=24, seed=seed)
    world.approve()
    world.faults.random(rng, deaths=4, among=2 * CALLS)
    passing = [Outcome.UNAVAILABLE, Outcome.THROTTLED, Outcome.NETWORK]

    def unreliable(request, tried):
        outcome = rng.choice(passing) if rng.random() < 0.4 else Outcome.ACCEPTED
        return PushAnswer(request.key, outcome)

    world.push.answering = unreliable
    world.call_start()
    for _ in range(6):
        world.trigger()
        world.tasks.repeat()
        world.tasks.run_next(world.run)
    world.run_all(until=timedelta(hours=10))
    assert set(world.pushed) == world.expected
    figures = world.of().figures
    assert (figures.targeted, figures.accepted, figures.failed) == (len(world.expected), figures.targeted, {})
    assert world.state() == "done"


def test_workers_side_by_side_push_everyone_once():
    """Real threads: every task twice, all at the same time."""
    world = World()
    world.populate(people=60)
    world.approve()
    world.call_start()
    world.trigger()
    tasks = [item.task for item in world.tasks.waiting if item.task.function == "deliver_slice"] * 2
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda task: world.attempt(lambda: world.run(task)), tasks))
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)
    assert world.state() == "done"
