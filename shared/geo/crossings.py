"""How often outlines cross, counted before anything is built of them: each crossing adds a corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shared.geo.faults import Fault
from shared.geo.geojson import MOST_VERTICES, Rings

MOST_OF_ONE = 1_000  # crossings of an outline with itself that are still looked into
_EDGES_AT_ONCE = 100  # whose crossings are looked for before the count is looked at
_MOST_CROSSED = 2 * MOST_VERTICES  # a crossing is met from both its edges
_MOST_MEETING = 1_000_000  # pairs of edges whose boxes meet; a city's 48 districts have some 6 to an edge

Edges = NDArray[np.float64]  # of each edge its two ends


def check_crossings(polygons: Sequence[Rings]) -> None:
    """Of different polygons, before the union, which takes hundreds of megabytes for some thousands.

    Pairs of edges whose boxes meet are bounded, too: polygons that all lie on each other have no crossing.
    Raises Fault.
    """
    if len(polygons) < 2:
        return
    owner = np.repeat(np.arange(len(polygons)), [sum(len(ring) - 1 for ring in rings) for rings in polygons])
    if _exceeded(_edges(polygons), owner, _MOST_CROSSED):
        raise Fault("area-too-many-vertices", most=MOST_VERTICES)


def cross_too_often(shapes: Sequence[BaseGeometry]) -> bool:
    """Of valid polygons and multipolygons, before one is put to another or taken out of it."""
    try:
        check_crossings([rings for shape in shapes if (rings := _rings(shape))])
    except Fault:
        return True
    return False


def is_tangled(rings: Rings) -> bool:
    """Whether an outline crosses itself so often that a repair would be dear, and a guess."""
    edges = _edges([rings])
    return _exceeded(edges, np.arange(len(edges)), 2 * MOST_OF_ONE)


def _rings(shape: BaseGeometry) -> Rings:
    lines = shapely.get_rings(shape)
    return [shapely.get_coordinates(line) for line in lines]


def _edges(polygons: Sequence[Rings]) -> Edges:
    return np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for rings in polygons for ring in rings])


def _exceeded(ends: Edges, owner: NDArray[np.int64], most: int) -> bool:
    met = crossed = 0
    for ours, others in _meeting(ends, owner):
        met += len(others)
        if met > _MOST_MEETING:
            return True
        crossed += int(_cross(ends[ours], ends[others]).sum())
        if crossed > most:
            return True
    return False


def _meeting(ends: Edges, owner: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Pairs of edges of different owners whose boxes meet, some at a time."""
    edges = np.asarray(shapely.linestrings(ends))
    tree = shapely.STRtree(edges)
    for start in range(0, len(edges), _EDGES_AT_ONCE):
        ours, others = tree.query(edges[start : start + _EDGES_AT_ONCE])
        foreign = owner[start + ours] != owner[others]
        yield start + ours[foreign], others[foreign]


def _cross(some: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Of pairs of edges: the ends of each lie on both sides of the other."""
    crossing: NDArray[np.bool_] = _parted(some, others) & _parted(others, some)
    return crossing


def _parted(edges: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the ends of the others lie on both sides of the line of an edge."""
    begin, along = edges[:, 0], edges[:, 1] - edges[:, 0]
    first, second = others[:, 0] - begin, others[:, 1] - begin
    sides = (along[:, 0] * side[:, 1] - along[:, 1] * side[:, 0] for side in (first, second))
    parted: NDArray[np.bool_] = np.multiply(*sides) < 0
    return parted
