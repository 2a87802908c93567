"""Figures over time stay few; figures by place point at nobody."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.statistics import LEAST_GROUP, Point, shown_places, with_point

MOST_POINTS = 120
DAY = 86_400
GROUPS = st.dictionaries(st.text("0123456789abcdef", min_size=3, max_size=3), st.integers(0, 40), max_size=30)
MOMENTS = st.lists(st.integers(0, 28 * DAY), max_size=400).map(sorted)


def point(seconds, accepted=0):
    return Point(seconds, accepted, 0, 0)


def series_of(moments):
    series: tuple[Point, ...] = ()
    for number, seconds in enumerate(moments):
        series = with_point(series, point(seconds, accepted=number))
    return series


@given(MOMENTS)
def test_a_series_is_short_in_order_and_ends_with_the_newest_point(moments):
    series = series_of(moments)
    assert len(series) <= MOST_POINTS
    assert all(one.seconds < other.seconds for one, other in pairwise(series))
    assert all(one.accepted < other.accepted for one, other in pairwise(series))
    assert series[-1:] == ((point(moments[-1], len(moments) - 1),) if moments else ())


def test_watched_for_a_month_it_has_a_hundred_points_and_grows_coarser():
    moments = [*range(0, 3600, 3), *range(3600, 28 * DAY, 600)]
    series = series_of(moments)
    assert 90 < len(series) <= MOST_POINTS
    spacings = [other.seconds - one.seconds for one, other in pairwise(series)]
    assert spacings[:5] == [3] * 5
    assert all(
        spacing <= max(6, 0.3 * later.seconds) for spacing, later in zip(spacings, series[1:], strict=True)
    )


def test_a_clock_that_is_behind_does_not_turn_time_back():
    series = with_point(series_of([0, 30, 60]), point(58, accepted=9))
    assert series[-1] == point(60, accepted=9)


@given(GROUPS)
def test_what_is_hidden_is_neither_one_group_nor_fewer_than_the_least(phones):
    shown = shown_places(phones)
    hidden = {place: count for place, count in phones.items() if count and place not in shown}
    assert all(count >= LEAST_GROUP for count in shown.values())
    assert not shown or not hidden or (len(hidden) > 1 and sum(hidden.values()) >= LEAST_GROUP)


@given(GROUPS)
def test_what_is_shown_is_so_and_no_more_is_hidden_than_must_be(phones):
    shown = shown_places(phones)
    assert shown.items() <= phones.items()
    assert list(shown.values()) == sorted(shown.values(), reverse=True)
    if all(count == 0 or count >= LEAST_GROUP for count in phones.values()):
        assert shown == {place: count for place, count in phones.items() if count}


def test_the_one_small_group_takes_the_next_smallest_with_it():
    assert shown_places({"a": 3, "b": 9, "c": 20}) == {"c": 20}


def test_two_groups_of_one_take_a_third_with_them():
    assert shown_places({"a": 1, "b": 1, "c": 6, "d": 8}) == {"d": 8}


def test_a_group_of_four_and_one_of_one_are_enough():
    assert shown_places({"a": 4, "b": 1, "c": 6}) == {"c": 6}
