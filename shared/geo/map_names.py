"""The names and houses that a small map shows, so that one knows one's way on it; no name covers another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from shared.geo.area_map import HEIGHT, WIDTH, Framed
from shared.geo.base_map import Named, named

STREET_SIZE, PLACE_SIZE = (
    22,
    26,
)  # of letters, in units of the drawing; web-residents/css/public.css has the same
LETTER, BOLD_LETTER = 0.6, 0.66  # of its size, as wide as the letters of common fonts are
ABOVE, BELOW = 0.85, 0.3  # of its size, from the line that letters stand on
SCALE_CORNER = (0.0, HEIGHT - 62.0, 240.0, float(HEIGHT))  # where the scale is drawn
LIFT = 8  # units that a name stands above its point
MOST_NAMES = 24
TRIED = 6  # points for one name
MOST_DOTS = 700
FINEST_DOTS = 5  # units between two of them

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class DrawnName:
    """Where a name stands in a drawing, by the middle of its line; a place's letters are larger."""

    name: str
    x: int
    y: int
    place: bool


@dataclass(frozen=True)
class DrawnHouses:
    """Path data (SVG, `d`) of dots: the houses in the area, and those beside it."""

    inside: str
    outside: str


@lru_cache(maxsize=64)
def names_drawn(
    framed: Framed, base_map: str, first: tuple[str, ...] = (), places_only: bool = False
) -> tuple[DrawnName, ...]:
    """Those that the drawing has room for: the `first`, then places, then the streets with most houses."""
    wanted = {name: rank for rank, name in enumerate(first)}
    known = [one for one in named(base_map) if one.place or not places_only]
    known.sort(key=lambda one: (wanted.get(one.name, len(wanted)), not one.place, -len(one.points)))
    drawn: list[DrawnName] = []
    taken: list[Box] = [SCALE_CORNER]
    for one in known:
        found = _placed(one, _seen(framed.units(one.points)), taken)
        if found is not None:
            drawn.append(found)
            taken.append(_box(found))
        if len(drawn) == MOST_NAMES:
            break
    return tuple(drawn)


@lru_cache(maxsize=64)
def houses_drawn(area: str, framed: Framed, base_map: str) -> DrawnHouses:
    """As dots on a grid that is as fine as MOST_DOTS allow."""
    points = [one.points for one in named(base_map) if len(one.points) > 1]
    lnglat = np.concatenate(points) if points else np.empty((0, 2))
    units = framed.units(lnglat)
    seen = _in_frame(units)
    units, lnglat = units[seen], lnglat[seen]
    step, kept = FINEST_DOTS, _thinned(units, FINEST_DOTS)
    while len(kept) > MOST_DOTS:
        step += FINEST_DOTS
        kept = _thinned(units, step)
    shape = shapely.from_geojson(area)
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, lnglat[kept, 0], lnglat[kept, 1])
    return DrawnHouses(_dots(units[kept][inside]), _dots(units[kept][~inside]))


def _in_frame(units: NDArray[np.float64]) -> NDArray[np.bool_]:
    x, y = units[:, 0], units[:, 1]
    return np.asarray((x > 0) & (x < WIDTH) & (y > 0) & (y < HEIGHT))


def _thinned(units: NDArray[np.float64], step: int) -> NDArray[np.intp]:
    """One of those that fall into a square of the grid, by index."""
    _, first = np.unique((units // step).astype(np.int64), axis=0, return_index=True)
    return np.sort(first)


def _dots(units: NDArray[np.float64]) -> str:
    """Each from the one before it, which is shorter."""
    whole = units.round().astype(np.int64)
    whole = whole[np.lexsort((whole[:, 0], whole[:, 1]))]
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return "".join(f"m{x} {y}h0" for x, y in steps.tolist())


def _seen(units: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Of the points that the drawing shows those nearest to their middle, the nearest first."""
    shown = units[_in_frame(units)]
    if not len(shown):
        return []
    away = ((shown - shown.mean(axis=0)) ** 2).sum(axis=1)
    order = np.argsort(away, kind="stable")
    spread = order[:: max(1, len(order) // TRIED)][:TRIED]
    return [(float(x), float(y)) for x, y in shown[spread]]


def _placed(one: Named, points: Iterable[tuple[float, float]], taken: list[Box]) -> DrawnName | None:
    """Beside its point, where the dots of the houses leave it legible."""
    for x, y in points:
        for lift in (-LIFT, PLACE_SIZE):
            found = DrawnName(one.name, round(x), round(y + lift), one.place)
            box = _box(found)
            if _fits(box) and not any(_meet(box, other) for other in taken):
                return found
    return None


def _box(drawn: DrawnName) -> Box:
    size, letter = (PLACE_SIZE, BOLD_LETTER) if drawn.place else (STREET_SIZE, LETTER)
    half = len(drawn.name) * size * letter / 2 + 3
    return drawn.x - half, drawn.y - size * ABOVE, drawn.x + half, drawn.y + size * BELOW


def _fits(box: Box) -> bool:
    left, top, right, bottom = box
    return left > 0 and top > 0 and right < WIDTH and bottom < HEIGHT


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
