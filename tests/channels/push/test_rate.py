"""The token bucket of one process, and when FCM is to be left alone."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

import pytest

from shared.channels.push.rate import FEW, PushRate, Refusals


class Seconds:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


def bucket(seconds, per_second=100.0, burst=1000):
    return PushRate(per_second, burst, seconds)


def test_a_burst_passes_at_once_and_no_more(seconds):
    rate = bucket(seconds)
    assert (rate.take(600), rate.take(600), rate.take(600)) == (600, 400, 0)


def test_the_bucket_fills_at_its_rate(seconds):
    rate = bucket(seconds)
    rate.take(1000)
    seconds.now += 2.5
    assert rate.take(1000) == 250


def test_the_bucket_never_holds_more_than_a_burst(seconds):
    rate = bucket(seconds)
    seconds.now += 3600
    assert rate.take(5000) == 1000


@pytest.mark.parametrize("step", [0.004, 0.3, 7.0])
def test_in_any_minute_no_more_than_burst_and_a_minute_of_the_rate(seconds, step):
    rate, taken = bucket(seconds), []
    while seconds.now < 300:
        taken.append((seconds.now, rate.take(64)))
        seconds.now += step
    moments = [at for at, _ in taken]
    before = [0, *accumulate(count for _, count in taken)]
    ends = (bisect_left(moments, start + 60) for start in moments)
    assert max(before[end] - before[start] for start, end in enumerate(ends)) <= 1000 + 60 * 100


def test_what_was_not_needed_can_be_taken_again(seconds):
    rate = bucket(seconds)
    rate.take(1000)
    rate.give_back(30)
    assert rate.take(64) == 30


def test_waiting_lasts_until_a_few_pushes_may_begin(seconds):
    rate = bucket(seconds)
    assert rate.wait() == 0
    rate.take(1000)
    assert rate.wait() == FEW / 100
    seconds.now += rate.wait() + 1e-6
    assert rate.take(64) == FEW


def test_a_burst_smaller_than_a_few_is_waited_for_no_longer_than_it_takes(seconds):
    rate = bucket(seconds, per_second=2, burst=1)
    rate.take(1)
    assert rate.wait() == 0.5


def test_rate_0_is_without_limit(seconds):
    rate = PushRate(monotonic=seconds)
    assert (rate.take(10**9), rate.take(64), rate.wait()) == (10**9, 64, 0)


@pytest.mark.parametrize("per_second", [0, 100])
def test_while_fcm_asks_to_wait_nothing_begins(seconds, per_second):
    rate = bucket(seconds, per_second)
    rate.hold(30)
    rate.hold(10)
    assert (rate.take(64), rate.held(), rate.wait()) == (0, 30, 30)
    seconds.now += 30
    assert (rate.take(64), rate.held(), rate.wait()) == (64, 0, 0)


def test_answers_that_ask_to_wait_one_after_the_other_are_a_refusal_of_us():
    refusals = Refusals()
    asked = [refusals.note(30 if number == 7 else 5) for number in range(Refusals.IN_A_ROW)]
    assert asked == [None] * (Refusals.IN_A_ROW - 1) + [30]


def test_answers_that_ask_to_wait_among_others_are_not():
    refusals = Refusals()
    assert not any(refusals.note(None if number % 20 == 0 else 5) for number in range(2000))


def test_there_is_room_for_what_the_bucket_holds_and_none_while_fcm_asks_to_wait(seconds):
    rate = bucket(seconds)
    rate.take(400)
    assert rate.room() == 600
    rate.hold(5)
    assert rate.room() == 0
    assert PushRate().room() > 10**6
