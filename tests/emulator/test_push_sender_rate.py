"""The sender at the pace that FCM and our own share of its quota allow."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable

import pytest

from shared.channels.push.connections import CONNECTIONS, STREAMS
from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest
from shared.channels.push.rate import PushRate, Refusals
from shared.channels.push.sender import HELD, NOT_SENT, FcmSender
from tests.fcm import PROJECT, TOKEN


def requests(count: int) -> list[PushRequest]:
    bodies = [json.dumps({"message": {"token": f"token-{n:020d}", "data": {"n": "1"}}}) for n in range(count)]
    return [PushRequest(f"key-{n}", body.encode()) for n, body in enumerate(bodies)]


def soon(seconds: float = 20) -> float:
    return time.monotonic() + seconds


def long_enough(send: Callable[[float], list[PushAnswer]], accepted: int) -> list[PushAnswer]:
    """The answers of the first deadline before which what the bucket allows is sent and answered."""
    for seconds in (1.5, 8, 30):
        answers = send(seconds)
        if sum(answer.outcome is Outcome.ACCEPTED for answer in answers) >= accepted:
            break
    return answers


def asked_of(fcm) -> int:
    return sum(fcm.counts()["outcomes"].values())


@pytest.fixture
def sender_at(fcm):
    made = []

    def build(rate: PushRate | None = None) -> FcmSender:
        made.append(FcmSender(fcm.endpoint, PROJECT, lambda: TOKEN, ca_file=fcm.ca_file, rate=rate))
        return made[-1]

    yield build
    for sender in made:
        sender.close()


def test_the_rate_is_kept_and_everyone_is_reached(fcm, sender_at):
    sender = sender_at(PushRate(per_second=200, burst=100))
    began = time.monotonic()
    answers = list(sender.send(requests(300), soon()))
    assert time.monotonic() - began >= 200 / 200
    assert Counter(answer.outcome for answer in answers) == {Outcome.ACCEPTED: 300}


def test_answers_are_handed_on_while_the_rest_waits_for_the_bucket(fcm, sender_at):
    answers = sender_at(PushRate(per_second=0.01, burst=5)).send(requests(10), soon(60))
    assert [next(answers).outcome for _ in range(5)] == [Outcome.ACCEPTED] * 5
    answers.close()


def test_what_the_bucket_does_not_allow_before_the_deadline_is_told_and_not_sent(fcm, sender_at):
    def send(seconds: float) -> list[PushAnswer]:
        fcm.reset()
        return list(sender_at(PushRate(per_second=0.001, burst=5)).send(requests(12), soon(seconds)))

    answers = long_enough(send, 5)
    assert Counter(answer.detail for answer in answers) == {"": 5, NOT_SENT: 7}
    assert asked_of(fcm) == 5


def test_the_bucket_outlasts_the_call(fcm, sender_at):
    def send(seconds: float) -> list[PushAnswer]:
        sender = sender_at(PushRate(per_second=0.001, burst=5))
        list(sender.send(requests(3), soon(60)))
        return list(sender.send(requests(3), soon(seconds)))

    answers = long_enough(send, 2)
    assert Counter(answer.detail for answer in answers) == {"": 2, NOT_SENT: 1}


@pytest.mark.parametrize(
    ("fate", "outcome"), [("throttled", Outcome.THROTTLED), ("unavailable", Outcome.UNAVAILABLE)]
)
def test_once_fcm_refuses_us_the_rest_of_the_wave_is_spared(fcm, sender_at, fate, outcome):
    fcm.behave(rates={fate: 1}, retry_after=70, latency_ms=20)
    answers = list(sender_at().send(requests(3000), soon(60)))
    assert len(answers) == len({answer.key for answer in answers}) == 3000
    assert asked_of(fcm) <= CONNECTIONS * STREAMS + Refusals.IN_A_ROW
    spared = [answer for answer in answers if answer.detail == HELD]
    assert len(spared) == 3000 - asked_of(fcm)
    assert {answer.outcome for answer in spared} == {Outcome.THROTTLED}
    assert all(0 < (answer.retry_after or 0) <= 70 for answer in spared)
    assert {answer.outcome for answer in answers} == {outcome, Outcome.THROTTLED}


def test_until_its_retry_after_has_passed_fcm_is_not_asked_again(fcm, sender_at):
    fcm.behave(next={"throttled": 600}, retry_after=3600)
    sender = sender_at()
    list(sender.send(requests(600), soon()))
    asked = asked_of(fcm)
    fcm.behave()
    assert {answer.detail for answer in sender.send(requests(100), soon())} == {HELD}
    assert asked_of(fcm) == asked


def test_once_its_retry_after_has_passed_fcm_is_asked_again(fcm, sender_at):
    fcm.behave(next={"throttled": 600}, retry_after=1)
    sender = sender_at()
    list(sender.send(requests(600), soon()))
    fcm.behave()
    time.sleep(1)
    assert {answer.outcome for answer in sender.send(requests(10), soon())} == {Outcome.ACCEPTED}


def test_single_refusals_do_not_stop_a_wave(fcm, sender_at):
    fcm.behave(rates={"unavailable": 0.3, "throttled": 0.1}, retry_after=30)
    answers = list(sender_at().send(requests(2000), soon()))
    assert asked_of(fcm) == 2000
    assert not any(answer.detail == HELD for answer in answers)
