"""What staff draw or upload as one area, with what was mended or left out of it told.

Codes of InvalidArea (with `at`, the path inside the GeoJSON, where there is one):
area-not-geojson, area-wrong-type (type), area-nested-collection, area-coordinates, area-not-finite,
area-too-many-vertices (most; crossings count), area-empty, area-ring-short, area-swapped,
area-system (system), area-outside-poland (lng, lat), area-self-crossing (lng, lat),
area-hole-outside (lng, lat), area-too-small (least, square metres), area-all-excluded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from shared.entry_rules import rules
from shared.errors import FieldError, InvalidArea
from shared.geo import exclusions, geojson
from shared.geo.crossings import check_crossings
from shared.geo.faults import Fault
from shared.geo.geojson import Outline
from shared.geo.reference_systems import system_of
from shared.geo.repair import repaired
from shared.geo.shapes import LEAST_AREA_M2, Area, square_metres

MOST_NOTES = 20


@dataclass(frozen=True)
class ReadArea:
    """`notes` say what was mended and left out, in the order of the GeoJSON."""

    area: Area
    notes: Sequence[FieldError]


@dataclass(frozen=True)
class _Part:
    outline: Outline
    geometry: BaseGeometry
    changed_m2: float | None = None  # of one that was repaired


def parse_area(value: object, pointer: str = "/area") -> Area:
    """The area a client sent: decoded GeoJSON or its text. Raises InvalidArea, at `pointer`."""
    return read_area(value, pointer).area


def read_area(value: object, pointer: str = "/area") -> ReadArea:
    """As parse_area, with its notes.

    Polygons that overlap become one; of a ring that crosses itself only what is no guess is mended.
    """
    try:
        reading = geojson.read(geojson.decoded(value) if isinstance(value, str) else value)
        parts = _parts(reading.outlines)
        area, told = _together(parts)
    except Fault as fault:
        raise InvalidArea(fault.code, pointer=pointer, **fault.params) from None
    notes = [*_left_out(reading.left_out, pointer), *_mended(parts, pointer)]
    notes += [FieldError(pointer, one.code, one.params) for one in told]
    return ReadArea(area, notes[:MOST_NOTES])


def _parts(outlines: Sequence[Outline]) -> list[_Part]:
    _check_in_poland(np.concatenate([ring for one in outlines for ring in one.rings]))
    parts = [_part(one) for one in outlines]
    check_crossings([one.rings for one in outlines])
    return parts


def _together(parts: Sequence[_Part]) -> tuple[Area, Sequence[Fault]]:
    """What is excluded is taken out of all that lies there, whichever part it was drawn in."""
    wanted = [part.geometry for part in parts if not part.outline.excluded]
    out = [part.geometry for part in parts if part.outline.excluded]
    drawn = shapely.union_all(exclusions.cut(wanted))
    area = Area.of(shapely.difference(drawn, shapely.union_all(out)) if out else drawn)
    if area is None:
        raise Fault("area-all-excluded") if out else Fault("area-too-small", least=LEAST_AREA_M2)
    if shapely.count_coordinates(area.geometry) > geojson.MOST_VERTICES:  # polygons that cross add corners
        raise Fault("area-too-many-vertices", most=geojson.MOST_VERTICES)
    holes = [hole for geometry in wanted for hole in exclusions.holes_of(geometry)]
    return area, exclusions.without_effect([*out, *holes], drawn)


def _part(outline: Outline) -> _Part:
    polygon = Polygon(outline.rings[0], outline.rings[1:])
    if square_metres(polygon.convex_hull) < LEAST_AREA_M2:
        raise Fault("area-too-small", least=LEAST_AREA_M2, at=outline.at)
    if polygon.is_valid:
        return _Part(outline, polygon)
    mended = repaired(outline.rings)
    if mended is None:
        raise _invalidity(polygon, outline.at)
    return _Part(outline, mended.geometry, mended.changed_m2)


def _invalidity(polygon: Polygon, at: str) -> Fault:
    """GEOS names the fault and, in brackets, a place: "Self-intersection[19.9 49.8]"."""
    reason = shapely.is_valid_reason(polygon)
    where = re.search(r"\[(\S+) (\S+)\]", reason)
    lng, lat = (float(where[1]), float(where[2])) if where else polygon.exterior.coords[0]
    code = "area-hole-outside" if reason.startswith(("Hole", "Nested")) else "area-self-crossing"
    return Fault(code, lng=round(lng, 7), lat=round(lat, 7), at=at)


def _check_in_poland(points: NDArray[np.float64]) -> None:
    outside = _outside_poland(points)
    if not outside.any():
        return
    if not _outside_poland(points[:, ::-1]).any():
        raise Fault("area-swapped")
    lng, lat = points[int(np.argmax(outside))].tolist()
    if system := system_of(lng, lat):
        raise Fault("area-system", system=system)
    raise Fault("area-outside-poland", lng=lng, lat=lat)


def _outside_poland(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    limits = rules()["places"]["poland"]
    lng, lat = points[:, 0], points[:, 1]
    west_east: NDArray[np.bool_] = (lng < limits["west"]) | (lng > limits["east"])
    south_north: NDArray[np.bool_] = (lat < limits["south"]) | (lat > limits["north"])
    return west_east | south_north


def _number(at: str) -> int:
    """Of the element or part at a path, as people count."""
    found = re.search(r"/(?:features|geometries|coordinates)/(\d+)", at)
    return int(found[1]) + 1 if found else 1


def _left_out(faults: Sequence[Fault], pointer: str) -> Iterator[FieldError]:
    for fault in faults:
        at = str(fault.params["at"])
        place: dict[str, str | int | float] = {"at": at, "number": _number(at)}
        if fault.code == "area-wrong-type":
            yield FieldError(pointer, "area-left-type", {**place, "type": fault.params["type"]})
        else:
            yield FieldError(pointer, "area-left-empty", place)


def _mended(parts: Sequence[_Part], pointer: str) -> Iterator[FieldError]:
    for part in parts:
        at = part.outline.at
        place: dict[str, str | int | float] = {"at": at, "number": _number(at)}
        if part.outline.was_open:
            yield FieldError(pointer, "area-closed", place)
        if part.changed_m2 is not None:
            yield FieldError(pointer, "area-repaired", {**place, "metres": round(part.changed_m2, 1)})
