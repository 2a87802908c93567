"""on_alert_written, called as Eventarc calls it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.errors import Conflict, Unavailable
from tests.functions.delivery_functions import approved_world, function


@pytest.fixture
def world():
    return approved_world()


@pytest.fixture
def deliver(world, monkeypatch):
    client = function("on_alert_written", world, monkeypatch)

    def call(document="alerts/a1"):
        headers = {
            "ce-id": "1",
            "ce-specversion": "1.0",
            "ce-type": "google.cloud.firestore.document.v1.written",
            "ce-source": "//firestore.googleapis.com/projects/demo-alert-online/databases/(default)",
            "content-type": "application/protobuf",
            **({} if document is None else {"ce-document": document}),
        }
        return client.post("/", headers=headers, data=b"\x0a\x00an event that is never read").status_code

    return call


def waiting(world):
    return sorted((item.task.function, item.task.payload.get("slice")) for item in world.tasks.waiting)


def test_an_approved_alert_has_its_start_and_its_end_enqueued(world, deliver):
    assert deliver() == 200
    assert waiting(world) == [("call_staff", None), ("expire_alert", None), ("start_alert", None)]
    assert not world.published.copies


def test_the_same_event_again_enqueues_nothing_more(world, deliver):
    deliver()
    assert deliver() == 200
    assert len(world.tasks.waiting) == 3


def test_the_start_of_an_alert_for_now_leaves_the_direct_call_its_chance(world, deliver):
    deliver()
    (start,) = [item for item in world.tasks.waiting if item.task.function == "start_alert"]
    assert timedelta() < start.at - world.clock.now() <= timedelta(seconds=10)


def test_a_planned_alert_is_published_and_all_its_slices_are_enqueued(world, deliver):
    world.call_start()
    world.tasks.waiting, world.tasks.names = [], set()  # the starter died before it enqueued them
    assert deliver() == 200
    slices = {payload for function, payload in waiting(world) if function == "deliver_slice"}
    done = {part.index for part in world.slices() if part.done}
    assert slices == set(range(world.of().slices)) - done
    assert world.published.copies["a1"].state is State.ACTIVE


@pytest.mark.parametrize("state", [State.CANCELLED, State.EXPIRED])
def test_the_end_of_a_started_alert_is_published_and_enqueues_nothing(world, deliver, state):
    world.call_start()
    world.tasks.waiting = []
    world.alerts.put(replace(world.alert(), state=state))
    assert deliver() == 200
    assert world.published.copies["a1"].state is state
    assert waiting(world) == [("call_staff", None)]


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_an_alert_that_nobody_approved_is_neither_enqueued_nor_published(world, deliver, state):
    world.alerts.put(replace(world.alert(), state=state, approved=None))
    assert deliver() == 200
    assert waiting(world) == ([] if state is State.DRAFT else [("call_staff", None)])
    assert not world.published.copies


def test_an_event_of_a_deleted_alert_is_accepted(deliver):
    assert deliver("alerts/nobody") == 200


@pytest.mark.parametrize(
    "document", [None, "", "alerts", "alerts/", "alerts/a1/slices/0000", "residents/u1", "x/alerts/a1"]
)
def test_an_event_of_anything_else_is_dropped(world, deliver, document, caplog):
    assert deliver(document) == 200
    assert "dropped" in caplog.text
    assert not world.tasks.waiting


@pytest.mark.parametrize("error", [Conflict, Unavailable, RuntimeError])
def test_a_failure_brings_the_event_back(world, deliver, monkeypatch, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(world.tasks, "enqueue", fail)
    assert deliver() == 500
