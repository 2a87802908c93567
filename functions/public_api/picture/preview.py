"""What messengers show of a link to an alert: how grave, what, and where by name.

1200 x 630 pixels, as they crop to; the map stands in the units of shared/geo/area_map.py, one to a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from functions.public_api.picture.canvas import Canvas, Colour, Cover
from functions.public_api.picture.letters import Style, letters, line, wrapped
from shared.geo.area_map import HEIGHT as MAP_HEIGHT
from shared.geo.area_map import WIDTH as MAP_WIDTH
from shared.geo.area_map import Framed, area_map
from shared.geo.map_names import DrawnName, houses_drawn, names_drawn

WIDTH, HEIGHT = 1200, 630
PAGE, INK, SOFT, LINE = (255, 255, 255), (20, 32, 43), (243, 246, 249), (179, 190, 200)
BAR, SOFT_INK, AREA = (18, 50, 79), (68, 82, 95), (179, 64, 11)
BAR_HEIGHT, BAND_HEIGHT, EDGE = 76, 96, 28
MAP_LEFT, MAP_TOP = WIDTH - MAP_WIDTH - EDGE, BAR_HEIGHT + BAND_HEIGHT + 16
TEXT_WIDTH = MAP_LEFT - 2 * EDGE
TITLE_LINES = 5
MOST_CORNERS = 2_000  # of an area, once simplified
FINEST = 0.4  # pixels that a line may be beside the true one
_drawing = Lock()  # one at a time: what it takes is most of an instance's memory


@dataclass(frozen=True)
class Preview:
    """`band` says how grave it is, or what became of it; area, boundary and base map are GeoJSON text."""

    office: str
    band: str
    colour: Colour
    title: str
    until: str
    area: str
    boundary: str | None
    base_map: str | None
    covered: tuple[str, ...] = ()


def preview_png(of: Preview) -> bytes:
    """Raises ValueError or ShapelyError for an area that is no shape."""
    with _drawing:
        canvas = Canvas(WIDTH, HEIGHT, PAGE)
        canvas.place(_map(of), MAP_LEFT, MAP_TOP)
        canvas.fill(shapely.box(0, 0, WIDTH, BAR_HEIGHT), BAR)
        _write(canvas, line(of.office, Style.TEXT), EDGE, 20, PAGE)
        canvas.fill(shapely.box(0, BAR_HEIGHT, WIDTH, BAR_HEIGHT + BAND_HEIGHT), of.colour)
        _write(canvas, line(of.band, Style.TITLE), EDGE, BAR_HEIGHT + 21, PAGE)
        _text(canvas, of)
        return canvas.png()


def _text(canvas: Canvas, of: Preview) -> None:
    top = MAP_TOP
    for row in wrapped(of.title, Style.TITLE, TEXT_WIDTH, TITLE_LINES):
        _write(canvas, row, EDGE, top, INK)
        top += len(row) + 2
    for row in wrapped(of.until, Style.TEXT, TEXT_WIDTH, 3):
        _write(canvas, row, EDGE, top + 12, SOFT_INK)
        top += len(row)


def _write(canvas: Canvas, cover: Cover, left: int, top: int, colour: Colour) -> None:
    canvas.paint(cover[:, : WIDTH - left], left, top, colour)


def _map(of: Preview) -> Canvas:
    """The area, where the houses are, the border of the municipality, and names."""
    framed = area_map(of.area, of.boundary).framed
    shape = _drawn(of.area, framed)
    if shapely.get_num_coordinates(shape) > MOST_CORNERS:
        raise ValueError("an area of so many corners takes too long to draw")
    canvas = Canvas(MAP_WIDTH, MAP_HEIGHT, SOFT)
    if of.boundary is not None:
        canvas.stroke(_within_view(_drawn(of.boundary, framed).boundary), 2.4, SOFT_INK)
    if of.base_map is not None:
        houses = houses_drawn(of.area, framed, of.base_map)
        canvas.dots(_points(houses.outside), 2.5, SOFT_INK, 0.55)
    canvas.fill(shape, AREA, 0.35)
    canvas.stroke(shape.boundary, 4, AREA)
    if of.base_map is not None:
        canvas.dots(_points(houses.inside), 2.5, INK)
        for name in names_drawn(framed, of.base_map, of.covered):
            _name(canvas, name)
    canvas.stroke(shapely.box(0, 0, MAP_WIDTH, MAP_HEIGHT).boundary, 2, LINE)
    return canvas


def _drawn(geojson: str, framed: Framed) -> BaseGeometry:
    drawn: BaseGeometry = shapely.transform(shapely.from_geojson(geojson), framed.units)
    simple: BaseGeometry = shapely.simplify(drawn, FINEST)
    return simple


def _within_view(lines: BaseGeometry) -> BaseGeometry:
    seen: BaseGeometry = shapely.clip_by_rect(lines, -9, -9, MAP_WIDTH + 9, MAP_HEIGHT + 9)
    return seen


def _points(path: str) -> NDArray[np.float64]:
    """Of the path data that the page's map has."""
    steps = [step.removesuffix("h0").split() for step in path.split("m")[1:]]
    return np.array(steps, dtype=np.float64).reshape(-1, 2).cumsum(axis=0)


def _name(canvas: Canvas, name: DrawnName) -> None:
    """With a light edge, so that it is read on dots and lines."""
    style = Style.PLACE if name.place else Style.STREET
    cover = np.pad(line(name.name, style), 2)
    around = [np.roll(cover, (x, y), axis=(1, 0)) for x in (-2, -1, 0, 1, 2) for y in (-2, -1, 0, 1, 2)]
    left, top = name.x - cover.shape[1] // 2, name.y - letters(style).baseline - 2
    canvas.paint(np.maximum.reduce(around), left, top, PAGE)
    canvas.paint(cover, left, top, INK)
