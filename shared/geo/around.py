"""A circle about a point: "here, where I stand"."""

from __future__ import annotations

from shapely.geometry import Point

from shared.errors import InvalidArea
from shared.geo.plane import Plane
from shared.geo.shapes import Area, grown


def around(lat: float, lng: float, metres: float) -> Area:
    """Everything within `metres` of the point, and hardly more; degrees. Raises InvalidArea below a metre."""
    point = Point(lng, lat)
    area = Area.of(grown(point, Plane.of(point, metres), metres))
    if area is None:
        raise InvalidArea("area-empty")
    return area
