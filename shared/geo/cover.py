"""Which ranges of cells to read for an area, and which of the cells read are meant.

Both look at `Area.reach`, the shape grown by the radius of a cell, so they cannot disagree: whatever the
ranges are, the cells kept are exactly those whose centre lies in the reach.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import h3
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shared.geo import cells
from shared.geo.cells import CELL_RADIUS_M, RESOLUTION, Range, Ranks
from shared.geo.plane import METRES_PER_DEGREE, Plane
from shared.geo.shapes import Area

Runs = NDArray[np.uint64]  # rows first, last: inclusive ranks at resolution 13

FINE_RANGES = 1024  # they hold 1.02 to 1.05 times the cells of a gmina, a street or a dozen villages
# One resolution finer has 2.6 times as many: of those beyond FINE_RANGES the work would be merged away.
ENOUGH = FINE_RANGES // 2
# A coarser cell's corners, and all places in its descendants, stay within this times the radius of a cell
# of resolution 13 x sqrt(7) per coarser resolution (measured in Poland: 1.015 and 1.065).
PROTRUSION = 1.075


def disc_radius(resolution: int) -> float:
    """Metres about a cell's centre that hold every place in its descendants."""
    return float(PROTRUSION * CELL_RADIUS_M * 7 ** ((RESOLUTION - resolution) / 2))


@dataclass(frozen=True)
class _Shape:
    """The reach in a plane that holds for the start cells too, prepared for many questions."""

    plane: Plane
    interior: BaseGeometry
    border: BaseGeometry

    @classmethod
    def of(cls, reach: BaseGeometry, margin_m: float) -> _Shape:
        plane = Plane.of(reach, margin_m)
        interior = plane.project(reach)
        border = interior.boundary
        shapely.prepare([interior, border])
        return cls(plane, interior, border)

    def classify(self, ranks: Ranks, resolution: int) -> tuple[Ranks, Ranks]:
        """The cells wholly inside, and those that the border may cross."""
        lat_lng = cells.index_centres(cells.index_of(ranks, resolution))
        xy = lat_lng[:, ::-1] * self.plane.metres
        crossed = shapely.dwithin(self.border, shapely.points(xy), disc_radius(resolution))
        rest = np.flatnonzero(~crossed)
        inside = rest[shapely.contains_xy(self.interior, xy[rest])]
        return ranks[inside], ranks[crossed]


def _start(reach: BaseGeometry) -> tuple[int, Ranks]:
    """Coarse cells that hold the whole reach: cells about as large as it, and two rings of neighbours.

    Poland is far from H3's twelve pentagons, whose missing children need not be known then.
    """
    west, south, east, north = reach.bounds
    radius = METRES_PER_DEGREE * np.hypot(east - west, north - south) / 2
    resolution = RESOLUTION
    while resolution > 0 and disc_radius(resolution) < radius:
        resolution -= 1
    middle = h3.latlng_to_cell((south + north) / 2, (west + east) / 2, resolution)
    around = [int(cell, 16) for cell in h3.grid_disk(middle, 2) if not h3.is_pentagon(cell)]
    return resolution, cells.rank_of(np.array(around, dtype=np.uint64), resolution)


def _runs(found: Sequence[tuple[Ranks, int]]) -> Runs:
    """Cells of several resolutions as disjoint runs, neighbours merged."""
    bounds = [np.stack(cells.descendants(ranks, resolution), axis=1) for ranks, resolution in found]
    runs = np.concatenate(bounds)
    runs = runs[np.argsort(runs[:, 0])]
    starts = np.flatnonzero(np.append(True, runs[1:, 0] > runs[:-1, 1] + np.uint64(1)))
    ends = np.append(starts[1:], len(runs)) - 1
    return np.stack([runs[starts, 0], runs[ends, 1]], axis=1)


def _close_gaps(runs: Runs, most: int = FINE_RANGES) -> Runs:
    """At most `most` runs: the smallest gaps are read too."""
    if len(runs) <= most:
        return runs
    gaps = runs[1:, 0] - runs[:-1, 1]
    kept = np.sort(np.argsort(gaps, kind="stable")[len(gaps) - (most - 1) :])
    firsts = np.append(runs[:1, 0], runs[kept + 1, 0])
    lasts = np.append(runs[kept, 1], runs[-1:, 1])
    return np.stack([firsts, lasts], axis=1)


def _descend(reach: BaseGeometry) -> Runs:
    """Runs that hold every cell with its centre in the reach, refined until there are ENOUGH."""
    resolution, crossed = _start(reach)
    shape = _Shape.of(reach, 4 * disc_radius(resolution))
    sure: list[tuple[Ranks, int]] = []
    runs = _runs([(crossed, resolution)])
    while resolution < RESOLUTION and len(runs) < ENOUGH:
        resolution += 1
        inside, crossed = shape.classify(cells.children(crossed), resolution)
        sure.append((inside, resolution))
        runs = _runs([*sure, (crossed, resolution)])
    return runs


def ranges_for(area: Area) -> list[Range]:
    """The cover: ranges that fit the area closely, more than anybody would read one by one.

    Inclusive, disjoint, in string order, at most FINE_RANGES: every cell that `matcher` keeps, and some
    about it. Which of them to read as one depends on where people live (services.audience.survey_ranges).
    """
    return ranges_within(area.reach)


def ranges_within(reach: BaseGeometry) -> list[Range]:
    """As ranges_for, of all cells with their centre in a shape."""
    return list(_ranges_within(reach))


@lru_cache(maxsize=8)  # some 150 KB each; of one alert each channel and each round asks
def _ranges_within(reach: BaseGeometry) -> tuple[Range, ...]:
    runs = _close_gaps(_descend(reach))
    return tuple(zip(cells.strings(runs[:, 0]), cells.strings(runs[:, 1]), strict=True))


def matcher(area: Area) -> Callable[[Sequence[str]], NDArray[np.bool_]]:
    """The exact filter: which of some cells have their centre in the area's reach.

    Every place in the area is kept; a place kept in error lies within 8.4 m of the border. Several threads
    may ask, one after the other: a prepared shape of GEOS is not theirs at once (libgeos/geos#825), and
    shapely lets go of the interpreter's lock. Tried so, it broke the memory of the process now and then.
    """
    return _centres_in(area.reach)


def core_matcher(area: Area) -> Callable[[Sequence[str]], NDArray[np.bool_]]:
    """The other way round, for what is taken out: only cells of which every place is in the area."""
    return _centres_in(area.core)


def _centres_in(shape: BaseGeometry) -> Callable[[Sequence[str]], NDArray[np.bool_]]:
    turn = Lock()
    shapely.prepare(shape)

    def matches(some: Sequence[str]) -> NDArray[np.bool_]:
        lat, lng = cells.centres(some)
        with turn:
            kept: NDArray[np.bool_] = shapely.contains_xy(shape, lng, lat)
        return kept

    return matches
