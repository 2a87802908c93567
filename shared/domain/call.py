"""A call of staff: who has to be told what, round after round, each attempt with what is known of it.

The intent is written before the provider is asked and the outcome after it, so that a worker that dies in
between leads to one more attempt at most, and one that died before it to the first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.alert_number import alert_number
from shared.domain.ladder import Ladder, Who, ladder_of
from shared.domain.words import Word

LEASE = timedelta(seconds=30)  # of who asks a provider; longer than all its timeouts together
MOST_TRIES = 2  # of one attempt: the second when the first one's worker was never heard of again
MOST_ATTEMPTS = 500  # that a document keeps, the latest
MOST_THROTTLED = 5  # rounds in a row that are begun anew because the providers took nothing for now
AGAIN_SOON = timedelta(minutes=1)
QUIET = timedelta(minutes=30)  # after somebody said that they see to a confirmation
KEPT = timedelta(days=100)  # beyond the 90 days that a drill counts


class CallKind(Word):
    APPROVE = "approve"
    CONFIRM = "confirm"
    HELD = "held"
    EXPIRING = "expiring"
    LATE = "late"  # residents were promised news by now
    NEWS = "news"
    DRILL = "drill"


class Way(StrEnum):
    SMS = "sms"
    EMAIL = "email"


class Outcome(Word):
    PLANNED = "planned"
    INTENT = "intent"  # the provider is being asked, or whoever asked it died
    SENT = "sent"
    THROTTLED = "throttled"  # not taken, may be later
    REFUSED = "refused"  # not taken, never will be
    UNKNOWN = "unknown"  # it may have been taken
    OFF = "off"  # this way is not set up


class End(Word):
    ACTED = "acted"  # somebody did what the call was about, or it is no matter any more
    ACKNOWLEDGED = "acknowledged"
    TOLD = "told"  # news
    MISSED = "missed"  # a drill that nobody answered
    EXHAUSTED = "exhausted"  # nobody reacted to any round


OPEN = frozenset({Outcome.PLANNED, Outcome.INTENT})
WORKED = frozenset({Outcome.SENT, Outcome.UNKNOWN})


@dataclass(frozen=True)
class Attempt:
    """One way to one person in one round; `name` as the register had it."""

    round: int
    uid: str
    name: str
    way: Way
    at: datetime
    outcome: Outcome = Outcome.PLANNED
    tries: int = 0

    @property
    def is_open(self) -> bool:
        return self.outcome in OPEN

    def same_as(self, other: Attempt) -> bool:
        return (self.round, self.uid, self.way) == (other.round, other.uid, other.way)


@dataclass(frozen=True)
class Call:
    """`calls/{id}`; `id` names the matter, so that it is told once however often it is found.

    `key`: the alert's moment that it is about; `named`: who alone is called; `wake`: when the next step is
    due, None when it is over. `round` counts from 0; -1 before the first.
    """

    id: str
    terc: str
    kind: CallKind
    created: datetime
    wake: datetime | None
    alert: str = ""
    key: str = ""
    news: str = ""
    urgent: bool = False
    exercise: bool = False
    named: tuple[str, ...] = ()
    round: int = -1
    attempts: tuple[Attempt, ...] = ()
    throttled: int = 0  # rounds in a row
    deaf: bool = False  # in its latest round no way out worked
    acknowledged: datetime | None = None
    by: str = ""  # uid of who acknowledged
    ended: datetime | None = None
    why: str = ""

    @property
    def number(self) -> str:
        return alert_number(self.alert or self.id)

    @property
    def ladder(self) -> Ladder:
        return ladder_of(self.kind, self.urgent)

    @property
    def is_open(self) -> bool:
        return self.ended is None

    def waiting(self) -> Attempt | None:
        """The next one of the present round that is not over."""
        return next((one for one in self.attempts if one.is_open), None)

    def following(self) -> Who | None:
        """Whom the next round is for; None: there is none."""
        return self.ladder.who(self.round + 1)

    def with_attempt(self, attempt: Attempt) -> Call:
        kept = tuple(attempt if one.same_as(attempt) else one for one in self.attempts)
        return replace(self, attempts=kept)

    def begun(self, attempts: tuple[Attempt, ...], now: datetime) -> Call:
        """The next round; one for nobody is over at once, and the next is due."""
        kept = (*self.attempts, *attempts)[-MOST_ATTEMPTS:]
        return replace(self, round=self.round + 1, attempts=kept, wake=now)

    def settled(self, now: datetime) -> Call:
        """After the last attempt of a round: when the next one is due, or the end."""
        tried = [one for one in self.attempts if one.round == self.round]
        if any(one.is_open for one in tried):
            return self
        worked = any(one.outcome in WORKED for one in tried)
        if not worked and self._may_later(tried):
            again = replace(self, round=self.round - 1, throttled=self.throttled + 1)
            return replace(again, attempts=_without(self.attempts, self.round), wake=now + AGAIN_SOON)
        return replace(self, throttled=0)._after(worked, now)

    def settled_again(self, now: datetime) -> Call:
        """After what was taken for sent was not: where nothing else of the round worked, the next is due."""
        tried = [one for one in self.attempts if one.round == self.round]
        open_ones = any(one.is_open for one in tried)
        if not self.is_open or open_ones or any(one.outcome in WORKED for one in tried):
            return self
        return self._after(worked=False, now=now)

    def _may_later(self, tried: list[Attempt]) -> bool:
        refused = any(one.outcome is Outcome.THROTTLED for one in tried)
        return refused and self.throttled < MOST_THROTTLED

    def _after(self, worked: bool, now: datetime) -> Call:
        deaf = not worked and (self.deaf or bool(self.following() is None or self._asked_all()))
        if self.following() is None and self.ladder.ends_at_once:
            return replace(self, deaf=deaf).over(End.TOLD, now)
        pause = self.ladder.pause(self.round) if worked or self._asked_all() else timedelta()
        return replace(self, deaf=deaf, wake=now + pause)

    def _asked_all(self) -> bool:
        return self.ladder.who(self.round) in (Who.ALL, Who.NAMED)

    def over(self, why: End, now: datetime) -> Call:
        return replace(self, ended=now, why=why.value, wake=None)

    def acknowledged_by(self, uid: str, now: datetime) -> Call:
        """Whoever says so sees to it: the rest is quiet. A confirmation is asked for again until it comes."""
        after = replace(self, acknowledged=now, by=uid)
        if self.kind is CallKind.CONFIRM:
            return replace(after, wake=max(self.wake or now, now + QUIET))
        return after.over(End.ACKNOWLEDGED, now)

    def ran_out(self) -> End:
        return End.MISSED if self.kind is CallKind.DRILL else End.EXHAUSTED


def _without(attempts: tuple[Attempt, ...], number: int) -> tuple[Attempt, ...]:
    return tuple(one for one in attempts if one.round != number)
