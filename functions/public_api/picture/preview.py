"""What messengers show of a link to an alert: how grave, what, and where by name.

1200 x 630 pixels, as they crop to; the map stands in the units of shared/geo/area_map.py, one to a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np
import shapely
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
CORNER = (MAP_LEFT, MAP_TOP)
TEXT_WIDTH = MAP_LEFT - 2 * EDGE
TITLE_LINES = 5
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
        _map(canvas, of)
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


def _map(canvas: Canvas, of: Preview) -> None:
    """The area, where the houses are, the border of the municipality, and names."""
    framed = area_map(of.area, of.boundary).framed
    shape = _placed(of.area, framed)
    ground = shapely.box(MAP_LEFT, MAP_TOP, MAP_LEFT + MAP_WIDTH, MAP_TOP + MAP_HEIGHT)
    canvas.fill(ground, SOFT)
    if of.boundary is not None:
        border = shapely.intersection(_placed(of.boundary, framed).boundary.buffer(1.2), ground)
        canvas.fill(border, SOFT_INK)
    if of.base_map is not None:
        houses = houses_drawn(of.area, framed, of.base_map)
        canvas.fill(_dots(houses.outside), SOFT_INK, 0.55)
    canvas.fill(shapely.intersection(shape, ground), AREA, 0.35)
    canvas.fill(shapely.intersection(shape.boundary.buffer(2), ground), AREA)
    if of.base_map is not None:
        canvas.fill(_dots(houses.inside), INK)
        for name in names_drawn(framed, of.base_map, of.covered):
            _name(canvas, name)
    canvas.fill(ground.boundary.buffer(1), LINE)


def _placed(geojson: str, framed: Framed) -> BaseGeometry:
    placed: BaseGeometry = shapely.transform(
        shapely.from_geojson(geojson), lambda lnglat: framed.units(lnglat) + np.array(CORNER)
    )
    return placed


def _dots(path: str) -> BaseGeometry:
    """Of the path data that the page's map has."""
    steps = [step.removesuffix("h0").split() for step in path.split("m")[1:]]
    points = np.array(steps, dtype=np.float64).reshape(-1, 2).cumsum(axis=0) + np.array(CORNER)
    dots: BaseGeometry = shapely.union_all(shapely.buffer(shapely.points(points), 2.5, quad_segs=3))
    return dots


def _name(canvas: Canvas, name: DrawnName) -> None:
    """With a light edge, so that it is read on dots and lines."""
    style = Style.PLACE if name.place else Style.STREET
    cover = np.pad(line(name.name, style), 2)
    around = [np.roll(cover, (x, y), axis=(1, 0)) for x in (-2, -1, 0, 1, 2) for y in (-2, -1, 0, 1, 2)]
    left = MAP_LEFT + name.x - cover.shape[1] // 2
    top = MAP_TOP + name.y - letters(style).baseline - 2
    canvas.paint(np.maximum.reduce(around), left, top, PAGE)
    canvas.paint(cover, left, top, INK)
