"""Moments on the public pages: as the clocks in Poland show them, by the season when they show one twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from functions.public_api.words import LANGUAGES, Words

FIRST, SECOND = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("pl", "02:30 (czas letni)", "02:30 (czas zimowy)"),
        ("en", "02:30 (summer time)", "02:30 (winter time)"),
        ("uk", "02:30 (літній час)", "02:30 (зимовий час)"),
    ],
)
def test_an_hour_that_comes_twice_is_told_with_its_season(language, first, second):
    words = Words(language)
    assert words.moment(FIRST).endswith(first)
    assert words.moment(SECOND).endswith(second)


@pytest.mark.parametrize("hour", [23, 0, 1, 2])
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_other_hour_is_told_alone(language, hour):
    assert "(" not in Words(language).moment(datetime(2027, 3, 28, hour, 0, tzinfo=UTC))
