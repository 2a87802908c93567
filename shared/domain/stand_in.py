"""The powiat's staff stand in for a municipality's: agreed beforehand, begun in one step, over by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.alert import Person

LASTS = timedelta(hours=72)
MOST_PEOPLE = 20


@dataclass(frozen=True)
class StandIn:
    """`standins/{terc}`: the agreement, and the last time that it was used; `revision` is the ETag.

    `powiat`: the TERC of whoever employs the people; `name`: as residents read it. Without `by2` it waits for
    a second admin and lets nobody in.
    """

    terc: str
    powiat: str
    name: str
    people: tuple[Person, ...]
    by: Person
    at: datetime
    by2: Person | None = None
    agreed: datetime | None = None
    begun: datetime | None = None
    begun_by: Person | None = None
    ended: datetime | None = None  # by a person, before its time
    revision: int = 1

    @property
    def ends(self) -> datetime | None:
        """By itself."""
        return None if self.begun is None else self.begun + LASTS

    def names(self, uid: str) -> bool:
        return any(person.uid == uid for person in self.people)

    def may_run(self) -> bool:
        """Whether it was begun and nobody ended it; whether its time is up is another question."""
        return self.agreed is not None and self.begun is not None and self.ended is None

    def in_time(self, now: datetime) -> bool:
        return self.may_run() and self.ends is not None and now < self.ends


@dataclass(frozen=True)
class Standing:
    """What standing in gives: `late` after its hours, while an alert sent within them is still in force: it
    can be stopped, and nothing new begins."""

    name: str
    late: bool = False
