"""H3 cells of resolution 13: the precision at which a place is kept, and their order.

In string order all descendants of a coarser cell are one run, so a run of cells is a range query on one
field. Arithmetic goes over ranks: base cell, then the digits 1 to 13 in base 7, as numpy `uint64`. Strings
and ranks have the same order. (H3 docs, "Index inputs and layout": mode 1, four bits of resolution, seven
of base cell, fifteen digits of three bits, unused digits 7.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import h3
import numpy as np
from h3.api import basic_int
from numpy.typing import NDArray

Ranks = NDArray[np.uint64]
Range = tuple[str, str]  # inclusive, lo <= hi

RESOLUTION = 13
# From a cell's centre to its corners, in Poland: 4.193 m at most on WGS 84.
CELL_RADIUS_M = 4.2
EVERYWHERE: Range = ("8d000000000003f", "8df3b6db6db6dbf")  # all cells that there are
_FINEST = 15
_DIGIT_BITS = 3
_BASE_CELL_SHIFT = _FINEST * _DIGIT_BITS
_RESOLUTION_SHIFT = 52
_MODE_CELL = 1 << 59


def cell_of(lat: float, lng: float) -> str:
    """The cell of a place; degrees."""
    return str(h3.latlng_to_cell(lat, lng, RESOLUTION))


def cells_of(lat_lng: Iterable[tuple[float, float]]) -> list[str]:
    """Those of many places, in their order; degrees, latitude first."""
    return [f"{basic_int.latlng_to_cell(lat, lng, RESOLUTION):x}" for lat, lng in lat_lng]


def is_place_cell(text: str) -> bool:
    """Whether a client's text is what `cell_of` would write: valid, resolution 13, canonical lower case."""
    return (
        len(text) == 15
        and text == text.lower()
        and bool(h3.is_valid_cell(text))
        and h3.get_resolution(text) == RESOLUTION
    )


def _shift(resolution: int) -> np.uint64:
    return np.uint64(_DIGIT_BITS * (_FINEST - resolution))


def rank_of(indexes: Ranks, resolution: int = RESOLUTION) -> Ranks:
    """Ranks of H3 indexes, all of one resolution."""
    rank = (indexes >> np.uint64(_BASE_CELL_SHIFT)) & np.uint64(127)
    for level in range(1, resolution + 1):
        rank = rank * np.uint64(7) + ((indexes >> _shift(level)) & np.uint64(7))
    return rank


def index_of(ranks: Ranks, resolution: int = RESOLUTION) -> Ranks:
    """H3 indexes of ranks of one resolution; a coarser one has fewer digits."""
    index = np.full(ranks.shape, _MODE_CELL | (resolution << _RESOLUTION_SHIFT), dtype=np.uint64)
    rest = ranks
    for level in range(resolution, 0, -1):
        index |= (rest % np.uint64(7)) << _shift(level)
        rest = rest // np.uint64(7)
    for level in range(resolution + 1, _FINEST + 1):
        index |= np.uint64(7) << _shift(level)
    return index | (rest << np.uint64(_BASE_CELL_SHIFT))


def ranks(cells: Iterable[str]) -> Ranks:
    return rank_of(np.array([int(cell, 16) for cell in cells], dtype=np.uint64))


def strings(of_ranks: Ranks) -> list[str]:
    return [f"{index:x}" for index in index_of(of_ranks).tolist()]


def descendants(of_ranks: Ranks, resolution: int) -> tuple[Ranks, Ranks]:
    """First and last rank at resolution 13 below each rank of a coarser resolution."""
    width = np.uint64(7 ** (RESOLUTION - resolution))
    first = of_ranks * width
    return first, first + (width - np.uint64(1))


def children(of_ranks: Ranks) -> Ranks:
    """Ranks one resolution finer, in order."""
    finer: Ranks = np.add.outer(of_ranks * np.uint64(7), np.arange(7, dtype=np.uint64))
    return finer.ravel()


def index_centres(indexes: Ranks) -> NDArray[np.float64]:
    """Columns lat, lng in degrees of any H3 indexes."""
    degrees = chain.from_iterable(map(basic_int.cell_to_latlng, indexes.tolist()))
    return np.fromiter(degrees, np.float64, 2 * len(indexes)).reshape(-1, 2)


def centres(cells: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitudes and longitudes of the centres, degrees."""
    pairs = np.array([h3.cell_to_latlng(cell) for cell in cells], dtype=np.float64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def touching_merged(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """The same cells, in as few ranges as possible; `ranges` in order and disjoint."""
    bounds = ranks([bound for one in ranges for bound in one]).tolist()
    apart = [at for at in range(1, len(ranges)) if bounds[2 * at] > bounds[2 * at - 1] + 1]
    firsts, ends = [0, *apart], [*apart, len(ranges)]
    return tuple((ranges[first][0], ranges[end - 1][1]) for first, end in zip(firsts, ends, strict=True))


def neighbours(lo: str, hi: str) -> tuple[str, str]:
    """The cells just before and just behind a range, in the order of strings."""
    first, last = ranks([lo, hi])
    before, behind = strings(np.array([first - np.uint64(1), last + np.uint64(1)], dtype=np.uint64))
    return before, behind


def split(lo: str, hi: str, parts: int) -> list[Range]:
    """The range cut into up to `parts` contiguous ranges of nearly equal width, in order."""
    first, last = ranks([lo, hi]).tolist()
    width = last - first + 1
    parts = min(parts, width)
    starts = [first + width * part // parts for part in range(parts + 1)]
    los = strings(np.array(starts[:-1], dtype=np.uint64))
    his = strings(np.array([start - 1 for start in starts[1:]], dtype=np.uint64))
    return list(zip(los, his, strict=True))
