"""The one rule for figures of people: of fewer than ten nothing, else rounded to five."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.figures import LEAST_PEOPLE, STEP, shown, shown_by_reason
from shared.domain.reach import MOST_A_DAY, MOST_AN_HOUR, Counted, People, Question, told, too_many
from tests.fakes.alert_values import at

COUNTS = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("count", "figure"),
    [(0, None), (1, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1613, 1615)],
)
def test_few_are_not_told_and_others_are_rounded(count, figure):
    assert shown(count) == figure


@given(COUNTS, COUNTS)
def test_what_counts_few_people_is_not_told_however_many_phones_they_have(count, people):
    figure = shown(count, people)
    assert (figure is None) == (count < LEAST_PEOPLE or people < LEAST_PEOPLE)
    assert figure is None or (figure % STEP == 0 and abs(figure - count) < STEP)


@given(COUNTS)
def test_what_was_shown_is_shown_the_same_again(count):
    figure = shown(count)
    assert figure is None or shown(figure) == figure


def test_reasons_of_few_are_told_together_or_not_at_all():
    assert shown_by_reason({"gone": 12, "network": 3}, "other") == {"gone": 10}
    assert shown_by_reason({"gone": 12, "network": 8, "quota": 7}, "other") == {"gone": 10, "other": 15}
    assert shown_by_reason({}, "other") == {}


def counted(sent=0, muted=0, woken=0, phones_each=1, exact=True):
    return Counted(
        residents=sent,
        phones=sent * phones_each,
        places=sent + muted,
        exact=exact,
        muted=muted * phones_each,
        wakes=woken * phones_each,
        muted_residents=muted,
        woken_residents=woken,
    )


@pytest.mark.parametrize("phones_each", [1, 8])
@pytest.mark.parametrize(("sent", "muted", "woken"), [(0, 0, 0), (1, 0, 1), (0, 1, 0), (9, 0, 9), (5, 4, 2)])
def test_of_an_area_with_few_people_one_message_is_as_another(sent, muted, woken, phones_each):
    assert told(counted(sent, muted, woken, phones_each)) == People(None, None, exact=True, announced=True)


def test_of_many_people_few_who_muted_it_or_wake_are_not_told():
    assert told(counted(sent=100, muted=9, woken=9, phones_each=8)) == People(
        100, 800, exact=True, announced=True
    )
    assert told(counted(sent=100, muted=12, woken=31)) == People(
        100, 100, exact=True, announced=True, muted=10, wakes=30
    )


def test_few_of_many_who_get_it_are_not_told():
    assert told(counted(sent=9, muted=100)) == People(None, None, exact=True, announced=True, muted=100)


def test_of_an_area_alone_nothing_is_said_of_muting():
    assert told(Counted(12, 14, 13, exact=False)) == People(10, 15, exact=False, announced=False)


def asked(number, apart):
    return [Question(at(12) - apart * count, "area") for count in range(number)]


@pytest.mark.parametrize(
    ("number", "apart", "refused"),
    [
        (MOST_AN_HOUR - 1, timedelta(seconds=1), False),
        (MOST_AN_HOUR, timedelta(seconds=1), True),
        (MOST_AN_HOUR, timedelta(minutes=1), True),  # the first of them 59 minutes ago
        (MOST_AN_HOUR + 1, timedelta(minutes=1, seconds=2), False),
        (MOST_A_DAY - 1, timedelta(minutes=4), False),
        (MOST_A_DAY, timedelta(minutes=4), True),
        (MOST_A_DAY, timedelta(minutes=5), False),  # some of them the day before
    ],
)
def test_sixty_an_hour_and_three_hundred_a_day_are_answered(number, apart, refused):
    assert too_many(asked(number, apart), at(12)) == refused
