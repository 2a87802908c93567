"""Cells: their order, and the arithmetic that replaces walking over them."""

from __future__ import annotations

import h3
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.geo import cells

places = st.tuples(st.floats(49.0, 54.9), st.floats(14.1, 24.2))
two_places = st.tuples(places, places)


@settings(deadline=None)
@given(places)
def test_cell_of_is_h3_at_resolution_13(place):
    assert cells.cell_of(*place) == h3.latlng_to_cell(*place, 13)
    assert cells.is_place_cell(cells.cell_of(*place))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8d1f53a",
        "not a cell at a",
        h3.latlng_to_cell(50, 20, 12),
        h3.latlng_to_cell(50, 20, 13).upper(),
        "0x" + h3.latlng_to_cell(50, 20, 13)[2:],
        h3.latlng_to_cell(50, 20, 13) + " ",
        "8d7ffffffffffff",
    ],
)
def test_is_place_cell_refuses_what_cell_of_never_writes(text):
    assert not cells.is_place_cell(text)


@settings(deadline=None)
@given(st.lists(places, min_size=1, max_size=20))
def test_strings_and_ranks_convert_both_ways(some):
    names = [cells.cell_of(*place) for place in some]
    assert cells.strings(cells.ranks(names)) == names


@settings(deadline=None)
@given(two_places)
def test_ranks_have_the_order_of_the_strings(pair):
    one, other = (cells.cell_of(*place) for place in pair)
    rank_one, rank_other = cells.ranks([one, other]).tolist()
    assert (one < other) == (rank_one < rank_other)


@settings(deadline=None)
@given(places, st.integers(0, 12))
def test_descendants_of_a_coarser_cell_are_one_range(place, resolution):
    cell = cells.cell_of(*place)
    coarse = np.array([int(h3.cell_to_parent(cell, resolution), 16)], dtype=np.uint64)
    first, last = cells.descendants(cells.rank_of(coarse, resolution), resolution)
    lo, hi = cells.strings(np.append(first, last))
    assert lo <= cell <= hi
    assert h3.cell_to_parent(lo, resolution) == h3.cell_to_parent(hi, resolution) == f"{coarse[0]:x}"
    assert lo == h3.cell_to_center_child(f"{coarse[0]:x}", 13)
    assert int(last[0] - first[0]) + 1 == h3.cell_to_children_size(f"{coarse[0]:x}", 13)


@settings(deadline=None)
@given(places, st.integers(1, 11))
def test_children_are_those_of_h3(place, resolution):
    parent = h3.latlng_to_cell(*place, resolution)
    rank = cells.rank_of(np.array([int(parent, 16)], dtype=np.uint64), resolution)
    indexes = cells.index_of(cells.children(rank), resolution + 1)
    assert [f"{index:x}" for index in indexes.tolist()] == sorted(h3.cell_to_children(parent))


def test_centres_are_those_of_h3():
    some = [cells.cell_of(50.0, 20.0), cells.cell_of(54.0, 18.5)]
    lat, lng = cells.centres(some)
    assert list(zip(lat, lng, strict=True)) == [h3.cell_to_latlng(cell) for cell in some]
    assert [len(column) for column in cells.centres([])] == [0, 0]


@settings(deadline=None)
@given(two_places, st.integers(1, 40))
def test_split_gives_contiguous_ranges_that_make_up_the_whole(pair, parts):
    lo, hi = sorted(cells.cell_of(*place) for place in pair)
    ranges = cells.split(lo, hi, parts)
    bounds = cells.ranks([bound for both in ranges for bound in both]).reshape(-1, 2)
    assert (ranges[0][0], ranges[-1][1]) == (lo, hi)
    assert 1 <= len(ranges) <= parts
    assert (bounds[1:, 0] == bounds[:-1, 1] + np.uint64(1)).all()
    widths = bounds[:, 1] - bounds[:, 0] + np.uint64(1)
    assert int(widths.max() - widths.min()) <= 1


def test_split_of_one_cell_is_itself():
    cell = cells.cell_of(50.0, 20.0)
    assert cells.split(cell, cell, 5) == [(cell, cell)]


@pytest.mark.parametrize("parts", [1, 2, 7, 50])
def test_what_was_split_is_merged_again(parts):
    first = cells.ranks([cells.cell_of(49.83, 19.93)])
    lo, hi = cells.strings(np.concatenate([first, first + np.uint64(9999)]))
    pieces = cells.split(lo, hi, parts)
    assert cells.touching_merged(pieces) == ((lo, hi),)
    if parts == 50:
        assert cells.touching_merged(pieces[:10] + pieces[11:]) == ((lo, pieces[9][1]), (pieces[11][0], hi))


def test_ranges_with_a_single_cell_between_stay_apart():
    first = int(cells.ranks([cells.cell_of(49.83, 19.93)])[0])
    names = cells.strings(np.arange(first, first + 5, dtype=np.uint64))
    ranges = [(names[0], names[1]), (names[2], names[2]), (names[4], names[4])]
    assert cells.touching_merged(ranges) == ((names[0], names[2]), (names[4], names[4]))
