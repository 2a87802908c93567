"""Every occurrence once, in order, on the days that a calendar gives, at one time by the clock."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.preferences import LOCAL
from shared.domain.recurrence import (
    LAST,
    LONGEST,
    MOST_COUNT,
    NTH,
    WEEK,
    Frequency,
    Recurrence,
    Weekday,
    on_wall,
    shifted,
)

SUNDAYS = (Weekday.SUNDAY,)


def weekly(first: date, at: time, **more) -> Recurrence:
    return Recurrence(Frequency.WEEKLY, first, at, weekdays=SUNDAYS, **more)


def local(moments) -> list[str]:
    return [f"{one.astimezone(LOCAL):%m-%d %H:%M%z}" for one in moments]


def test_the_hour_that_the_clock_leaps_over_is_told_as_without_the_leap() -> None:
    rule = weekly(date(2027, 3, 21), time(2, 30), until=date(2027, 4, 4))
    assert local(rule.moments()) == ["03-21 02:30+0100", "03-28 03:30+0200", "04-04 02:30+0200"]


def test_the_hour_that_comes_twice_is_the_first_and_comes_once() -> None:
    rule = weekly(date(2027, 10, 24), time(2, 30), count=3)
    assert local(rule.moments()) == ["10-24 02:30+0200", "10-31 02:30+0200", "11-07 02:30+0100"]


def test_a_weekly_alert_over_both_changes_of_a_year_has_53_occurrences_a_week_apart_on_the_wall() -> None:
    rule = weekly(date(2027, 1, 3), time(2, 30), until=date(2028, 1, 2))
    found = list(rule.moments())
    on_the_wall = {one.astimezone(LOCAL).strftime("%H:%M") for one in found}
    assert (len(found), on_the_wall) == (53, {"02:30", "03:30"})
    apart = {later - earlier for earlier, later in pairwise(found)}
    week, hour = timedelta(days=7), timedelta(hours=1)
    assert apart == {week, week - hour, week + hour}


def test_days_of_a_month() -> None:
    start = date(2027, 1, 31)
    last = Recurrence(Frequency.MONTHLY, start, time(12), month_day=LAST, count=4)
    assert [day.isoformat()[5:] for day in last.days()] == ["01-31", "02-28", "03-31", "04-30"]
    by_number = Recurrence(Frequency.MONTHLY, start, time(12), month_day=31, count=4)
    assert [day.isoformat()[5:] for day in by_number.days()] == ["01-31", "03-31", "05-31", "07-31"]
    nth = Recurrence(
        Frequency.MONTHLY, date(2027, 1, 4), time(12), weekdays=(Weekday.MONDAY,), nth=1, interval=2, count=3
    )
    assert [day.isoformat()[5:] for day in nth.days()] == ["01-04", "03-01", "05-03"]


def test_a_rule_whose_first_day_is_none_of_its_days_is_known() -> None:
    assert weekly(date(2027, 1, 3), time(12), count=2).begins_with_first()
    assert not weekly(date(2027, 1, 4), time(12), count=2).begins_with_first()
    impossible = Recurrence(Frequency.MONTHLY, date(2027, 2, 1), time(12), month_day=30, interval=12)
    assert not impossible.begins_with_first()
    assert list(impossible.days()) == []


def test_times_of_an_alert_are_shifted_by_the_clock_on_the_wall() -> None:
    before = on_wall(date(2027, 3, 21), time(14))
    assert shifted(before, timedelta(days=7)) == on_wall(date(2027, 3, 28), time(14))
    assert shifted(before, timedelta(days=7)) - before == timedelta(days=7) - timedelta(hours=1)


days = st.dates(date(2026, 1, 1), date(2030, 1, 1))
times = st.times(time(0), time(23, 59)).map(lambda one: one.replace(second=0, microsecond=0))


@st.composite
def rules(draw) -> Recurrence:
    first, interval = draw(days), draw(st.integers(1, 5))
    end = draw(
        st.fixed_dictionaries({"until": st.timedeltas(timedelta(), LONGEST).map(lambda one: first + one)})
        | st.fixed_dictionaries({"count": st.integers(1, 120)})
    )
    left_out = tuple(draw(st.lists(st.integers(0, 400).map(lambda n: first + timedelta(days=n)), max_size=9)))
    common = {"first": first, "at": draw(times), "interval": interval, "left_out": left_out, **end}
    if draw(st.booleans()):
        weekdays = draw(st.sets(st.sampled_from(WEEK), min_size=1))
        return Recurrence(Frequency.WEEKLY, weekdays=tuple(weekdays), **common)
    if draw(st.booleans()):
        return Recurrence(Frequency.MONTHLY, month_day=draw(st.sampled_from((1, 15, 29, 31, LAST))), **common)
    weekday = (draw(st.sampled_from(WEEK)),)
    return Recurrence(Frequency.MONTHLY, weekdays=weekday, nth=draw(st.sampled_from(NTH)), **common)


def is_a_day(rule: Recurrence, day: date) -> bool:
    """Whether a person with a calendar would say so."""
    if rule.frequency is Frequency.WEEKLY:
        monday = rule.first - timedelta(days=rule.first.weekday())
        weeks = (day - monday).days // 7
        return WEEK[day.weekday()] in rule.weekdays and weeks % rule.interval == 0
    if ((day.year - rule.first.year) * 12 + day.month - rule.first.month) % rule.interval:
        return False
    length = calendar.monthrange(day.year, day.month)[1]
    if rule.month_day:
        return day.day == (length if rule.month_day == LAST else rule.month_day)
    is_last = day.day + 7 > length
    in_order = is_last if rule.nth == LAST else (day.day - 1) // 7 + 1 == rule.nth
    return WEEK[day.weekday()] in rule.weekdays and in_order


def by_calendar(rule: Recurrence) -> list[date]:
    all_days = [rule.first + timedelta(days=n) for n in range(LONGEST.days + 1)]
    found = [day for day in all_days if is_a_day(rule, day)]
    found = found[: rule.count or MOST_COUNT]
    return [day for day in found if day not in rule.left_out and (rule.until is None or day <= rule.until)]


@given(rules())
def test_the_days_are_those_of_a_calendar(rule: Recurrence) -> None:
    assert list(rule.days()) == by_calendar(rule)


@given(rules())
def test_occurrences_come_once_and_in_order_whatever_the_clock_does(rule: Recurrence) -> None:
    found = list(rule.moments())
    assert found == sorted(set(found))
    for day, moment in zip(rule.days(), found, strict=True):
        on_the_wall = moment.astimezone(LOCAL)
        leap = on_the_wall.replace(tzinfo=None) - datetime.combine(day, rule.at)
        assert leap in (timedelta(), timedelta(hours=1))
        assert on_the_wall.date() == day
        assert on_the_wall.fold == 0 or leap
        if leap:  # only where that time does not exist: it comes back as another one
            asked = datetime.combine(day, rule.at, LOCAL)
            assert asked.astimezone(UTC).astimezone(LOCAL).replace(tzinfo=None) != asked.replace(tzinfo=None)
