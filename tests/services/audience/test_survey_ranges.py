"""Few counts tell where people live, and which ranges may be read as one."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from shared.services.audience.match_area import AreaMatch, read_ranges
from shared.services.audience.survey_ranges import GROUPS, exact, fitting, survey
from tests.services.audience.test_measure_reach import IndexedAudience
from tests.services.delivery_world import AREA, EAST, NORTH, SOUTH, WEST, resident

RANGES = AreaMatch.of_text(AREA).ranges()


class CountingAudience(IndexedAudience):
    def __init__(self) -> None:
        super().__init__()
        self.counts = 0
        self.counted = 0

    def count(self, lo, hi, read_time):
        found = super().count(lo, hi, read_time)
        self.counts += 1
        self.counted += found
        return found


def people(number: int, margin: float) -> CountingAudience:
    """Spread evenly over the area and so many degrees about it."""
    rng, audience = random.Random(2), CountingAudience()
    for name in range(number):
        lat = rng.uniform(SOUTH - margin, NORTH + margin)
        lng = rng.uniform(WEST - margin, EAST + margin)
        audience.put(*resident(f"u{name}", (lat, lng)))
    return audience


def read(audience, parts):
    return [entry.key for part in parts for entry in read_ranges(audience, part.ranges, None)]


def in_ranges(audience):
    return [entry.key for entry in read_ranges(audience, RANGES, None)]


def test_where_nobody_lives_about_the_area_it_is_read_with_few_queries():
    audience = people(3_000, margin=0)
    parts = survey(audience, RANGES, None)
    assert sum(len(part.ranges) for part in parts) <= GROUPS < len(RANGES)
    assert audience.counts < len(RANGES)
    assert set(read(audience, parts)) >= set(in_ranges(audience))


def test_in_a_dense_neighbourhood_ranges_stay_apart():
    audience = people(40_000, margin=0.005)
    parts = survey(audience, RANGES, None)
    assert sum(len(part.ranges) for part in parts) > 4 * GROUPS
    assert max(len(part.ranges) for part in parts) > 1


def test_people_far_from_the_area_are_not_counted():
    near, far = people(3_000, margin=0), people(3_000, margin=0)
    rng = random.Random(3)
    for name in range(5_000):
        far.put(*resident(f"far{name}", (rng.uniform(52, 54), rng.uniform(15, 22))))
    assert survey(near, RANGES, None) == survey(far, RANGES, None)
    assert far.counted == near.counted


@pytest.mark.parametrize("margin", [0, 0.0002, 0.0005, 0.001, 0.002, 0.005])
def test_what_is_read_in_vain_stays_a_small_share(margin):
    audience = people(6_000, margin)
    needed, found = set(in_ranges(audience)), read(audience, survey(audience, RANGES, None))
    assert set(found) >= needed
    assert len(found) == len(set(found))
    assert len(found) <= 1.1 * len(needed)


def test_a_handful_of_people_are_counted_once():
    audience = people(12, margin=0)
    (part,) = survey(audience, RANGES, None)
    assert (part.count, audience.counts) == (12, 1)
    assert len(part.ranges) <= 3


@pytest.mark.parametrize("number", [20, 60, 200])
def test_few_people_take_few_counts_and_queries(number):
    audience = people(number, margin=0)
    parts = survey(audience, RANGES, None)
    assert audience.counts <= 2 * GROUPS
    assert sum(len(part.ranges) for part in parts) <= 2 * GROUPS


def test_nobody_and_nothing_are_no_parts():
    assert survey(people(0, 0), RANGES, None) == []
    assert survey(people(5, 0), [], None) == []


@pytest.mark.parametrize("margin", [0, 0.02])
def test_parts_of_a_size_hold_the_same_places(margin):
    audience = people(8_000, margin)
    parts = survey(audience, RANGES, None)
    fit = fitting(audience, parts, 300, None)
    assert max(part.count for part in fit) <= 300
    assert set(read(audience, fit)) >= set(in_ranges(audience))
    assert len(read(audience, fit)) == len(set(read(audience, fit)))


def test_exact_parts_count_what_is_read():
    audience = people(12_000, margin=0.02)
    surveyed = survey(audience, RANGES, None)
    parts = exact(audience, surveyed, None)
    assert sum(part.count for part in parts) == len(read(audience, surveyed))
    assert all(one.hull[1] < other.hull[0] for one, other in pairwise(sorted(parts, key=lambda p: p.hull)))
