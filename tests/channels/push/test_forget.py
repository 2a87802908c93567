"""Dead devices go, everybody else stays, and no failure of it costs a push."""

from __future__ import annotations

import logging
import random
from dataclasses import replace

import pytest

from shared.channels.push.forget import MASS
from shared.channels.push.outcome import Outcome, PushAnswer
from shared.domain.audience import Platform
from shared.errors import Unavailable
from tests.services.delivery_world import SMALL, World, inside

DEAD = (Outcome.UNREGISTERED, Outcome.SENDER_MISMATCH, Outcome.BAD_TARGET)
ALIVE = tuple(outcome for outcome in Outcome if outcome not in DEAD)


@pytest.fixture
def world():
    """Twelve people with their documents, one of whom ("in3") is answered as a test says."""
    world = World()
    world.populate(12)
    for target in world.expected:
        uid, number = target.split("-")
        world.residents.write_device(uid, number, target, Platform.ANDROID)
    world.approve()
    return world


def answer_for(world, uid, outcome):
    def answering(request, tried):
        mine = request.key.startswith(f"{uid}.") and tried == 1
        return PushAnswer(request.key, outcome if mine else Outcome.ACCEPTED)

    world.push.answering = answering


def phones(world):
    return {
        device.target.value
        for documents in world.residents.documents.values()
        for device in documents.devices.values()
    }


@pytest.mark.parametrize("outcome", DEAD)
def test_a_dead_device_is_deleted_and_no_other(world, outcome):
    answer_for(world, "in3", outcome)
    world.run_all()
    assert phones(world) == world.expected - {"in3-1"}


@pytest.mark.parametrize("outcome", ALIVE)
def test_any_other_answer_deletes_nothing(world, outcome):
    answer_for(world, "in3", outcome)
    world.run_all()
    assert phones(world) == world.expected


def test_a_device_registered_anew_while_it_was_sent_survives(world):
    answer_for(world, "in3", Outcome.UNREGISTERED)
    world.push.during = lambda: world.residents.write_device("in3", "1", "a-new-one")
    world.run_all()
    assert phones(world) == world.expected - {"in3-1"} | {"a-new-one"}


def test_a_device_found_dead_only_when_it_was_tried_again_is_deleted(world):
    def answering(request, tried):
        if not request.key.startswith("in3."):
            return PushAnswer(request.key, Outcome.ACCEPTED)
        return PushAnswer(request.key, Outcome.UNAVAILABLE if tried == 1 else Outcome.UNREGISTERED)

    world.push.answering = answering
    world.run_all()
    assert phones(world) == world.expected - {"in3-1"}


def test_the_wave_is_recorded_before_a_device_is_deleted(world):
    answer_for(world, "in3", Outcome.UNREGISTERED)
    recorded = []

    def forget(dead):
        recorded.append({key for _, wave in world.delivery.waves for key in wave.outcomes})
        return 0

    world.residents.forget = forget
    world.run_all()
    assert any(key.startswith("in3.") for key in recorded[0])


@pytest.mark.parametrize("error", [Unavailable(), RuntimeError("in3-1 is not allowed")])
def test_a_failure_to_delete_fails_nothing_and_names_nobody(world, error, caplog):
    answer_for(world, "in3", Outcome.UNREGISTERED)

    def forget(dead):
        raise error

    world.residents.forget = forget
    with caplog.at_level(logging.INFO):
        world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)
    assert "1 dead devices could not be deleted" in caplog.messages
    assert not any("in3" in message for message in caplog.messages)


def crowd(dead):
    """Forty people in one wave, the first `dead` of whom FCM calls dead."""
    world, rng = World(pace=replace(SMALL, slice=5000, wave=1000)), random.Random(3)
    for number in range(2 * MASS):
        world.add(f"u{number}", inside(rng))
        world.residents.write_device(f"u{number}", "1", f"u{number}-1")

    def answering(request, tried):
        gone = int(request.key.partition(".")[0][1:]) < dead
        return PushAnswer(request.key, Outcome.SENDER_MISMATCH if gone else Outcome.ACCEPTED)

    world.push.answering = answering
    world.approve()
    return world


def test_half_of_a_wave_may_be_dead():
    world = crowd(MASS)
    world.run_all()
    assert len(phones(world)) == MASS


def test_when_most_of_a_wave_is_called_dead_nobody_is_deleted(caplog):
    world = crowd(MASS + 1)
    world.run_all()
    assert len(phones(world)) == 2 * MASS
    (told,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert told.getMessage() == "FCM calls 21 of 40 devices of a wave dead: none was deleted"
