"""Few counts tell where people live, and which ranges may be read as one."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from shared.geo.cells import cell_of, ranks, strings
from shared.geo.shapes import Area
from shared.services.audience.match_area import AreaMatch, read_ranges
from shared.services.audience.survey_ranges import (
    FAR,
    GROUPS,
    Part,
    count_parts,
    exact,
    fitting,
    survey,
    together,
)
from tests.fakes.audience import FakeAudienceStore
from tests.services.audience.test_measure_reach import IndexedAudience
from tests.services.delivery_world import AREA, EAST, NORTH, SOUTH, WEST, resident

RANGES = AreaMatch(Area.from_text(AREA)).ranges()


class CountingAudience(IndexedAudience):
    def __init__(self) -> None:
        super().__init__()
        self.counts = 0
        self.counted = 0

    def count(self, lo, hi, read_time, code=None):
        found = super().count(lo, hi, read_time, code)
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


# ---- Ranges of a few cells, by their numbers

FIRST = int(ranks([cell_of(49.83, 19.93)])[0])


def row(*bounds):
    """Ranges from one cell to another, by number: (0, 3), (7, 7), ..."""
    numbers = [FIRST + number for one in bounds for number in one]
    names = strings(np.array(numbers, dtype=np.uint64))
    return tuple(zip(names[::2], names[1::2], strict=True))


class Row(FakeAudienceStore):
    """So many live in the cells of these numbers; counts are asked for by several threads."""

    def __init__(self, **people):
        super().__init__()
        self.people = {int(cell.lstrip("c")): count for cell, count in people.items()}
        self.asked: list[tuple[int, int]] = []

    def count(self, lo, hi, read_time, code=None):
        first, last = (int(rank) - FIRST for rank in ranks([lo, hi]))
        self.asked.append((first, last))
        return sum(count for cell, count in self.people.items() if first <= cell <= last)


def numbers(found):
    return [tuple(int(rank) - FIRST for rank in ranks(one)) for one in found]


def test_a_part_knows_its_hull_its_gaps_and_what_would_be_read_in_vain():
    part = Part(row((0, 3), (6, 6), (8, 9)), 20)
    assert numbers([part.hull]) == [(0, 9)]
    assert (part.gaps, part.density, part.waste) == ([2, 1], 2.0, 6.0)
    assert not part.is_cell
    assert Part(row((5, 5)), 9).is_cell


def test_groups_are_counted_over_their_hulls_and_those_with_nobody_left_out():
    audience = Row(c1=2, c5=4, c20=1)
    parts = count_parts(audience, [row((0, 2), (6, 7)), row((10, 12)), row((20, 20))], None)
    assert parts == [Part(row((0, 2), (6, 7)), 6), Part(row((20, 20)), 1)]
    assert sorted(audience.asked) == [(0, 7), (10, 12), (20, 20)]


def test_exact_parts_have_one_range_each_and_only_what_was_several_is_counted_again():
    audience = Row(c1=2, c5=4, c7=3)
    parts = [Part(row((20, 29)), 5), Part(row((0, 2), (4, 4), (6, 7)), 9)]
    assert exact(audience, parts, None) == [
        Part(row((20, 29)), 5),
        Part(row((0, 2)), 2),
        Part(row((6, 7)), 3),
    ]
    assert sorted(audience.asked) == [(0, 2), (4, 4), (6, 7)]


def test_what_fits_stays_and_a_larger_part_is_halved_until_each_piece_fits():
    audience = Row(c0=3, c1=3, c2=3, c3=3, c20=9)
    small, cell = Part(row((30, 39)), 4), Part(row((20, 20)), 9)
    fit = fitting(audience, [small, Part(row((0, 3)), 12), cell], 6, None)
    assert fit[:2] == [small, cell]
    assert all(part.within == row((0, 3))[0] for part in fit[2:])
    assert numbers(part.hull for part in fit[2:]) == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert fitting(audience, [small], 4, None) == [small]


def test_a_part_of_several_ranges_is_parted_into_them_first():
    audience = Row(c0=5, c4=5)
    fit = fitting(audience, [Part(row((0, 1), (4, 5)), 10)], 5, None)
    assert fit == [Part(row((0, 1)), 5), Part(row((4, 5)), 5)]


def test_neighbours_cut_from_one_range_are_read_as_one_and_others_are_not():
    (whole,) = row((0, 9))
    cut = [Part(row(one), 1, within=whole) for one in ((0, 1), (5, 6), (8, 9))]
    others = [Part(row((20, 21), (25, 25)), 1), Part(row((30, 30)), 1)]
    assert numbers(together([*cut, *others])) == [(0, 9), (20, 21), (25, 25), (30, 30)]
    (elsewhere,) = row((4, 9))
    assert numbers(together([cut[0], replace(cut[1], within=elsewhere)])) == [(0, 1), (5, 6)]
    assert together([]) == ()


def test_ranges_far_apart_are_counted_apart_and_those_nearer_together():
    own = 4  # cells in the ranges below
    for gap, hulls in ((FAR * own, [(0, 83)]), (FAR * own + 1, [(0, 1), (83, 84)])):
        audience = Row(c0=1, c1=1)
        audience.people[gap + 2] = 1
        survey(audience, row((0, 1), (gap + 2, gap + 3)), None)
        assert sorted(audience.asked) == hulls


def test_where_many_live_in_a_gap_it_is_not_read():
    audience = Row(c0=50, c9=50, c4=900)
    assert [numbers(part.ranges) for part in survey(audience, row((0, 0), (9, 9)), None)] == [
        [(0, 0)],
        [(9, 9)],
    ]


def test_where_nobody_lives_in_a_wide_gap_the_ranges_are_read_as_one():
    audience = Row(c0=500, c9=500)
    parts = survey(audience, row((0, 0), (9, 9)), None)
    assert numbers(together(parts)) == [(0, 9)]
    assert [part.count for part in parts] == [500, 500]


def test_a_gap_with_hardly_anybody_is_read_too():
    audience = Row(c0=500, c9=500, c4=20)
    (part,) = survey(audience, row((0, 0), (9, 9)), None)
    assert (numbers(part.ranges), part.count) == ([(0, 9)], 1020)


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
