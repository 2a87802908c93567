"""A slice after a wave, for every way a push can end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.channels.push.outcome import Outcome
from shared.domain.delivery import Slice
from shared.domain.wave import Answer, Recipient, Unheard
from shared.ports import Pace
from shared.services.audience.match_area import EXACTLY_READABLE, readable
from shared.services.delivery.read_waves import Batch
from shared.services.delivery.record_wave import LONGEST_BACK_OFF, after_wave, back_off, outcomes_of, stopped
from tests.services.delivery_world import resident

PART = Slice(0, (("8d1e2a0b0c0003f", "8d1e2a0b0c0007f"),), 5)
FIRST = timedelta(seconds=10)
CURSOR = ("8d1e2a0b0c0003f", "u2.1")


def push(uid):
    (entry,) = resident(uid, (49.83, 19.93))
    return Recipient(entry, entry.devices[0])


def after(part=PART, last=False, retried=(), limit=3, **outcomes):
    batch = Batch([], CURSOR, retried, last)
    return after_wave(part, batch, {f"{uid}.1/1": outcomes[uid] for uid in outcomes}, limit)


def test_answers_are_matched_to_their_phones_and_silence_is_no_success():
    batch = Batch([push("u1"), push("u2")], CURSOR)
    answers = [Answer("u2.1/1", Outcome.ACCEPTED)]
    assert outcomes_of(batch, answers) == {"u1.1/1": Unheard.UNANSWERED, "u2.1/1": Outcome.ACCEPTED}


def test_a_retried_phone_that_is_gone_is_known_as_gone():
    assert outcomes_of(Batch([], None, ("u1.1/1",)), []) == {"u1.1/1": Unheard.GONE}


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_accepted_failed_or_tried_again(outcome):
    part = after(u1=outcome)
    counted = part.accepted + sum(part.failed.values()) + len(part.retry)
    assert (counted, part.devices) == (1, 1)
    assert bool(part.retry) == outcome.passing


def test_who_was_not_even_asked_is_not_given_up():
    """A worker that is halted between its claim and its wave hands nothing over; that is no attempt."""
    last = replace(PART, retry=("u1.1/1", "u2.1/1"), retries=3)
    outcomes = dict.fromkeys(last.retry, Unheard.UNANSWERED)
    part = after_wave(last, Batch([], None, last.retry, True), outcomes, 3, frozenset({"u2.1/1"}))
    assert (part.retry, part.failed, part.done) == (("u2.1/1",), {"unanswered": 1}, False)


def test_a_wave_is_added_to_what_was_counted_before():
    before = replace(
        PART,
        cursor=("a", "b"),
        waves=4,
        devices=9,
        accepted=6,
        failed={"gone": 1},
        retry=("u7.1/1",),
        retries=2,
    )
    answers = {"u1": Outcome.ACCEPTED, "u2": Outcome.BAD_TARGET, "u3": Outcome.UNAVAILABLE}
    assert after(before, **answers) == replace(
        before,
        cursor=CURSOR,
        waves=5,
        devices=12,
        accepted=7,
        failed={"gone": 1, "bad-target": 1},
        retry=("u7.1/1", "u3.1/1"),
    )


def test_the_cursor_moves_with_the_wave_and_a_retry_leaves_it():
    moved = after(u1=Outcome.ACCEPTED)
    assert moved.cursor == CURSOR
    again = after_wave(moved, Batch([], None, ("u9.1/1",)), {"u9.1/1": Outcome.ACCEPTED}, 3)
    assert again.cursor == CURSOR
    assert again.devices == moved.devices


def test_a_slice_is_done_when_all_is_read_and_nothing_waits():
    assert not after(u1=Outcome.ACCEPTED).done
    assert after(last=True, u1=Outcome.ACCEPTED).done
    assert not after(last=True, u1=Outcome.UNAVAILABLE).done
    waiting = replace(PART, exhausted=True, retry=("u1.1/1",))
    assert after(waiting, retried=("u1.1/1",), u1=Outcome.ACCEPTED).done


def test_the_last_round_gives_up_only_what_was_in_it():
    waiting = replace(PART, retries=3, retry=("u1.1/1", "u3.1/1"))
    part = after(waiting, retried=("u1.1/1",), u1=Outcome.UNAVAILABLE, u2=Outcome.UNAVAILABLE)
    assert part.failed == {"unavailable": 1}
    assert part.retry == ("u3.1/1", "u2.1/1")


def test_rounds_begin_anew_once_nothing_waits():
    waiting = replace(PART, retries=3, retry=("u1.1/1",))
    assert after(waiting, retried=("u1.1/1",), u1=Outcome.ACCEPTED).retries == 0


def test_a_wave_without_pushes_is_no_wave():
    assert after(last=True).waves == 0


def test_a_stopped_slice_counts_what_it_gives_up():
    part = stopped(replace(PART, retry=("a", "b"), failed={"bad-target": 1, "cancelled": 1}), "cancelled")
    assert part.failed == {"bad-target": 1, "cancelled": 3}
    assert (part.done, part.stopped, part.retry) == (True, True, ())


@pytest.mark.parametrize(("retries", "seconds"), [(0, 10), (1, 20), (3, 80), (20, 600), (1000, 600)])
def test_back_off_doubles_up_to_ten_minutes(retries, seconds):
    answers = [Answer("k", Outcome.UNAVAILABLE)]
    assert back_off(answers, retries, FIRST, 0) == timedelta(seconds=seconds)


def test_the_longest_wish_counts_and_those_of_final_answers_do_not():
    answers = [
        Answer("a", Outcome.UNAVAILABLE, retry_after=30),
        Answer("b", Outcome.THROTTLED, retry_after=45),
        Answer("c", Outcome.BAD_TARGET, retry_after=4000),
    ]
    assert back_off(answers, 0, FIRST, 0) == timedelta(seconds=45)


def test_slices_come_back_spread_out():
    assert back_off([], 10, FIRST, 0) == LONGEST_BACK_OFF
    assert back_off([], 10, FIRST, 0.8) == LONGEST_BACK_OFF * 1.2
    asked = [Answer("a", Outcome.UNAVAILABLE, retry_after=30)]
    assert back_off(asked, 0, FIRST, 0.4) == timedelta(seconds=33)


def test_beyond_an_hour_the_minute_before_is_read():
    read_time = datetime(2026, 11, 22, 1, 10, 33, 123456, tzinfo=UTC)
    assert readable(read_time, read_time + timedelta(minutes=50)) == read_time
    assert readable(read_time, read_time + EXACTLY_READABLE - timedelta(seconds=1)) == read_time
    assert readable(read_time, read_time + EXACTLY_READABLE) < read_time
    last_exact = read_time + EXACTLY_READABLE + Pace().run + Pace().lease
    assert last_exact < read_time + timedelta(hours=1), "queries opened at the end of a run"
    assert readable(read_time, read_time + timedelta(minutes=53)) == datetime(2026, 11, 22, 1, 10, tzinfo=UTC)
