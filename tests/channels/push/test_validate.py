"""FCM is asked about an alert's messages before anybody is sent one."""

from __future__ import annotations

import json
import logging
from collections import Counter
from datetime import timedelta

import pytest

from shared.channels.push.outcome import Outcome, PushAnswer
from shared.channels.push.validate import PAUSES
from shared.domain.alert import State, Text
from shared.domain.audience import Platform
from shared.errors import Unavailable
from shared.services.delivery.start_alert import start_alert
from tests.services.delivery_world import World

DETAIL = "400 INVALID_ARGUMENT message.android.ttl"
TEXTS = {"pl": Text("Brak wody", "Do 14:00."), "en": Text("No water", "Until 2 p.m.")}
EACH = [f"{language} {platform}" for language in TEXTS for platform in Platform]
TRIES = 1 + len(PAUSES)


@pytest.fixture
def world():
    world = World()
    world.populate(12)
    world.approve(texts=TEXTS)
    return world


def start(world):
    start_alert(world.ports, "a1", 1)


def answer(world, outcome, only=None, times=10**9, detail=DETAIL, retry_after=None):
    """FCM's answer to the first tries of each message, or of these; then it takes them."""

    def validating(request, tried):
        mine = (only is None or request.key in only) and tried <= times
        if not mine:
            return PushAnswer(request.key, Outcome.ACCEPTED)
        return PushAnswer(request.key, outcome, retry_after, detail)

    world.push.validating = validating


def test_each_language_and_platform_is_tried_once_and_then_everyone_is_sent(world):
    start(world)
    assert sorted(world.push.validated) == sorted(EACH)
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_the_requests_are_addressed_to_no_phone(world):
    asked = []

    def validating(request, tried):
        asked.append(json.loads(request.body))
        return PushAnswer(request.key, Outcome.ACCEPTED)

    world.push.validating = validating
    start(world)
    assert all(body["validate_only"] is True for body in asked)
    assert not any({"token", "fid"} & body["message"].keys() for body in asked)


def test_a_refused_message_fails_the_delivery_and_nobody_is_pushed_anything(world):
    answer(world, Outcome.BAD_PAYLOAD, only={"en android"})
    start(world)
    world.run_all()
    assert (world.state(), world.of().slices) == ("failed", 0)
    assert not world.pushed


def test_the_alert_is_active_and_published_whatever_fcm_says(world):
    answer(world, Outcome.BAD_PAYLOAD)
    world.run_all()
    assert world.alert().state is State.ACTIVE
    assert world.published.copies["a1"].state is State.ACTIVE


def test_staff_see_what_was_refused_with_the_figures(world):
    answer(world, Outcome.BAD_PAYLOAD, only={"en android"})
    start(world)
    summary = world.summaries.get("a1").value
    (report,) = summary.deliveries
    assert (report.channel, report.state, report.refusal) == ("push", "failed", f"en android ({DETAIL})")
    assert summary.complete


def test_the_delivery_keeps_language_platform_and_what_fcm_said(world):
    answer(world, Outcome.BAD_PAYLOAD, only={"en android", "pl web"})
    start(world)
    assert world.of().refusal == f"en android ({DETAIL}), pl web ({DETAIL})"


def test_a_refused_message_is_an_error_in_the_log(world, caplog):
    answer(world, Outcome.BAD_PAYLOAD, only={"en android"})
    start(world)
    (told,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert told.getMessage() == (
        f"alert a1: push refuses it, nobody was sent anything: en android ({DETAIL})"
    )


@pytest.mark.parametrize("outcome", [item for item in Outcome if item.passing])
def test_what_passes_is_tried_again_shortly(world, outcome):
    answer(world, outcome, only={"en ios"}, times=1)
    began = world.clock.now()
    start(world)
    assert Counter(world.push.validated) == {**dict.fromkeys(EACH, 1), "en ios": 2}
    assert world.clock.now() - began < timedelta(seconds=1)
    assert world.pushed


def test_a_refusal_after_an_outage_still_fails_the_alert(world):
    def validating(request, tried):
        return PushAnswer(request.key, Outcome.UNAVAILABLE if tried == 1 else Outcome.BAD_PAYLOAD)

    world.push.validating = validating
    start(world)
    assert world.state() == "failed"


@pytest.mark.parametrize("outcome", [item for item in Outcome if item.passing])
def test_when_fcm_cannot_say_everyone_is_sent_to(world, outcome):
    answer(world, outcome)
    start(world)
    assert set(Counter(world.push.validated).values()) == {TRIES}
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_a_long_wait_that_fcm_asks_for_is_not_waited(world):
    answer(world, Outcome.THROTTLED, retry_after=60)
    start(world)
    assert sorted(world.push.validated) == sorted(EACH)
    assert world.state() != "failed"


def test_without_credentials_the_alert_still_begins(world):
    send, calls = world.push.send, []

    def no_token_at_first(requests, deadline):
        calls.append(deadline)
        if len(calls) <= TRIES:
            raise Unavailable
        return send(requests, deadline)

    world.push.send = no_token_at_first
    start(world)
    assert world.pushed


@pytest.mark.parametrize("outcome", [Outcome.UNREGISTERED, Outcome.SENDER_MISMATCH, Outcome.BAD_TARGET])
def test_an_answer_about_the_target_says_nothing_about_the_message(world, outcome):
    answer(world, outcome)
    start(world)
    assert world.pushed


def test_a_start_that_is_repeated_after_the_plan_asks_nothing_again(world):
    start(world)
    asked = len(world.push.validated)
    start(world)
    assert len(world.push.validated) == asked


def test_an_alert_cancelled_meanwhile_stays_cancelled_and_nobody_is_pushed(world):
    def validating(request, tried):
        if not world.push.validated[1:]:
            world.cancel()
        return PushAnswer(request.key, Outcome.ACCEPTED)

    world.push.validating = validating
    start(world)
    world.run_all()
    assert (world.alert().state, world.state(), world.pushed) == (State.CANCELLED, "stopped", {})


def test_an_alert_that_is_not_due_is_not_tried(world):
    world.approve(texts=TEXTS, send_at=world.clock.now() + timedelta(hours=5))
    start(world)
    assert not world.push.validated
