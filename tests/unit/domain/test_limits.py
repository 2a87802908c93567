from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from infra.local.processes import ROOT
from shared.domain.limits import Bucket, Limit, Rate, full_after, take

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
RATE = Rate(burst=3, per_minute=6)


def taken(times, bucket=None, now=NOW, rate=RATE):
    for _ in range(times):
        bucket, wait = take(bucket, rate, now)
        assert wait == 0
    return bucket


def test_so_many_are_taken_at_once_and_then_one_after_the_other():
    empty = taken(3)
    assert take(empty, RATE, NOW) == (Bucket(0, NOW), 10)
    later = NOW + timedelta(seconds=10)
    assert take(taken(1, empty, later), RATE, later)[1] == 10


def test_whoever_asks_too_early_waits_no_longer_for_it():
    early, wait = take(taken(3), RATE, NOW + timedelta(seconds=4))
    assert wait == pytest.approx(6)
    assert take(early, RATE, NOW + timedelta(seconds=10))[1] == pytest.approx(0)


def test_a_bucket_is_never_fuller_than_full():
    assert take(taken(3), RATE, NOW + timedelta(days=1))[0].left == RATE.burst - 1
    assert full_after(RATE) == 30


def test_a_clock_that_goes_back_gives_nothing():
    empty = taken(3)
    assert take(empty, RATE, NOW - timedelta(hours=1))[1] > 0


def test_a_page_that_polls_all_day_is_never_refused():
    bucket = None
    for second in range(0, 3600, 5):  # the alert that it shows, and every minute the list
        bucket = taken(2, bucket, NOW + timedelta(seconds=second), Limit.PERSON.value)


def test_a_code_of_six_digits_is_not_guessed():
    tries_a_year = Limit.CODE.value.per_minute * 60 * 24 * 365
    assert Limit.CODE.value.kept
    assert tries_a_year / 1_000_000 < 0.06


def test_the_operators_page_shows_every_limit():
    table = (ROOT / "docs" / "operations.md").read_text().split("## Limits")[1].split("\n\n")[2]
    rows = [[cell.strip(" `") for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]
    shown = {
        row[0]: (row[2].replace(",", ""), row[3].replace(",", ""), "all instances" in row[4]) for row in rows
    }
    assert shown == {
        one.name: (f"{one.value.burst}", f"{one.value.per_minute:g}", one.value.kept) for one in Limit
    }
