"""start_alert, called as Cloud Tasks and staff_api call it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.errors import Conflict, NotFound, Unavailable, Unreadable, Unserved
from tests.functions.delivery_functions import approved_world, function

PAYLOAD = {"alert": "a1", "generation": 1}


@pytest.fixture
def world():
    return approved_world()


@pytest.fixture
def start(world, monkeypatch):
    client = function("start_alert", world, monkeypatch)
    return lambda payload: client.post("/", json=payload)


def test_a_due_alert_is_sent(world, start):
    assert start(PAYLOAD).status_code == 200
    assert (world.alert().state, world.state()) == (State.ACTIVE, "sending")
    assert world.pushed


def test_whoever_calls_directly_is_answered_once_the_plan_is_made(world, start):
    assert start({**PAYLOAD, "direct": 1}).status_code == 200
    assert (world.alert().state, world.state()) == (State.ACTIVE, "sending")
    assert not world.pushed
    slices = {item.task.payload.get("slice"): item.at for item in world.tasks.waiting}
    assert set(range(world.of().slices)) <= slices.keys()
    assert slices[0] <= world.clock.now()
    world.run_all()
    assert world.state() == "done"
    assert sorted(world.pushed) == sorted(set(world.pushed))


def test_a_repetition_is_accepted(world, start):
    start(PAYLOAD)
    before = world.pushed
    assert start(PAYLOAD).status_code == 200
    assert world.pushed == before


def test_an_old_generation_is_accepted_and_does_nothing(world, start):
    assert start({"alert": "a1", "generation": 0}).status_code == 200
    assert not world.pushed


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "a1",
        {},
        {"alert": "a1"},
        {"alert": 1, "generation": 1},
        {"alert": "a1", "generation": "1"},
        {"alert": "a1", "generation": True},
    ],
)
def test_a_payload_of_another_shape_is_dropped_for_good(world, start, payload, caplog):
    assert start(payload).status_code == 200
    assert "dropped" in caplog.text
    assert not world.pushed


def test_a_body_that_is_no_json_is_dropped_for_good(world, monkeypatch):
    client = function("start_alert", world, monkeypatch)
    assert client.post("/", data=b"\xff{", content_type="application/json").status_code == 200
    assert not world.pushed


@pytest.mark.parametrize(
    ("error", "status"), [(Unavailable, 503), (Conflict, 409), (Unreadable, 409), (Unserved, 409)]
)
def test_what_a_later_attempt_can_cure_comes_back_and_holds_up_others_only_where_they_would_fail_too(
    world, start, error, status, monkeypatch
):
    def fail(*_):
        raise error

    monkeypatch.setattr(world.delivery, "plan", fail)
    assert start(PAYLOAD).status_code == status


def test_what_no_attempt_can_cure_is_logged_and_accepted(world, start, monkeypatch, caplog):
    def fail(*_):
        raise NotFound

    monkeypatch.setattr(world.delivery, "proof_key", fail)
    assert start(PAYLOAD).status_code == 200
    assert "never succeed" in caplog.text


def test_a_task_a_moment_too_early_comes_back(monkeypatch):
    world = approved_world()
    world.approve(send_at=world.clock.now() + timedelta(seconds=1))
    client = function("start_alert", world, monkeypatch)
    assert client.post("/", json=PAYLOAD).status_code == 425
    world.clock.advance(timedelta(seconds=1))
    assert client.post("/", json=PAYLOAD).status_code == 200
    assert world.pushed


def test_an_urgent_alert_is_started_by_its_own_function(monkeypatch):
    world = approved_world()
    client = function("start_urgent", world, monkeypatch)
    assert client.post("/", json={"alert": "a1", "generation": 1}).status_code == 200
    assert world.pushed


def test_a_delivery_is_begun_by_its_own_task(world, start):
    world.faults.at_call = "delivery.plan"
    assert start(PAYLOAD).status_code == 500
    assert (world.state(), world.pushed) == ("planned", {})
    assert start({**PAYLOAD, "delivery": "push.1"}).status_code == 200
    assert world.pushed


@pytest.mark.parametrize("delivery", ["push.9", "nobody.1", ""])
def test_a_delivery_that_is_not_there_is_accepted_and_does_nothing(world, start, delivery):
    assert start({**PAYLOAD, "delivery": delivery}).status_code == 200
    assert not world.pushed


def test_a_delivery_of_another_shape_is_dropped_for_good(world, start, caplog):
    assert start({**PAYLOAD, "delivery": 1}).status_code == 200
    assert "dropped" in caplog.text
    assert not world.pushed
