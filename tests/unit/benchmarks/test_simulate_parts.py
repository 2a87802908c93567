"""The parts of the simulation, each against what can be worked out by hand."""

import pytest
import simpy

from benchmarks.simulate_parts import Bucket, Fleet, Machine, Queue, Quota


@pytest.fixture
def env():
    return simpy.Environment()


def ends(env, *works):
    """When each of some works, begun together, is over."""
    found = {}

    def follow(name, work):
        yield from work
        found[name] = env.now

    for name, work in enumerate(works):
        env.process(follow(name, work))
    env.run()
    return [found[name] for name in range(len(works))]


def test_two_works_on_two_cores_do_not_disturb_each_other(env):
    machine = Machine(env, 2)
    assert ends(env, machine.run(3), machine.run(5)) == [3, 5]


def test_three_works_on_two_cores_share_them(env):
    machine = Machine(env, 2)
    assert ends(env, *(machine.run(2) for _ in range(3))) == pytest.approx([3, 3, 3])


def test_a_work_goes_faster_once_another_is_over(env):
    machine = Machine(env, 1)
    assert ends(env, machine.run(1), machine.run(3)) == pytest.approx([2, 4])


def test_a_bucket_gives_its_burst_at_once_and_then_its_rate(env):
    bucket = Bucket(env, burst=5000, rate=300)
    assert bucket.wait(5000) == 0
    assert bucket.wait(600) == pytest.approx(2)


def test_a_bucket_never_holds_more_than_its_burst(env):
    bucket = Bucket(env, burst=100, rate=10)
    env.run(until=1000)
    assert bucket.wait(150) == pytest.approx(5)


def test_the_quota_refuses_what_is_over_it_until_the_next_minute(env):
    quota = Quota(env, 1000)
    assert [quota.take(800), quota.take(800)] == [800, 200]
    env.run(until=60)
    assert quota.take(800) == 800
    assert quota.refused == 600


def busy(env, seconds):
    def work(instance):
        yield env.timeout(seconds)

    return work


def test_a_fleet_starts_no_more_than_its_instances_and_lets_the_others_wait(env):
    fleet = Fleet(env, most=2, cold_start=4, burst=1, rate=1)
    finished = ends(env, *(fleet.run(busy(env, 10)) for _ in range(3)))
    assert finished == [14, 14, 24]
    assert (fleet.started, fleet.most_at_once) == (2, 2)


def test_a_queue_keeps_its_rate(env):
    fleet = Fleet(env, most=100, cold_start=0, burst=1, rate=1)
    queue, begun = Queue(env, fleet, rate=2, concurrency=100), []

    def work(instance):
        begun.append(env.now)
        yield env.timeout(1)

    for _ in range(4):
        queue.put(work, at=0)
    env.run()
    assert begun == pytest.approx([0, 0.5, 1, 1.5])
