"""Faults of ours are told to operators once a wave, and cost no phone anything."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from shared.channels.push.outcome import Outcome, PushAnswer
from tests.services.delivery_world import PUSH, SMALL, World

TOLD = "alert a1: FCM refuses pushes by a fault of ours: "


@pytest.fixture
def world():
    """Everybody in one wave; "in3" is answered as a test says."""
    world = World(pace=replace(SMALL, slice=5000, wave=1000, retry_limit=1))
    world.populate(12)
    world.approve()
    return world


def answer_for(world, uids, outcome, detail):
    def answering(request, tried):
        if request.key.partition(".")[0] in uids:
            return PushAnswer(request.key, outcome, detail=detail)
        return PushAnswer(request.key, Outcome.ACCEPTED)

    world.push.answering = answering


def errors(caplog):
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_refused_message_is_an_error_with_counts_and_detail(world, caplog):
    answer_for(world, {"in1", "in2"}, Outcome.BAD_PAYLOAD, "400 INVALID_ARGUMENT message.data")
    world.run_all()
    assert errors(caplog) == [f"{TOLD}2 x android bad-payload (400 INVALID_ARGUMENT message.data)"]


def test_a_refused_message_fails_those_phones_and_reaches_the_others(world):
    answer_for(world, {"in1"}, Outcome.BAD_PAYLOAD, "400")
    world.run_all()
    part = world.delivery.slice(PUSH, 0).value
    assert (part.failed, part.accepted) == ({"bad-payload": 1}, len(world.expected) - 1)
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_credentials_that_are_refused_are_an_error_in_every_wave(world, caplog):
    answer_for(world, {"in1"}, Outcome.UNAUTHORISED, "401 THIRD_PARTY_AUTH_ERROR")
    world.run_all()
    told = f"{TOLD}1 x android unauthorised (401 THIRD_PARTY_AUTH_ERROR)"
    assert errors(caplog) == [told] * len(world.push.waves)


def test_nobody_is_named(world, caplog):
    answer_for(world, {"in1", "in2", "in3"}, Outcome.BAD_PAYLOAD, "400")
    with caplog.at_level(logging.DEBUG):
        world.run_all()
    assert errors(caplog)
    assert not any(uid in text for text in caplog.messages for uid in ("in1", "in2", "in3"))


@pytest.mark.parametrize(
    "outcome", [item for item in Outcome if item not in (Outcome.BAD_PAYLOAD, Outcome.UNAUTHORISED)]
)
def test_other_answers_are_no_error(world, caplog, outcome):
    answer_for(world, {"in1"}, outcome, "")
    world.run_all()
    assert errors(caplog) == []
