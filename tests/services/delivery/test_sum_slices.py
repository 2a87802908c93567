"""Places of an alert are few and add up, however large its area."""

from __future__ import annotations

import h3
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.delivery import Handed, Slice
from shared.domain.statistics import Neighbourhood, PlatformFigures
from shared.services.delivery.sum_slices import COARSEST, MOST_PLACES, few_places, sum_slices

POLAND = st.tuples(st.floats(49, 54.9), st.floats(14.1, 24.2))
PLACES = st.dictionaries(
    POLAND.map(lambda point: h3.latlng_to_cell(*point, 7)), st.integers(1, 50), max_size=300
)


def near(cell, accepted):
    lat, lng = h3.cell_to_latlng(cell)
    return Neighbourhood(cell, round(lat, 4), round(lng, 4), accepted)


def test_the_figures_of_a_delivery_are_those_of_its_slices():
    here, there = (h3.latlng_to_cell(*point, 7) for point in ((49.83, 19.94), (49.90, 20.05)))
    one = Slice(0, (), 9, devices=20, accepted=15, failed={"gone": 2, "cancelled": 3}, places={here: 15},
                kinds={"android": Handed(12, 10, 2), "ios": Handed(8, 5, 3)})  # fmt: skip
    other = Slice(1, (), 9, devices=11, accepted=9, failed={"gone": 2}, places={here: 2, there: 7},
                  kinds={"ios": Handed(10, 9, 1), "web": Handed(1, 0, 1)})  # fmt: skip
    found = sum_slices([one, other])
    assert (found.targeted, found.accepted, found.failed) == (31, 24, {"gone": 4, "cancelled": 3})
    assert found.by_kind == {
        "android": PlatformFigures(targeted=12, accepted=10, failed=2),
        "ios": PlatformFigures(targeted=18, accepted=14, failed=4),
        "web": PlatformFigures(targeted=1, failed=1),
    }
    assert found.places == (near(here, 17), near(there, 7))


def test_a_hundred_places_stay_as_they_are_and_one_more_is_taken_together_in_the_next_coarser_cells():
    cells = sorted(h3.grid_disk(h3.latlng_to_cell(49.83, 19.94, 7), 6))[: MOST_PLACES + 1]
    assert few_places(dict.fromkeys(cells[:-1], 6)) == dict.fromkeys(cells[:-1], 6)
    assert few_places(dict.fromkeys(cells, 6)) == {
        parent: 6 * sum(h3.cell_to_parent(cell, 6) == parent for cell in cells)
        for parent in {h3.cell_to_parent(cell, 6) for cell in cells}
    }


def test_cells_are_taken_together_no_further_than_the_coarsest():
    cells = {h3.latlng_to_cell(lat, lng, 7) for lat in range(-60, 60, 8) for lng in range(-170, 170, 20)}
    few = few_places(dict.fromkeys(cells, 1))
    assert len(few) > MOST_PLACES
    assert {h3.get_resolution(cell) for cell in few} == {COARSEST}


@given(PLACES)
def test_no_phone_is_lost_when_places_are_taken_together(phones):
    few = few_places(phones)
    assert sum(few.values()) == sum(phones.values())
    assert len(few) <= MOST_PLACES


@given(PLACES)
def test_all_places_shown_are_of_one_size(phones):
    assert len({h3.get_resolution(cell) for cell in few_places(phones)}) <= 1


def test_a_municipality_keeps_its_fine_cells():
    cells = dict.fromkeys(h3.grid_disk(h3.latlng_to_cell(49.83, 19.94, 7), 5), 6)
    assert len(cells) == 91
    assert few_places(cells) == cells
