from __future__ import annotations

from datetime import timedelta

import pytest

from shared.adapters.instance_limits import InstanceLimits
from shared.domain.limits import Limit
from shared.errors import TooMany
from shared.services.limits.admit import LimitPorts, admit, forgive
from tests.fakes.clock import FakeClock


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def ports(clock):
    return LimitPorts(InstanceLimits(), InstanceLimits(), clock, clock)


def spend(ports, limit, key):
    for _ in range(limit.value.burst):
        admit(ports, limit, key)


@pytest.mark.parametrize("limit", Limit)
def test_beyond_the_limit_it_is_said_how_long_to_wait(ports, clock, limit):
    spend(ports, limit, "uid-anna")
    with pytest.raises(TooMany) as refused:
        admit(ports, limit, "uid-anna")
    clock.sleep(refused.value.params["seconds"])
    admit(ports, limit, "uid-anna")


def test_one_persons_limit_is_not_anothers_nor_another_limits(ports):
    spend(ports, Limit.CODE, "uid-anna")
    admit(ports, Limit.CODE, "uid-piotr")
    admit(ports, Limit.PERSON, "uid-anna")


def test_whoever_gave_the_right_code_begins_anew(ports):
    spend(ports, Limit.CODE, "uid-anna")
    forgive(ports, Limit.CODE, "uid-anna")
    spend(ports, Limit.CODE, "uid-anna")


def test_what_all_instances_count_is_not_counted_by_one(ports):
    spend(ports, Limit.CODE, "uid-anna")
    other = LimitPorts(InstanceLimits(), ports.kept, ports.clock, ports.clock)
    with pytest.raises(TooMany):
        admit(other, Limit.CODE, "uid-anna")
    spend(other, Limit.PERSON, "uid-anna")


def test_whoever_asked_longest_ago_is_forgotten_when_there_are_too_many(clock):
    few = InstanceLimits(most_keys=2)
    for key in ("a", "b", "a", "c"):
        few.take(Limit.CODE, key, clock.now() - timedelta(hours=1))
    for _ in range(Limit.CODE.value.burst - 2):
        assert few.take(Limit.CODE, "a", clock.now() - timedelta(hours=1)) == 0
    assert few.take(Limit.CODE, "a", clock.now() - timedelta(hours=1)) > 0
