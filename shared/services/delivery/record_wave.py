"""What a slice looks like after a wave: pure, so that every way a message can end is easily tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from shared.domain.delivery import Handed, Slice
from shared.domain.wave import Answer, Outcome, Unheard
from shared.domain.whole_units import is_whole
from shared.geo.coarse import coarser
from shared.services.delivery.read_waves import Batch

LONGEST_BACK_OFF = timedelta(minutes=10)
PLACE_RESOLUTION = 7  # H3: about 5 square kilometres
# The first characters of a cell decide its ancestor at resolution 7: mode, resolution, base cell, 7 digits.
_DECIDING, _LENGTH = 9, 15


def outcomes_of(batch: Batch, answers: Iterable[Answer]) -> dict[str, Outcome]:
    """One outcome per key; what got no answer may or may not have arrived."""
    outcomes: dict[str, Outcome] = dict.fromkeys(batch.retried, Unheard.GONE)
    outcomes |= {one.key: Unheard.UNANSWERED for one in batch.recipients}
    outcomes |= {answer.key: answer.outcome for answer in answers}
    return outcomes


def after_wave(
    part: Slice,
    batch: Batch,
    outcomes: Mapping[str, Outcome],
    retry_limit: int,
    unsent: frozenset[str] = frozenset(),
) -> Slice:
    """An address is given up when its answer is final, or after `retry_limit` rounds of retrying.

    What was `unsent` (keys) is not: a worker that was halted before it sent has asked nobody.
    """
    retried = frozenset(batch.retried)
    spent = retried - unsent if part.retries >= retry_limit else frozenset()
    again = tuple(key for key, outcome in outcomes.items() if outcome.passing and key not in spent)
    given_up = {
        key: outcome
        for key, outcome in outcomes.items()
        if not outcome.accepted and (key in spent or not outcome.passing)
    }
    retry = tuple(key for key in part.retry if key not in retried) + again
    after = replace(
        counted(part, batch, outcomes, given_up),
        cursor=batch.cursor or part.cursor,
        exhausted=part.exhausted or batch.last,
        waves=part.waves + 1 if outcomes else part.waves,
        devices=part.devices + len(outcomes.keys() - retried),
        accepted=part.accepted + sum(outcome.accepted for outcome in outcomes.values()),
        failed=added(part.failed, [outcome.value for outcome in given_up.values()]),
        retry=retry,
        retries=part.retries if retry else 0,
        done=(part.exhausted or batch.last) and not retry,
    )
    return settled(after) if after.done else after


def doubted(part: Slice, batch: Batch) -> tuple[Slice, dict[str, Outcome]]:
    """The slice as if all that it would send next had been sent and not answered: whoever is told of the end
    of this later must not leave them out."""
    outcomes: dict[str, Outcome] = dict.fromkeys((one.key for one in batch.recipients), Unheard.UNANSWERED)
    after = after_wave(part, batch, outcomes, retry_limit=part.retries + 1)
    return after, {**dict.fromkeys(part.retry, Unheard.UNANSWERED), **outcomes}


def stopped(part: Slice, reason: str) -> Slice:
    """The slice of an alert that ended before its last place: what was still to be retried has failed."""
    failed = added(part.failed, [reason] * len(part.retry))
    return settled(replace(part, done=True, stopped=True, failed=failed, retry=()))


def added(failed: Mapping[str, int], reasons: Sequence[str]) -> dict[str, int]:
    return dict(Counter(failed) + Counter(str(reason) for reason in reasons))


def back_off(answers: Iterable[Answer], retries: int, first: timedelta, spread: float) -> timedelta:
    """How long to leave the provider alone: as long as it asked for, else longer from round to round.

    `spread` (0 to 1) keeps the slices of an alert from coming back all at once: up to a quarter more.
    """
    passing = [answer for answer in answers if answer.outcome.passing]
    asked = max((timedelta(seconds=answer.retry_after or 0) for answer in passing), default=timedelta())
    waited = min(first * float(2 ** min(retries, 10)), LONGEST_BACK_OFF)
    return max(asked, waited) * (1 + spread / 4)


def counted(part: Slice, batch: Batch, outcomes: Mapping[str, Outcome], given_up: Collection[str]) -> Slice:
    """The slice with the batch in its counts by kind and place; cheap beside sending to it.

    An address that is gone when it is to be tried again has no kind any more; `settled` counts it.
    """
    kinds, places = dict(part.kinds), Counter(part.places)
    for (kind, cell, outcome, failed), count in _groups(batch, outcomes, given_up).items():
        new, accepted = count * (not batch.retried), count * outcome.accepted
        known = kinds.get(kind, Handed())
        kinds[kind] = replace(
            known,
            targeted=known.targeted + new,
            accepted=known.accepted + accepted,
            failed=known.failed + count * failed,
        )
        if accepted and not is_whole(cell):
            places[coarser(cell.ljust(_LENGTH, "f"), PLACE_RESOLUTION)] += accepted
    after = replace(part, kinds=kinds, places=dict(places))
    return after if batch.retried else with_residents(after, batch)


def with_residents(part: Slice, batch: Batch) -> Slice:
    """The residents of a batch, whose addresses come together: each counts once, and once for each kind."""
    kinds, homes = dict(part.kinds), Counter(part.homes)
    cells = {one.entry.key: one.entry.cell for one in batch.recipients}
    for kind, count in Counter(kind for kind, _ in _owners(batch)).items():
        kinds[kind] = replace(kinds[kind], residents=kinds[kind].residents + count)
    homes.update(coarser(cell, PLACE_RESOLUTION) for cell in cells.values() if not is_whole(cell))
    return replace(part, kinds=kinds, homes=dict(homes), residents=part.residents + len(cells))


def _owners(batch: Batch) -> frozenset[tuple[str, str]]:
    """Kinds of address with the residents who have one."""
    return frozenset((one.address.kind, one.entry.key) for one in batch.recipients)


def _groups(
    batch: Batch, outcomes: Mapping[str, Outcome], given_up: Collection[str]
) -> Counter[tuple[str, str, Outcome, bool]]:
    """Addresses by kind, place, outcome and whether they were given up: a thousand are a few groups."""
    return Counter(
        (one.address.kind, one.entry.cell[:_DECIDING], outcomes[one.key], one.key in given_up)
        for one in batch.recipients
    )


def settled(part: Slice) -> Slice:
    """Of a slice that is done, whatever was not taken has failed, also what had no kind any more."""
    kinds = {
        kind: replace(handed, failed=max(0, handed.targeted - handed.accepted))
        for kind, handed in part.kinds.items()
    }
    return replace(part, kinds=kinds)
