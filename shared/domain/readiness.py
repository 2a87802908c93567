"""Whether whoever would be called reacts: by drills, which begin as a real call does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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


def readiness(people: Iterable[tuple[str, str]], drills: Iterable[Call], now: datetime) -> tuple[Ready, ...]:
    """`people`: uid and name."""
    found = sorted(drills, key=lambda one: one.created)
    return tuple(_of(uid, name, [one for one in found if uid in one.named], now) for uid, name in people)


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
