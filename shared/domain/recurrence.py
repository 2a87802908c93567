"""When an alert comes again: the days of a week or a month, at one time by the clock on the wall.

The rules are those of RFC 5545 (RRULE, EXDATE), computed by dateutil; the clock is that of Europe/Warsaw. A
time that the clock leaps over is read as it would have been without the leap, and of one that comes twice
the first is meant (RFC 5545, 3.3.5): 02:30 on 28 March 2027 is 03:30, and on 31 October 2027 the one in
summer time. A month without the day is left out (3.3.10).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from shared.domain.preferences import LOCAL
from shared.domain.words import Word

if TYPE_CHECKING:
    from dateutil.rrule import rrule

LONGEST = timedelta(days=2 * 366)  # from the first to the last: after that somebody looks at it anew
MOST_INTERVAL = 24  # weeks or months
MOST_COUNT = 7 * 105  # every day for as long as a rule may last
MOST_LEFT_OUT = 200  # dates
LAST = -1  # of a month: its last day, its last Monday
NTH = (1, 2, 3, 4, LAST)


class Frequency(Word):
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Weekday(Word):
    MONDAY = "mo"
    TUESDAY = "tu"
    WEDNESDAY = "we"
    THURSDAY = "th"
    FRIDAY = "fr"
    SATURDAY = "sa"
    SUNDAY = "su"


WEEK = tuple(Weekday)


@dataclass(frozen=True)
class Recurrence:
    """Weekly: `weekdays`; monthly: `month_day` (1 to 31, or LAST), or the `nth` of its one weekday.

    `until` is the last date that counts; `count` counts also the dates that are left out (RFC 5545).
    """

    frequency: Frequency
    first: date
    at: time  # by the clock on the wall, to the minute
    interval: int = 1  # every second week
    weekdays: tuple[Weekday, ...] = ()
    month_day: int | None = None
    nth: int | None = None
    left_out: tuple[date, ...] = ()
    until: date | None = None
    count: int | None = None

    def days(self) -> Iterator[date]:
        """In order, without those left out; at most MOST_COUNT."""
        last = self.first + LONGEST
        for number, moment in enumerate(_rule(self)):
            if number >= MOST_COUNT or moment.date() > last:
                return
            if moment.date() not in self.left_out:
                yield moment.date()

    def moments(self) -> Iterator[datetime]:
        """The occurrences in order, aware UTC."""
        return (self.moment(day) for day in self.days())

    def moment(self, day: date) -> datetime:
        """When it is that time on this day."""
        return on_wall(day, self.at)

    def begins_with_first(self) -> bool:
        """Whether `first` is a day of the rule, as the start of an RFC 5545 rule is to be."""
        return next((moment.date() for moment in _rule(self)), None) == self.first


def on_wall(day: date, at: time) -> datetime:
    """`fold` is 0, as RFC 5545 asks: the offset before the leap, and the first of two."""
    return datetime.combine(day, at, LOCAL).astimezone(UTC)


def shifted(moment: datetime, by: timedelta) -> datetime:
    """So many days later, at the same time by the clock on the wall."""
    local = moment.astimezone(LOCAL)
    return on_wall((local + by).date(), local.time())


def local_day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()


def _rule(recurrence: Recurrence) -> rrule:
    """Of dates alone: the clock is asked afterwards, so that no day is lost or doubled by its change."""
    from dateutil import rrule

    weekday = tuple(rrule.weekdays[WEEK.index(one)] for one in recurrence.weekdays)
    nth = recurrence.nth
    until = None if recurrence.until is None else datetime.combine(recurrence.until, time())
    weekly = recurrence.frequency is Frequency.WEEKLY
    return rrule.rrule(
        rrule.WEEKLY if weekly else rrule.MONTHLY,
        dtstart=datetime.combine(recurrence.first, time()),
        interval=recurrence.interval,
        byweekday=(tuple(one(nth) for one in weekday) if nth else weekday) or None,
        bymonthday=recurrence.month_day,
        until=until,
        count=recurrence.count,
        wkst=rrule.MO,
    )
