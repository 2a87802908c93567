"""expire_alert, called as Cloud Tasks calls it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.alert import State
from tests.functions.delivery_functions import approved_world, function


@pytest.fixture
def world():
    return approved_world()


@pytest.fixture
def expire(world, monkeypatch):
    client = function("expire_alert", world, monkeypatch)
    return lambda **changes: client.post("/", json={"alert": "a1", "generation": 1, **changes}).status_code


def test_at_its_time_the_alert_expires(world, expire):
    world.clock.advance(timedelta(hours=12))
    assert expire() == 200
    assert world.alert().state is State.EXPIRED
    assert expire() == 200


def test_before_its_time_it_does_not(world, expire):
    assert expire() == 200
    assert world.alert().state is State.SCHEDULED
    assert world.tasks.waiting


def test_a_moment_before_it_the_task_comes_back(world, expire):
    world.clock.advance(timedelta(hours=12) - timedelta(seconds=1))
    assert expire() == 425


def test_an_old_generation_or_another_payload_does_nothing(world, expire):
    world.clock.advance(timedelta(hours=12))
    assert expire(generation=0) == 200
    assert expire(generation="1") == 200
    assert world.alert().state is State.SCHEDULED
