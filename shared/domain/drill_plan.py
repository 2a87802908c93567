"""When a drill begins by itself: within 90 days of the last one that was answered, on a working day and at an
hour that nobody foresees.

Time is divided into fortnights. In each one a person has one moment, by a hash, so that the drills of an
office are spread over its days, and a drill has a name that says person and fortnight: however often it is
found due, it is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from shared.domain.call import Call, CallKind
from shared.domain.readiness import EVERY
from shared.domain.working_days import CLOSES, LOCAL, OPENS, at_minute, is_office_time, working_days

FORTNIGHT = 14  # days
LATE = timedelta(days=1)  # that a first drill may be late, so that a new office is not called all at once
APART = timedelta(days=1)  # at least, from one that somebody began
_MONDAY = date(2026, 1, 5)
_MINUTES = (CLOSES - OPENS) * 60


def fortnight(now: datetime) -> date:
    """The Monday on which it began."""
    today = now.astimezone(LOCAL).date()
    return today - timedelta(days=(today - _MONDAY).days % FORTNIGHT)


def moment(terc: str, uid: str, began: date) -> datetime:
    """When a drill of this person would begin in the fortnight."""
    digest = hashlib.sha256(f"{terc} {uid} {began.isoformat()}".encode()).digest()
    days = working_days(began, FORTNIGHT)
    day = days[int.from_bytes(digest[:4]) % len(days)]
    return at_minute(day, int.from_bytes(digest[4:8]) % _MINUTES)


def owes(answered: datetime | None, began: date) -> bool:
    """Whether waiting for the next fortnight could be too late."""
    return answered is None or answered + EVERY < at_minute(began + timedelta(days=2 * FORTNIGHT), 0)


def due_drill(terc: str, uid: str, drills: Sequence[Call], now: datetime) -> Call | None:
    """The drill that begins now; `drills`: all of this person that are kept."""
    began = fortnight(now)
    at, name = moment(terc, uid, began), f"drill.{terc}.{uid}.{began:%Y%m%d}"
    if not is_office_time(now) or now < at or (not drills and now > at + LATE):
        return None
    if any(one.is_open or one.id == name or now - one.created < APART for one in drills):
        return None
    answered = max((one.created for one in drills if one.acknowledged), default=None)
    if not owes(answered, began):
        return None
    return Call(name, terc, CallKind.DRILL, now, now, key=f"{began:%Y%m%d}", named=(uid,))


def missed(drill: Call, now: datetime) -> Call:
    """The reminder to whoever let one pass: there will be another."""
    key, who = drill.key, drill.named
    return Call(f"{drill.id}.missed", drill.terc, CallKind.NEWS, now, now, "", key, "drill-missed", named=who)


def too_few(terc: str, admins: Sequence[str], now: datetime) -> Call:
    """What admins are told once a week while fewer than two are ready."""
    week = f"{now.astimezone(LOCAL):%G-W%V}"
    return Call(
        f"unready.{terc}.{week}", terc, CallKind.NEWS, now, now, "", week, "unready", named=tuple(admins)
    )
