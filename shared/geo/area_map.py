"""A small map of an area as paths for SVG: the area, the municipality's border about it, and a scale.

Drawn on the server, so that it is there without JavaScript and on paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from shared.geo.plane import Plane

WIDTH, HEIGHT = 640, 400  # of the drawing, in its own units
MARGIN = 0.18  # of the area's extent, on each side
LEAST_EXTENT_M = 240.0  # a single building is drawn with its surroundings
TOLERANCE = 0.8  # units by which a line may be simplified
BOUNDARY_TOLERANCE_M = 20.0
LONGEST_SCALE = 200  # units

Frame = tuple[float, float, float, float]  # west, south, east, north, metres in the plane


@dataclass(frozen=True)
class AreaMap:
    """Path data (SVG, `d`) in a drawing of WIDTH x HEIGHT; `scale_m` metres are `scale` units long."""

    area: str
    border: str
    scale: int
    scale_m: int


@lru_cache(maxsize=64)
def area_map(area: str, boundary: str | None) -> AreaMap:
    """Both are GeoJSON text; without a boundary there is no border."""
    shape = shapely.from_geojson(area)
    plane = Plane.of(shape)
    frame = _frame(plane.project(shape))
    border = "" if boundary is None else _border(plane.project(shapely.from_geojson(boundary)), frame)
    units = WIDTH / (frame[2] - frame[0])
    metres = _round_length(LONGEST_SCALE / units)
    return AreaMap(_path(plane.project(shape), frame), border, round(metres * units), metres)


@lru_cache(maxsize=64)
def overview(area: str, boundary: str) -> AreaMap:
    """The whole municipality with the area in it; an area too small to see is drawn larger."""
    border, shape = shapely.from_geojson(boundary), shapely.from_geojson(area)
    plane = Plane.of(border)
    frame = _frame(plane.project(border))
    units = WIDTH / (frame[2] - frame[0])
    seen = plane.project(shape).buffer(6 / units)
    metres = _round_length(LONGEST_SCALE / units)
    drawn = _path(plane.project(border), frame)
    return AreaMap(_path(seen, frame), drawn, round(metres * units), metres)


@lru_cache(maxsize=512)
def simplified(boundary: str) -> str:
    """GeoJSON text of a boundary that deviates by at most 20 m, coordinates of 5 digits (a metre)."""
    shape = shapely.from_geojson(boundary)
    plane = Plane.of(shape)
    coarse = plane.unproject(shapely.simplify(plane.project(shape), BOUNDARY_TOLERANCE_M - 1.5))
    rounded = shapely.transform(coarse, lambda lnglat: lnglat.round(5))
    return str(shapely.to_geojson(rounded if rounded.is_valid else rounded.buffer(0)))


def _frame(shape: BaseGeometry) -> Frame:
    """What the drawing shows: the shape in the middle, with a margin, in the drawing's proportions."""
    west, south, east, north = shape.bounds
    wide = max(east - west, LEAST_EXTENT_M) * (1 + 2 * MARGIN)
    high = max(north - south, LEAST_EXTENT_M * HEIGHT / WIDTH) * (1 + 2 * MARGIN)
    wide, high = max(wide, high * WIDTH / HEIGHT), max(high, wide * HEIGHT / WIDTH)
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _border(boundary: BaseGeometry, frame: Frame) -> str:
    """The part of the border that the frame shows, as lines."""
    lines = shapely.clip_by_rect(boundary.boundary, *frame)
    return _lines(shapely.get_parts(shapely.line_merge(lines)), frame, "")


def _path(shape: BaseGeometry, frame: Frame) -> str:
    seen = shape.intersection(box(*frame))
    polygons = [part for part in shapely.get_parts(seen) if isinstance(part, Polygon)]
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return _lines(rings, frame, "z")


def _lines(lines: Iterable[BaseGeometry], frame: Frame, end: str) -> str:
    """What is shorter than a unit after simplification is not seen, and left out."""
    west, _, east, north = frame
    units = WIDTH / (east - west)
    drawn = []
    for line in lines:
        coordinates = shapely.get_coordinates(shapely.simplify(line, TOLERANCE / units))
        points = [(round((x - west) * units), round((north - y) * units)) for x, y in coordinates]
        if len(set(points)) > 1:
            drawn.append("M" + "L".join(f"{x} {y}" for x, y in points) + end)
    return "".join(drawn)


def _round_length(most: float) -> int:
    """The longest of 1, 2, 5, 10, 20, ... metres that is no longer; `most` is a metre or more."""
    lengths = (step * 10**power for power in range(6) for step in (1, 2, 5))
    return int(max(length for length in lengths if length <= most))
