"""The share of an area's addresses with a phone: from the month's figures alone, which point at nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.area_coverage import MOST_STREETS, area_coverage
from shared.domain.coverage import Coverage, StreetShare
from shared.domain.covered import CoveredName

NOW = datetime(2026, 11, 1, tzinfo=UTC)
STREETS = (
    StreetShare(("S:1",), "ul. Polna", "Łąki", 40, 20),
    StreetShare(("S:2",), "ul. Różana", "Łąki", 42, 90),
    StreetShare(("S:3", "S:4"), "", "Łąki", 15, 50),
)
COVERAGE = Coverage("1099023", "2026-11", NOW, 97, 60, STREETS)


def inside(code, count, total=40):
    return CoveredName(code, f"ul. {code}", count, total)


def test_the_share_is_that_of_the_streets_by_their_addresses_inside():
    told = area_coverage([inside("S:1", 10), inside("S:2", 30)], COVERAGE)
    assert (told.addresses, told.share, told.month) == (40, 72, "2026-11")  # (10 x 20 + 30 x 90) / 40


def test_the_streets_of_the_lowest_share_come_first():
    told = area_coverage([inside("S:2", 42), inside("S:3", 4), inside("S:1", 9)], COVERAGE)
    assert [(one.name, one.share, one.together) for one in told.streets] == [
        ("ul. S:1", 20, False),
        ("ul. S:3", 50, True),
        ("ul. S:2", 90, False),
    ]


@pytest.mark.parametrize("counts", [(), (1,), (9,), (5, 4)])
def test_of_fewer_than_ten_addresses_nothing_is_told(counts):
    names = [inside(f"S:{at}", count) for at, count in enumerate(counts, start=1)]
    told = area_coverage(names, COVERAGE)
    assert (told.share, told.streets) == (None, ())
    assert told.addresses == sum(counts)


def test_streets_that_the_month_did_not_count_are_left_out_of_the_share():
    told = area_coverage([inside("S:1", 10), inside("S:9", 90)], COVERAGE)
    assert (told.addresses, told.share) == (100, 20)


def test_no_more_streets_than_somebody_can_be_sent_to():
    streets = tuple(StreetShare((f"S:{at}",), f"ul. {at}", "Łąki", 40, 20) for at in range(30))
    names = [inside(f"S:{at}", 40) for at in range(30)]
    told = area_coverage(names, Coverage("1099023", "2026-11", NOW, 1200, 20, streets))
    assert len(told.streets) == MOST_STREETS


@given(st.lists(st.tuples(st.sampled_from(["S:1", "S:2", "S:3", "S:4"]), st.integers(1, 40)), max_size=4))
def test_two_areas_that_differ_by_a_house_tell_no_more_than_the_table(counts):
    """It is made of the table and of the public numbers of addresses alone."""
    names = [inside(code, count) for code, count in dict(counts).items()]
    told = area_coverage(names, COVERAGE)
    table = {code: group.share for group in STREETS for code in group.codes}
    assert all(one.share == table[one.code] for one in told.streets)
    if told.share is not None:
        assert min(one.share for one in told.streets) <= told.share <= max(table[one.code] for one in names)
