"""What goes wrong in a run and when: drawn from a seed, so that a run can be repeated.

What exactly is hit still depends on the machine: a moment is a share of the pushes, or a time.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STARTER, DELIVERER = "start", "deliver"  # the functions of this alert's urgency
LOSES_EVENTS = "eventarc"  # what is written while it is down triggers nothing
PROGRAMS = (  # in turn, so that each is hit in any dozen runs
    *(DELIVERER, STARTER, "fcm", DELIVERER, "tasks", STARTER),
    *(DELIVERER, "staff_api", "fcm", LOSES_EVENTS, "on_alert_written", "index_resident"),
)
WORKERS = (DELIVERER, DELIVERER, STARTER)
CLOCKS = (  # of whose clocks one may be off
    *(DELIVERER, STARTER, "staff_api", "sweep"),
    *("on_alert_written", "index_resident", "expire_alert"),
)
OFF = 300.0  # seconds
SEVERITIES = ("Minor", "Moderate", "Severe", "Extreme")
CALM: Mapping[str, float] = {"duplicate": 0.0, "lose": 0.0, "lose_answer": 0.0, "reorder_seconds": 0.0}
FOLLOWERS = ("update", "update", "correct", "all-clear", "take-back")
MOVE_EVERY = 4  # in every fourth run residents move meanwhile


@dataclass(frozen=True)
class Moment:
    """Seconds after the approval was asked for, or the share of the phones pushed; the other is None."""

    seconds: float | None = None
    share: float | None = None


@dataclass(frozen=True)
class Kill:
    """SIGKILL to a program; the stack starts it again."""

    program: str
    at: Moment


@dataclass(frozen=True)
class Trouble:
    """A part of the stack, "firestore" or "fcm", misbehaves for a while: the settings are its control's."""

    part: str
    settings: Mapping[str, Any]
    at: Moment
    seconds: float


@dataclass(frozen=True)
class Halt:
    """SIGSTOP to a worker, and SIGCONT after so many leases: it goes on with what it believes it holds."""

    program: str
    at: Moment
    leases: float


@dataclass(frozen=True)
class WrongClock:
    """A function's wall clock is off by so many seconds until the run ends."""

    program: str
    at: Moment
    seconds: float


Fault = Kill | Trouble | Halt | WrongClock


@dataclass(frozen=True)
class Follows:
    """The alert is sent in calm, and what happens happens to the message that takes its place: `what` as the
    API has it, begun when a `share` of the phones was told the first (1.0: all)."""

    what: str
    share: float


@dataclass(frozen=True)
class Plan:
    """One run. `events`, `tasks`: what at-least-once delivery does throughout (infra/local/at_least_once)."""

    number: int
    seed: int
    severity: str
    faults: tuple[Fault, ...]
    events: Mapping[str, float] = field(default_factory=lambda: dict(CALM))
    tasks: Mapping[str, float] = field(default_factory=lambda: dict(CALM))
    movers: bool = False
    follows: Follows | None = None

    @property
    def dice(self) -> random.Random:
        """For everything else about the run, such as its area."""
        return random.Random(f"{self.seed}:{self.number}:rest")


def plan_of(seed: int, number: int, threads: int = 0) -> Plan:
    """`threads`: every so many runs are of what follows an alert; none: 0."""
    dice = random.Random(f"{seed}:{number}")
    movers = number % MOVE_EVERY == MOVE_EVERY - 1
    faults: list[Fault] = [Kill(PROGRAMS[number % len(PROGRAMS)], _moment(dice))]
    faults += [_fault(dice) for _ in range(dice.choice((0, 0, 1, 1, 2)))]
    if dice.random() < 0.4:
        faults.append(Halt(dice.choice(WORKERS), _wave(dice), round(dice.uniform(1, 4), 2)))
    if dice.random() < 0.4:
        faults.append(WrongClock(dice.choice(CLOCKS), _beginning_or(dice), dice.choice((-OFF, OFF))))
    if movers:
        faults = [fault for fault in faults if getattr(fault, "program", None) != LOSES_EVENTS]
    return Plan(
        number=number,
        seed=seed,
        severity=dice.choice(SEVERITIES),
        faults=tuple(faults),
        events=_at_least_once(dice, number, losing=not movers),
        tasks=_at_least_once(dice, number, losing=True),
        movers=movers,
        follows=_follows(seed, number) if threads and number % threads == threads - 1 else None,
    )


def _follows(seed: int, number: int) -> Follows:
    dice = random.Random(f"{seed}:{number}:thread")
    return Follows(dice.choice(FOLLOWERS), round(dice.choice((1.0, dice.uniform(0.1, 0.7))), 2))


def _moment(dice: random.Random) -> Moment:
    """Twice in three times while pushes go out; else before, between, or (seldom) after."""
    if dice.random() < 0.67:
        return Moment(share=round(dice.uniform(0.0, 0.98), 3))
    return Moment(seconds=round(dice.uniform(0.0, 2.0), 3))


def _wave(dice: random.Random) -> Moment:
    return Moment(share=round(dice.uniform(0.01, 0.9), 3))


def _beginning_or(dice: random.Random) -> Moment:
    """Half of the clocks are wrong from the start, half are put wrong in between."""
    return Moment(seconds=0.0) if dice.random() < 0.5 else _moment(dice)


def _fault(dice: random.Random) -> Fault:
    luck = dice.random()
    if luck < 0.3:
        return Kill(dice.choice(PROGRAMS), _moment(dice))
    if luck < 0.7:
        return Trouble("firestore", {"rates": _firestore_rates(dice)}, _moment(dice), dice.uniform(0.5, 3.0))
    return Trouble("fcm", _fcm_behaviour(dice), _moment(dice), dice.uniform(0.3, 2.0))


def _firestore_rates(dice: random.Random) -> dict[str, dict[str, float]]:
    """One kind of call suffers, or all of them do a little."""
    writes = {"unavailable": 0.2, "aborted": 0.15, "deadline_exceeded": 0.15, "answer_lost": 0.25}
    reads = {"unavailable": 0.15, "deadline_exceeded": 0.15, "broken": 0.3}
    all_of_them = {
        "Commit": writes,
        "RunQuery": reads,
        "BatchGetDocuments": reads,
        "RunAggregationQuery": reads,
    }
    if dice.random() < 0.3:
        return {
            method: {fate: share / 4 for fate, share in rates.items()}
            for method, rates in all_of_them.items()
        }
    method = dice.choice(
        ("Commit", "Commit", "Commit", "RunQuery", "BatchGetDocuments", "RunAggregationQuery")
    )
    return {method: all_of_them[method]}


def _fcm_behaviour(dice: random.Random) -> dict[str, Any]:
    fates = ("unavailable", "throttled", "internal", "dropped", "dropped_after", "closed_after", "refused")
    chosen = dice.sample(fates, 2)
    # A cut takes every request of its connection along; the other fates are one request's own.
    rates = {fate: 0.01 if fate.startswith(("dropped", "closed")) else 0.2 for fate in chosen}
    return {"rates": rates, "retry_after": 1, "seed": dice.randrange(2**31)}


def _at_least_once(dice: random.Random, number: int, losing: bool) -> dict[str, float]:
    """A run in six is calm but for its faults.

    `losing`: some are lost for good, and `sweep` is to find out. Not the events of residents who move: they
    are found by a walk through all residents, which takes longer than a run.
    """
    if number % 6 == 5:
        return dict(CALM)
    return {
        "lose": 0.25 if losing and dice.random() < 0.15 else 0.0,
        "duplicate": dice.choice((0.2, 0.5, 1.0)),
        "lose_answer": dice.choice((0.0, 0.1, 0.3)),
        "reorder_seconds": dice.choice((0.0, 0.3, 1.0)),
    }
