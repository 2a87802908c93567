"""Who is called in which round, and how long the next round waits: one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Who(StrEnum):
    FIRST = "first"  # on duty
    DEPUTY = "deputy"
    ALL = "all"  # whoever may act
    NAMED = "named"  # whom the call is about


@dataclass(frozen=True)
class Ladder:
    """Minutes after each round; the last one is repeated until `most` rounds were made."""

    rounds: tuple[tuple[Who, float], ...]
    most: int
    ends_at_once: bool = False  # after its last round nothing is waited for

    def who(self, number: int) -> Who | None:
        """Of round `number`, from 0; None: there is none."""
        if not 0 <= number < self.most:
            return None
        return self._step(number)[0]

    def pause(self, number: int) -> timedelta:
        return timedelta(minutes=self._step(number)[1])

    def _step(self, number: int) -> tuple[Who, float]:
        return self.rounds[min(number, len(self.rounds) - 1)]


def _usual(minutes: float, all_minutes: float, most: int) -> Ladder:
    """The one on duty at once and again, then the deputy, then everybody."""
    steps = ((Who.FIRST, minutes), (Who.FIRST, minutes), (Who.DEPUTY, minutes), (Who.ALL, all_minutes))
    return Ladder(steps, most)


_LADDERS: Mapping[tuple[str, bool], Ladder] = {
    ("approve", True): _usual(3, 10, 40),
    ("approve", False): _usual(30, 720, 8),
    ("confirm", True): _usual(10, 60, 72),  # three days, then the log alarms once more and the page goes on
    ("confirm", False): _usual(30, 60, 72),
    ("held", True): _usual(3, 10, 40),
    ("held", False): _usual(5, 60, 72),  # it waits for a person until it expires
    ("expiring", True): _usual(5, 10, 12),
    ("late", True): _usual(10, 60, 12),
    ("late", False): _usual(15, 120, 8),
    ("drill", False): Ladder(((Who.NAMED, 2), (Who.NAMED, 3)), 2),
    ("news", False): Ladder(((Who.NAMED, 0),), 1, ends_at_once=True),
}
_UNKNOWN = Ladder(((Who.ALL, 60),), 1, ends_at_once=True)  # of a later release, which has it in its table


def ladder_of(kind: str, urgent: bool) -> Ladder:
    return _LADDERS.get((kind, urgent)) or _LADDERS.get((kind, not urgent)) or _UNKNOWN
