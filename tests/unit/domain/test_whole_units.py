"""A place that is a whole village or gmina: which units may be one, and what stands for its cell."""

from __future__ import annotations

import pytest

from shared.domain.area_parts import Level
from shared.domain.whole_units import EVERY_WHOLE, WholeUnit, is_whole
from shared.geo.cells import EVERYWHERE


@pytest.mark.parametrize(
    ("level", "code", "cell"),
    [("locality", "0327340", "=0327340"), ("gmina", "1209033", "=120903"), ("gmina", "120903", "=120903")],
)
def test_a_unit_has_one_cell_however_it_was_written(level, code, cell):
    unit = WholeUnit.of(level, code)
    assert (unit.level, unit.cell) == (Level(level), cell)
    assert is_whole(cell)
    assert EVERYWHERE[1] < EVERY_WHOLE[0] <= cell <= EVERY_WHOLE[1]


@pytest.mark.parametrize(
    ("level", "code"),
    [
        ("street", "0951617:01014"), ("powiat", "1209"), ("gmina", "12090"), ("gmina", "12090333"),
        ("locality", "120903"), ("locality", "032734a"), ("locality", "٠٣٢٧٣٤٠"), ("village", "0327340"),
    ],
)  # fmt: skip
def test_nothing_else_is_one(level, code):
    with pytest.raises(ValueError, match=level):
        WholeUnit.of(level, code)


def test_a_cell_is_none():
    assert not is_whole("8d1e2adb5a1d93f")
