"""Whether an area can be used by a municipality: a valid shape, inside its boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import FieldError, InvalidArea, InvalidInput, NotFound
from shared.ports import MunicipalityStore

if TYPE_CHECKING:
    from shared.geo.read_area import ReadArea
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


def check_area(geojson: object, boundary: Area, pointer: str = "/area") -> ReadArea:
    """The area of a request (decoded GeoJSON, or its text), with what was mended and left out of it.

    Raises InvalidInput, with the part that lies inside, if any.
    """
    from shared.geo.read_area import read_area

    read = read_area(geojson, pointer)
    check_inside(read.area, boundary, pointer)
    return read


def check_inside(
    area: Area, boundary: Area, pointer: str = "/area", tolerance_m: float = TOLERANCE_M
) -> None:
    """Raises InvalidInput, with the part that lies inside, if any and not too dear to work out."""
    from shared.geo.shapes import clip, vertices, within

    if vertices(area) > MOST_CLIPPED:
        if within(area, boundary, tolerance_m):
            return
        raise InvalidInput([FieldError(pointer, "area-outside")])
    inside = clip(area, boundary)
    if inside is None:  # also a strip along the border, within the tolerance and with nobody of ours in it
        raise InvalidInput([FieldError(pointer, "area-elsewhere")])
    if within(area, boundary, tolerance_m):
        return
    raise InvalidInput([FieldError(pointer, "area-outside")], inside=inside.geojson())
