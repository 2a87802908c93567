"""A series: one content and the rule of when it comes again, approved once by a second person as a whole.

Its occurrences are alerts of their own, made ahead of their time. What is approved is the digest of content
and rule: nothing is made of what is not that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from shared.domain.alert import Content, Person, State
from shared.domain.lifecycle import Role
from shared.domain.recurrence import Recurrence, local_day, shifted
from shared.domain.retention import CASE_KEPT
from shared.domain.words import Word

AHEAD = timedelta(days=14)  # an occurrence is made so long before its moment, so that staff see it come
MOST_SERIES = 100  # of a municipality, ended ones not counted
NOT_STARTED = (State.SCHEDULED, State.HELD)  # of an occurrence: it can be withdrawn
PROMISED = ("expires", "event_ends", "next_info", "sound_at")


class SeriesState(Word):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"  # occurrences are made
    ENDED = "ended"


class SeriesAction(StrEnum):
    EDIT = "edit"  # voids the approval, and withdraws what has not started
    SUBMIT = "submit"
    APPROVE = "approve"
    SKIP = "skip"  # one occurrence; the others come
    END = "end"  # what has not started is withdrawn


@dataclass(frozen=True)
class SeriesRule:
    state: SeriesState
    action: SeriesAction
    who: Set[Role]
    next: SeriesState
    by_another: bool = False  # who neither wrote, edited nor submitted it
    unconditional: bool = False  # also by whoever has not seen the newest revision


_WRITES = frozenset({Role.AUTHOR, Role.CRISIS})
_DECIDES = frozenset({Role.APPROVER, Role.CRISIS})
_EITHER = _WRITES | _DECIDES
_DRAFT, _SUBMITTED, _APPROVED, _ENDED = SeriesState

SERIES_TABLE = (
    SeriesRule(_DRAFT, SeriesAction.EDIT, _WRITES, _DRAFT),
    SeriesRule(_DRAFT, SeriesAction.SUBMIT, _WRITES, _SUBMITTED),
    SeriesRule(_DRAFT, SeriesAction.END, _EITHER, _ENDED, unconditional=True),
    SeriesRule(_SUBMITTED, SeriesAction.EDIT, _WRITES, _DRAFT),
    SeriesRule(_SUBMITTED, SeriesAction.APPROVE, _DECIDES, _APPROVED, by_another=True),
    SeriesRule(_SUBMITTED, SeriesAction.END, _EITHER, _ENDED, unconditional=True),
    SeriesRule(_APPROVED, SeriesAction.EDIT, _WRITES, _DRAFT),
    SeriesRule(_APPROVED, SeriesAction.SKIP, _EITHER, _APPROVED),
    SeriesRule(_APPROVED, SeriesAction.END, _EITHER, _ENDED, unconditional=True),
)
_RULES = {(rule.state, rule.action): rule for rule in SERIES_TABLE}


def series_rule(state: SeriesState, action: SeriesAction) -> SeriesRule | None:
    """None: the action is not possible in this state."""
    return _RULES.get((state, action))


@dataclass(frozen=True)
class Series:
    """`series/{id}`. `content` is that of the first occurrence, whose moment is its `send_at`.

    `revision` counts staff's changes (the ETag), `generation` the approvals: it is of the ids of what is
    made. `made` is the last moment up to which occurrences were made or passed over.
    """

    id: str
    terc: str
    content: Content
    recurrence: Recurrence
    author: Person
    created: datetime
    updated: datetime
    state: SeriesState = SeriesState.DRAFT
    revision: int = 1
    generation: int = 0
    writers: tuple[str, ...] = ()
    approver: Person | None = None
    submitted: datetime | None = None
    approved: datetime | None = None
    approved_digest: str = ""  # of what was approved
    withdrawn: tuple[date, ...] = ()  # occurrences that were left out since the approval
    made: datetime | None = None
    epoch: int = 0  # of the deployment when it was approved
    ended: datetime | None = None

    def coming(self, after: datetime) -> Iterator[tuple[date, datetime]]:
        """The days and moments later than that, in order, without those left out or withdrawn."""
        for day in self.recurrence.days():
            moment = self.recurrence.moment(day)
            if moment > after and day not in self.withdrawn:
                yield day, moment

    def next_to_make(self) -> tuple[date, datetime] | None:
        """None of what is not approved, and after the last."""
        if self.state is not SeriesState.APPROVED or self.approved is None:
            return None
        return next(self.coming(max(self.approved, self.made or self.approved)), None)

    def wake(self) -> datetime | None:
        """When `sweep` has to make the next occurrence; for queries."""
        following = self.next_to_make()
        return None if following is None else following[1] - AHEAD

    def occurrence_id(self, day: date) -> str:
        """The same for whoever makes it, and another one after each approval."""
        named = f"{self.id}\n{self.generation}\n{day.isoformat()}"
        return hashlib.sha256(named.encode()).hexdigest()[:20]  # as long as Firestore's own

    def kept_until(self) -> datetime:
        """Five years after its last change or the last occurrence, as of the alerts that it makes."""
        last = max((moment for moment in self.recurrence.moments()), default=self.updated)
        over = self.updated if self.state is SeriesState.ENDED else max(self.updated, last)
        return over + CASE_KEPT

    def may(self, action: SeriesAction, person: Person, roles: Set[str]) -> bool:
        """`roles`: those whose scope it lies in."""
        rule = series_rule(self.state, action)
        if rule is None or not rule.who & roles:
            return False
        return not rule.by_another or person.uid not in {self.author.uid, *self.writers}


def on_the_wall(content: Content, moment: datetime) -> Content:
    """The content of the occurrence at this moment: what it promises keeps its time by the clock."""
    days = local_day(moment) - local_day(content.send_at or moment)
    return _with_times(content, moment, lambda at: shifted(at, days))


def as_long(content: Content, moment: datetime) -> Content:
    """The same, each promise as far from the moment as in the first: where the clock leaps between them."""
    by = moment - (content.send_at or moment)
    return _with_times(content, moment, lambda at: at + by)


def _with_times(content: Content, moment: datetime, move: Callable[[datetime], datetime]) -> Content:
    promised: dict[str, Any] = {
        name: move(at) for name in PROMISED if (at := getattr(content, name)) is not None
    }
    return replace(content, **promised, send_at=moment)
