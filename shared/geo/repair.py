"""An outline that touches or crosses itself, made valid where every reading of it gives the same area.

Exports round coordinates, and then rings touch themselves. Three readings are compared: even-odd, structure
(GEOS, MakeValid), and the area that the ring winds around; where they differ, what was meant is a guess.
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from shared.geo.crossings import is_tangled
from shared.geo.geojson import Rings
from shared.geo.plane import Plane
from shared.geo.shapes import polygons_of

_SHARE = 0.001  # of the area, by which readings may differ ...
_LEAST_M2, _MOST_M2 = 1.0, 100.0  # ... but within these


@dataclass(frozen=True)
class Repaired:
    geometry: BaseGeometry  # of polygons
    changed_m2: float  # the most by which the readings differ


def repaired(rings: Rings) -> Repaired | None:
    """None when the readings differ, or a hole leaves the outline."""
    if is_tangled(rings):
        return None
    plane = Plane.of(Polygon(rings[0]))
    readings = [_read(plane.project(Polygon(ring))) for ring in rings]
    if None in readings:
        return None
    outer, *holes = (one for one in readings if one is not None)
    if any(shapely.difference(hole.geometry, outer.geometry).area > _LEAST_M2 for hole in holes):
        return None
    out = shapely.union_all([hole.geometry for hole in holes])
    if sum(hole.geometry.area for hole in holes) - out.area > _LEAST_M2:  # one in another: an island, or not
        return None
    cut = shapely.difference(outer.geometry, out)
    return Repaired(plane.unproject(_whole(cut)), sum(one.changed_m2 for one in readings if one is not None))


def _read(ring: Polygon) -> Repaired | None:
    """A ring alone, in metres."""
    even_odd = _whole(shapely.make_valid(ring, method="linework"))
    structure = _whole(shapely.make_valid(ring, method="structure", keep_collapsed=False))
    differing = shapely.symmetric_difference(even_odd, structure).area
    differing = max(differing, abs(even_odd.area - ring.area))
    if differing > min(max(_LEAST_M2, _SHARE * even_odd.area), _MOST_M2):
        return None
    return Repaired(structure, differing)


def _whole(geometry: BaseGeometry) -> BaseGeometry:
    """Its polygons as one shape, without the lines and points that collapsed."""
    return shapely.union_all(polygons_of(geometry))
