"""Coarser H3 cells by their bits alone, for code that counts by place and needs no geometry.

H3 docs, "Index inputs and layout": four bits of resolution above seven of base cell, then fifteen digits of
three bits, the unused ones all ones.
"""

from __future__ import annotations

_RESOLUTION_SHIFT = 52
_FINEST = 15
_DIGIT_BITS = 3


def coarser(cell: str, resolution: int) -> str:
    """The ancestor of a cell at a coarser resolution, or the cell itself at its own."""
    unused = (1 << _DIGIT_BITS * (_FINEST - resolution)) - 1
    index = int(cell, 16) & ~(0xF << _RESOLUTION_SHIFT)
    return f"{index | resolution << _RESOLUTION_SHIFT | unused:x}"


def resolution_of(cell: str) -> int:
    return int(cell, 16) >> _RESOLUTION_SHIFT & 0xF


def centre(cell: str) -> tuple[float, float]:
    """Latitude and longitude of a cell's centre, degrees."""
    import h3

    lat, lng = h3.cell_to_latlng(cell)
    return lat, lng
