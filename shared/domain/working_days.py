"""On which days and at which hours offices work in Poland."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.easter import easter

LOCAL = ZoneInfo("Europe/Warsaw")
OPENS, CLOSES = 8, 15  # hours; what begins before the second is over before people leave
_SATURDAY = 5
# Dz.U. 2025 poz. 296 (days free of work), art. 1; those that move, in days after Easter.
_FIXED = frozenset({(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 24), (12, 25), (12, 26)})
_AFTER_EASTER = frozenset({0, 1, 49, 60})


def is_working(day: date) -> bool:
    free = (day.month, day.day) in _FIXED or (day - easter(day.year)).days in _AFTER_EASTER
    return day.weekday() < _SATURDAY and not free


def working_days(first: date, days: int) -> tuple[date, ...]:
    """Of that many days from `first` on."""
    return tuple(day for ago in range(days) if is_working(day := first + timedelta(days=ago)))


def is_office_time(now: datetime) -> bool:
    local = now.astimezone(LOCAL)
    return is_working(local.date()) and OPENS <= local.hour < CLOSES


def at_minute(day: date, minute: int) -> datetime:
    """`minute`: after the office opened."""
    opens = datetime(day.year, day.month, day.day, OPENS, tzinfo=LOCAL)
    return opens + timedelta(minutes=minute)
