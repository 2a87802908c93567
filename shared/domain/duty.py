"""Who is on duty when: rows of a roster, of a day of the week or of one date, in the hours of Warsaw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

MOST_ROWS = 100
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WARSAW = ZoneInfo("Europe/Warsaw")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DutyRow:
    """`day`: a day of the week or a date (ISO); `begins`, `ends`: hours as "HH:MM"; one that ends no later
    than it begins goes on into the next day. `first`, `deputy`: uids; "" for no deputy."""

    day: str
    begins: str
    ends: str
    first: str
    deputy: str = ""

    @property
    def dated(self) -> bool:
        return self.day not in WEEKDAYS


@dataclass(frozen=True)
class Roster:
    """`duty/{terc}`; a date goes before its day of the week."""

    terc: str
    rows: tuple[DutyRow, ...] = ()
    revision: int = 0

    def on_duty(self, now: datetime) -> tuple[str, str]:
        """Uids of who is called first, and of the deputy; "" where there is none."""
        local = now.astimezone(_WARSAW)
        row = next(self._rows_at(local.date(), f"{local:%H:%M}"), None)
        return (row.first, row.deputy) if row else ("", "")

    def _rows_at(self, day: date, hour: str) -> Iterator[DutyRow]:
        for dated in (True, False):
            for row in self.rows:
                if row.dated is dated and _holds(row, day, hour):
                    yield row


def _holds(row: DutyRow, day: date, hour: str) -> bool:
    over_midnight = row.ends <= row.begins
    if _is_of(row, day):
        return row.begins <= hour and (over_midnight or hour < row.ends)
    return over_midnight and _is_of(row, day - _DAY) and hour < row.ends


def _is_of(row: DutyRow, day: date) -> bool:
    return row.day in (WEEKDAYS[day.weekday()], day.isoformat())
