"""What a slice looks like after a wave: pure, so that every way a push can end is easily tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from shared.domain.delivery import Outcome, PushAnswer, Slice
from shared.services.delivery.count_wave import counted, settled
from shared.services.delivery.read_waves import Batch

LONGEST_BACK_OFF = timedelta(minutes=10)
THROTTLED = timedelta(seconds=60)  # FCM docs, "Handle retries": a 429 without Retry-After


def outcomes_of(batch: Batch, answers: Iterable[PushAnswer]) -> dict[str, Outcome]:
    """One outcome per key; what got no answer may or may not have arrived, what is gone has no phone."""
    outcomes = dict.fromkeys(batch.retried, Outcome.UNREGISTERED)
    outcomes |= {push.key: Outcome.NETWORK for push in batch.pushes}
    outcomes |= {answer.key: answer.outcome for answer in answers}
    return outcomes


def after_wave(part: Slice, batch: Batch, outcomes: Mapping[str, Outcome], retry_limit: int) -> Slice:
    """A phone is given up when its answer is final, or after `retry_limit` rounds of retrying."""
    retried = frozenset(batch.retried)
    spent = retried if part.retries >= retry_limit else frozenset()
    again = tuple(key for key, outcome in outcomes.items() if outcome.passing and key not in spent)
    given_up = {
        key: outcome
        for key, outcome in outcomes.items()
        if outcome is not Outcome.ACCEPTED and (key in spent or not outcome.passing)
    }
    retry = tuple(key for key in part.retry if key not in retried) + again
    after = replace(
        counted(part, batch, outcomes, given_up),
        cursor=batch.cursor or part.cursor,
        exhausted=part.exhausted or batch.last,
        waves=part.waves + 1 if outcomes else part.waves,
        devices=part.devices + len(outcomes.keys() - retried),
        accepted=part.accepted + sum(outcome is Outcome.ACCEPTED for outcome in outcomes.values()),
        failed=added(part.failed, list(given_up.values())),
        retry=retry,
        retries=part.retries if retry else 0,
        done=(part.exhausted or batch.last) and not retry,
    )
    return settled(after) if after.done else after


def stopped(part: Slice, reason: str) -> Slice:
    """The slice of an alert that ended before its last place: what was still to be retried has failed."""
    failed = added(part.failed, [reason] * len(part.retry))
    return settled(replace(part, done=True, stopped=True, failed=failed, retry=()))


def added(failed: Mapping[str, int], reasons: Sequence[str]) -> dict[str, int]:
    return dict(Counter(failed) + Counter(str(reason) for reason in reasons))


def back_off(answers: Iterable[PushAnswer], retries: int, first: timedelta, spread: float) -> timedelta:
    """How long to leave FCM alone: as long as it asked for, else longer from round to round.

    `spread` (0 to 1) keeps the slices of an alert from coming back all at once: up to a quarter more.
    """
    passing = [answer for answer in answers if answer.outcome.passing]
    asked = max((timedelta(seconds=answer.retry_after or 0) for answer in passing), default=timedelta())
    if any(answer.outcome is Outcome.THROTTLED and answer.retry_after is None for answer in passing):
        asked = max(asked, THROTTLED)
    waited = min(first * float(2 ** min(retries, 10)), LONGEST_BACK_OFF)
    return max(asked, waited) * (1 + spread / 4)
