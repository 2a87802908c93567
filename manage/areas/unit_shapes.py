"""The shapes of streets and localities from their houses.

A street is a corridor along its houses in the order of their numbers, each side for itself; a locality what
lies about its houses. Both end at the border of the municipality. They mean places of which no address is
known; whoever has one is meant by its code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shared.domain.house_numbers import house_number
from shared.domain.search.gazetteer import House, Houses
from shared.geo.plane import Plane
from shared.geo.shapes import Area

STREET_M = 35.0  # from a house to the edge of its street's shape: its garden, hardly the next street
LOCALITY_M = 100.0
SPOT_M = 40.0
NEIGHBOURS_M = 120.0  # farther apart, two houses are not joined: a street may begin anew beyond a field
HOLE_M2 = 100_000.0  # of a locality: a pond or a park within it belongs to it
MOST_CORNERS = 200
SIMPLER_M = (2.0, 4.0, 8.0, 15.0)  # less than half of what a shape reaches beyond its houses


class UnitShapes:
    """Of one municipality; `boundary` cuts them off."""

    def __init__(self, boundary: Area | None) -> None:
        self._boundary = boundary
        if boundary is not None:
            shapely.prepare(boundary.geometry)

    def street(self, houses: Houses) -> str | None:
        """GeoJSON text, None without houses."""
        if not houses.listed:
            return None
        plane = _plane(houses.listed)
        lines = [line for side in _sides(houses.listed) for line in _lines(plane, side)]
        about = shapely.buffer([*_points(plane, houses.listed).geoms, *lines], 1.5 * STREET_M, quad_segs=2)
        return self._text(plane, shapely.union_all(about).buffer(-0.5 * STREET_M, quad_segs=2))

    def locality(self, rows: Iterable[Houses]) -> str | None:
        houses = [house for row in rows for house in row.listed]
        if not houses:
            return None
        plane = _plane(houses)
        spots = shapely.points(
            _thinned(np.array([(house.lon, house.lat) for house in houses]) * plane.metres)
        )
        about = shapely.union_all(shapely.buffer(spots, 1.5 * LOCALITY_M, quad_segs=2)).buffer(
            -0.5 * LOCALITY_M, quad_segs=2
        )
        return self._text(plane, shapely.union_all([_filled(one) for one in shapely.get_parts(about)]))

    def _text(self, plane: Plane, shape: BaseGeometry) -> str | None:
        for metres in SIMPLER_M:
            simple = shapely.simplify(shape, metres)
            if shapely.count_coordinates(simple) <= MOST_CORNERS:
                break
        whole = Area.of(plane.unproject(simple))
        found = whole if whole is None or self._boundary is None else self._clipped(whole, self._boundary)
        return None if found is None else found.text()

    def _clipped(self, area: Area, boundary: Area) -> Area:
        """All of it where the register's houses lie beyond the register's own border."""
        if boundary.geometry.contains(area.geometry):
            return area
        return Area.of(shapely.intersection(area.geometry, boundary.geometry)) or area


def _plane(houses: Sequence[House]) -> Plane:
    return Plane.at(max(house.lat for house in houses))


def _points(plane: Plane, houses: Sequence[House]) -> shapely.MultiPoint:
    return plane.project(shapely.MultiPoint([(house.lon, house.lat) for house in houses]))


def _thinned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """One for each square of SPOT_M: of a town's thousands of houses most lie about the same spots."""
    spots: NDArray[np.float64] = np.unique(np.round(points / SPOT_M), axis=0) * SPOT_M
    return spots


def _sides(houses: Sequence[House]) -> list[list[House]]:
    """Odd and even, each in the order of the numbers; what has no number stands beside both."""
    sides: tuple[list[House], list[House]] = ([], [])
    for house in houses:
        known = house_number(house.number)
        if known is not None:
            sides[known.first[0] % 2].append(house)
    return [sorted(side, key=_first) for side in sides if len(side) > 1]


def _first(house: House) -> tuple[int, int, str, int, str]:
    known = house_number(house.number)
    return known.first if known is not None else (0, 0, "", 0, "")


def _lines(plane: Plane, side: Sequence[House]) -> list[BaseGeometry]:
    """Through houses in their order; cut where two of them are far apart."""
    points = np.array([(house.lon, house.lat) for house in side]) * plane.metres
    steps = np.hypot(*np.diff(points, axis=0).T)
    runs = np.split(points, np.flatnonzero(steps > NEIGHBOURS_M) + 1)
    return [shapely.LineString(run) for run in runs if len(run) > 1]


def _filled(polygon: BaseGeometry) -> BaseGeometry:
    rings = shapely.get_rings(polygon)
    holes = [ring for ring in rings[1:] if shapely.Polygon(ring).area > HOLE_M2]
    return shapely.Polygon(rings[0], holes)
