"""Ancestors by bits are the ancestors that H3 knows."""

from __future__ import annotations

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.geo.coarse import centre, coarser

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(POINTS, st.integers(0, 13))
def test_the_ancestor_is_that_of_h3(point, resolution):
    cell = h3.latlng_to_cell(*point, 13)
    assert coarser(cell, resolution) == h3.cell_to_parent(cell, resolution)


@given(POINTS, st.integers(0, 7))
def test_an_ancestors_ancestor_is_the_cells(point, resolution):
    cell = h3.latlng_to_cell(*point, 13)
    assert coarser(coarser(cell, 7), resolution) == coarser(cell, resolution)


def test_the_centre_lies_in_its_cell():
    cell = h3.latlng_to_cell(49.83, 19.94, 7)
    assert h3.latlng_to_cell(*centre(cell), 7) == cell
    assert centre(cell) == pytest.approx((49.83, 19.94), abs=0.02)
