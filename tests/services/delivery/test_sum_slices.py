"""Places of an alert are few and add up, however large its area."""

from __future__ import annotations

import h3
from hypothesis import given
from hypothesis import strategies as st

from shared.services.delivery.sum_slices import MOST_PLACES, few_places

POLAND = st.tuples(st.floats(49, 54.9), st.floats(14.1, 24.2))
PLACES = st.dictionaries(
    POLAND.map(lambda point: h3.latlng_to_cell(*point, 7)), st.integers(1, 50), max_size=300
)


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
