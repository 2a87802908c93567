"""deliver_slice, called as Cloud Tasks calls it."""

from __future__ import annotations

import logging

import pytest

from shared import logs
from tests.functions.delivery_functions import approved_world, function
from tests.services.delivery_world import PUSH


@pytest.fixture
def world():
    world = approved_world()
    world.call_start()
    return world


@pytest.fixture
def deliver(world, monkeypatch):
    client = function("deliver_slice", world, monkeypatch)
    return lambda **changes: client.post(
        "/", json={"alert": "a1", "generation": 1, "delivery": "push.1", "slice": 1, "attempt": 0, **changes}
    )


def test_the_slice_is_delivered_and_its_repetition_accepted(world, deliver):
    assert deliver().status_code == 200
    assert world.delivery.slice(PUSH, 1).value.done
    before = world.pushed
    assert deliver().status_code == 200
    assert world.pushed == before


def test_an_urgent_slice_is_delivered_by_its_own_function(world, monkeypatch):
    client = function("deliver_urgent", world, monkeypatch)
    answer = client.post(
        "/", json={"alert": "a1", "generation": 1, "delivery": "push.1", "slice": 1, "attempt": 0}
    )
    assert answer.status_code == 200
    assert world.delivery.slice(PUSH, 1).value.done


def test_a_slice_held_by_another_worker_comes_back(world, deliver):
    answers = []

    def meanwhile():
        world.push.during = lambda: None
        answers.append(deliver().status_code)

    world.push.during = meanwhile
    assert deliver().status_code == 200
    assert answers == [409]


@pytest.mark.parametrize("missing", ["alert", "generation", "slice", "attempt"])
def test_a_payload_without_a_field_is_dropped_for_good(world, deliver, missing):
    before = world.pushed
    assert deliver(**{missing: None}).status_code == 200
    assert world.pushed == before


def test_a_defect_is_a_500_so_that_the_task_comes_back(world, deliver, monkeypatch):
    monkeypatch.setattr(world.push, "send", None)
    assert deliver().status_code == 500


def test_nothing_personal_is_logged_even_when_it_fails(world, deliver, monkeypatch, caplog):
    def fail(requests, _deadline):
        raise RuntimeError(str(list(requests)))

    lines = logs.JsonLines()
    with caplog.at_level(logging.DEBUG):
        monkeypatch.setattr(world.push, "send", fail)
        deliver()
        monkeypatch.undo()
    written = "".join(lines.format(record) for record in caplog.records)
    assert "RuntimeError" in written
    cells = {entry.cell for entry in world.audience.documents.values()}
    assert not [secret for secret in {*cells, *world.expected, "Brak wody", "in1.1"} if secret in written]
