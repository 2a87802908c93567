"""Whether whoever would be called reacts: by drills, which begin as a real call does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.call import Call, CallKind

WITHIN = timedelta(minutes=5)
EVERY = timedelta(days=90)
ENOUGH = 2  # people who are ready; fewer are shown in red, and hold nothing up


@dataclass(frozen=True)
class Ready:
    """One who approves or has the crisis role. `seconds`: of the last drill they answered, for them alone."""

    uid: str
    name: str
    ready: bool
    last: datetime | None = None  # the last drill that they answered began
    seconds: int | None = None
    waiting: bool = False  # a drill waits for them
    roles: frozenset[str] = frozenset()  # those that are called

    @property
    def until(self) -> datetime | None:
        """Until when they are ready; None: they are not, and owe a drill."""
        return self.last + EVERY if self.ready and self.last else None


def readiness(
    people: Iterable[tuple[str, str, frozenset[str]]], drills: Iterable[Call], now: datetime
) -> tuple[Ready, ...]:
    """`people`: uid, name, roles that are called."""
    found = sorted(drills, key=lambda one: one.created)
    return tuple(
        replace(_of(uid, name, [one for one in found if uid in one.named], now), roles=roles)
        for uid, name, roles in people
    )


def by_role(people: Iterable[Ready]) -> Mapping[str, tuple[int, int]]:
    """Of each role that anybody has: how many are ready, of how many."""
    told: dict[str, tuple[int, int]] = {}
    for one in people:
        for role in sorted(one.roles):
            ready, of = told.get(role, (0, 0))
            told[role] = (ready + one.ready, of + 1)
    return told


def drill(terc: str, uid: str, now: datetime) -> Call:
    """One an hour at most for each: pressed twice, it is one."""
    hour = now.strftime("%Y%m%dT%H")
    return Call(f"drill.{terc}.{uid}.{hour}", terc, CallKind.DRILL, now, now, key=hour, named=(uid,))


def _of(uid: str, name: str, drills: list[Call], now: datetime) -> Ready:
    answered = [one for one in drills if one.acknowledged is not None]
    waits = any(one.is_open for one in drills)
    if not answered:
        return Ready(uid, name, ready=False, waiting=waits)
    last = answered[-1]
    taken = (last.acknowledged or last.created) - last.created
    ready = taken <= WITHIN and now - last.created <= EVERY
    return Ready(uid, name, ready, last.created, round(taken.total_seconds()), waits)
