"""Whether an area can be used by a municipality: a valid shape, inside its boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import FieldError, InvalidArea, InvalidInput, NotFound
from shared.ports import MunicipalityStore

if TYPE_CHECKING:
    from shared.geo.shapes import Area

MOST_CLIPPED = 5_000  # vertices: a star of twice as many takes a second of CPU
TOLERANCE_M = 10.0  # the boundary as drawn on a base map and in the register differ by a few metres


def boundary_of(municipalities: MunicipalityStore, terc: str) -> Area:
    """Raises NotFound when the municipality has not been imported, or not rightly."""
    from shared.geo.shapes import Area

    text = municipalities.boundary(terc)
    if text is None:
        raise NotFound("municipality-not-ready", terc=terc)
    try:
        return Area.from_text(text)
    except InvalidArea as error:
        raise NotFound("municipality-not-ready", terc=terc) from error


def check_area(geojson: object, boundary: Area, pointer: str = "/area") -> Area:
    """The area of a request (decoded GeoJSON, or its text). Raises InvalidInput with `inside`."""
    from shared.geo.shapes import parse_area

    area = parse_area(geojson, pointer)
    check_inside(area, boundary, pointer)
    return area


def check_inside(area: Area, boundary: Area, pointer: str = "/area") -> None:
    """Raises InvalidInput, with the part that lies inside, if any and not too dear to work out."""
    from shared.geo.shapes import clip, vertices, within

    if within(area, boundary, TOLERANCE_M):
        return
    if vertices(area) > MOST_CLIPPED:
        raise InvalidInput([FieldError(pointer, "area-outside")])
    inside = clip(area, boundary)
    if inside is None:
        raise InvalidInput([FieldError(pointer, "area-elsewhere")])
    raise InvalidInput([FieldError(pointer, "area-outside")], inside=inside.geojson())
