"""A thousand random shapes against plain geometry: thin, tiny, concave, with holes, in parts, anywhere."""

from __future__ import annotations

import random
from bisect import bisect_right

import h3
import numpy as np
import pytest
import shapely

from shared.geo import cells
from shared.geo.cells import Range
from shared.geo.cover import matcher, ranges_for
from shared.geo.shapes import Area
from tests.unit.geo.test_cover import in_degrees, metres_outside, places_about, random_shape

BATCHES, SHAPES = 25, 40
PLACES = 40  # of each kind: anywhere, near the border, on a corner
FARTHEST_M = 8.4


def somewhere(rng: random.Random) -> tuple[float, float]:
    """Longitude and latitude; half of the time a corner of a coarse cell, where string order jumps most."""
    lng, lat = rng.uniform(14.5, 23.8), rng.uniform(49.3, 54.5)
    if rng.random() < 0.5:
        return lng, lat
    cell = h3.latlng_to_cell(lat, lng, rng.randint(3, 9))
    corner_lat, corner_lng = rng.choice(h3.cell_to_boundary(cell))
    return (corner_lng, corner_lat) if 14.5 < corner_lng < 23.8 and 49.3 < corner_lat < 54.5 else (lng, lat)


def held(ranges: list[Range], names: list[str]) -> np.ndarray:
    starts = [lo for lo, _ in ranges]
    return np.array([(at := bisect_right(starts, name)) > 0 and name <= ranges[at - 1][1] for name in names])


def faults(area: Area, lnglat: np.ndarray) -> list[str]:
    names = [cells.cell_of(lat, lng) for lng, lat in lnglat]
    kept = matcher(area)(names)
    meant = shapely.intersects_xy(area.geometry, lnglat[:, 0], lnglat[:, 1])
    extra = lnglat[kept & ~meant]
    found = {
        "a place in the area is missed": bool((meant & ~kept).any()),
        "a cell that is kept is not read": bool((kept & ~held(ranges_for(area), names)).any()),
        "a place far outside is kept": len(extra) > 0 and metres_outside(area, extra).max() > FARTHEST_M,
    }
    return [fault for fault, is_so in found.items() if is_so]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_random_shape_misses_a_place_or_strays_from_its_border(batch):
    wrong = []
    for number in range(batch * SHAPES, (batch + 1) * SHAPES):
        rng = random.Random(20_000 + number)
        area = in_degrees(random_shape(rng), somewhere(rng))
        places = places_about(area, np.random.default_rng(number), PLACES)
        wrong += [(number, fault) for fault in faults(area, places)]
    assert wrong == []
