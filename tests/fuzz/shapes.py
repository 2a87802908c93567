"""Areas that are dear to read, or no areas: within the limits of size, made to cost most."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from shared.geo.geojson import MOST_VERTICES

Json = Any
Ring = list[list[float]]
WEST, SOUTH, SIDE = 19.905, 49.805, 0.05  # inside the municipalities of tests.fakes and tests.browser.town


def _ring(points: list[list[float]]) -> Ring:
    return [*points, points[0]]


def _box(x: float, y: float, wide: float, high: float) -> Ring:
    return _ring([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]])


def _multi(rings: list[Ring]) -> Json:
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


def _polygon(*rings: Ring) -> Json:
    return {"type": "Polygon", "coordinates": list(rings)}


def slivers(number: int) -> Json:
    """So many upright ones across so many level ones: number squared crossings."""
    step = SIDE / number
    upright = [_box(WEST + i * step, SOUTH, step / 3, SIDE) for i in range(number)]
    level = [_box(WEST, SOUTH + i * step, SIDE, step / 3) for i in range(number)]
    return _multi(upright + level)


def crumbs(number: int) -> Json:
    """Disjoint squares of some metres."""
    side = math.ceil(math.sqrt(number))
    step = SIDE / side
    return _multi(
        [
            _box(WEST + (i % side) * step, SOUTH + (i // side) * step, step / 4, step / 4)
            for i in range(number)
        ]
    )


def pile(number: int) -> Json:
    """All on each other, each a little larger."""
    return _multi([_box(WEST, SOUTH, 0.01 + i * 1e-6, 0.01 + i * 1e-6) for i in range(number)])


def comb(teeth: int, offset: float = 0.0) -> Ring:
    """One ring of long spikes."""
    step = SIDE / teeth
    points = [[WEST, SOUTH + offset]]
    for i in range(teeth):
        points += [[WEST + i * step, SOUTH + SIDE], [WEST + (i + 0.5) * step, SOUTH + 0.001 + offset]]
    return _ring([*points, [WEST + SIDE, SOUTH + offset]])


def star(points: int) -> Ring:
    turns = [2 * math.pi * i / points for i in range(points)]
    radius = [0.04 if i % 2 else 0.0001 for i in range(points)]
    middle = (WEST + SIDE / 2, SOUTH + SIDE / 2)
    return _ring(
        [
            [middle[0] + r * math.cos(turn), middle[1] + r * math.sin(turn)]
            for r, turn in zip(radius, turns, strict=True)
        ]
    )


def tangle(points: int) -> Ring:
    """A random walk that crosses itself everywhere."""
    chance = random.Random(points)
    return _ring([[WEST + chance.random() * SIDE, SOUTH + chance.random() * SIDE] for _ in range(points)])


def fringe(points: int) -> Ring:
    """Valid until coordinates are rounded to seven digits."""
    chance = random.Random(points)
    top = [[WEST + i * SIDE / points, SOUTH + 0.02 + chance.random() * 3e-8] for i in range(points // 2)]
    return _ring([*top, [WEST + SIDE, SOUTH], [WEST, SOUTH]])


def sieve(holes: int) -> Json:
    side = math.ceil(math.sqrt(holes))
    step = SIDE / (side + 1)
    cut = [
        _box(WEST + step * (i % side + 0.5), SOUTH + step * (i // side + 0.5), step / 3, step / 3)
        for i in range(holes)
    ]
    return _polygon(_box(WEST, SOUTH, SIDE, SIDE), *cut)


def spiral(points: int) -> Ring:
    turns = [(i / points) * 60 for i in range(points // 2)]
    middle = (WEST + SIDE / 2, SOUTH + SIDE / 2)
    outer = [
        [middle[0] + 0.0007 * (t + 1) * math.cos(t), middle[1] + 0.0007 * (t + 1) * math.sin(t)]
        for t in turns
    ]
    inner = [[x + 1e-5, y + 1e-5] for x, y in reversed(outer)]
    return _ring(outer + inner)


def dear() -> Iterator[tuple[str, Json]]:
    """Name and GeoJSON of what could be read."""
    for number in (50, 400, 900):
        yield f"{number} slivers across {number}", slivers(number)
    yield "2,000 crumbs", crumbs(2000)
    yield "crumbs to the limit", _multi([ring[:3] + ring[:1] for ring in _rings(crumbs(2499))])
    yield "2,000 squares in a pile", pile(2000)
    yield "a comb", _polygon(comb(4990))
    yield (
        "two combs across each other",
        _multi([comb(2400), [[y - SOUTH + WEST, x - WEST + SOUTH] for x, y in comb(2400)]]),
    )
    yield "two combs nearly the same", _multi([comb(2400), comb(2400, 1e-7)])
    yield "a star", _polygon(star(8990))
    yield "a tangle", _polygon(tangle(9999))
    yield "a hundred tangles", _multi([tangle(99 + i % 2) for i in range(99)])
    yield "a fringe", _polygon(fringe(8990))
    yield "fringes", _multi([[[x, y + i * 0.0001] for x, y in fringe(990)] for i in range(10)])
    yield "a sieve", sieve(1900)
    yield "holes on each other", _polygon(_box(WEST, SOUTH, SIDE, SIDE), *_rings(pile(1900)))
    yield "a spiral", _polygon(spiral(8990))


def _rings(shape: Json) -> list[Ring]:
    return [polygon[0] for polygon in shape["coordinates"]]


def _nested(depth: int) -> Json:
    value: Json = []
    for _ in range(depth):
        value = [value]
    return value


NUMBERS: tuple[Any, ...] = (1e308, -1e308, 1e-320, -0.0, 10**400, 180.0, True, "19.9", None, [], {})
TYPES: tuple[Any, ...] = (
    *("Polygon", "MultiPolygon", "Feature", "FeatureCollection", "GeometryCollection", "Point"),
    *("", "x" * 500_000, 5, None, []),
)


def odd() -> Iterator[tuple[str, Json]]:
    """Name and JSON of what is no area, or hardly one."""
    yield from _too_many()
    for number in NUMBERS:
        ring = [[number, SOUTH], *_box(WEST, SOUTH, 1, 1)[1:4], [number, SOUTH]]
        yield f"a corner of {str(number)[:12]}", _polygon(ring)
    for kind in TYPES:
        nothing: Json = {"coordinates": [], "features": [], "geometries": [], "geometry": {}}
        yield f"the type {str(kind)[:20]} alone", {"type": kind}
        yield f"a {str(kind)[:20]} of nothing", {"type": kind, **nothing}
    yield "a ring open by a hair", _polygon([*_box(WEST, SOUTH, 0.01, 0.01)[:-1], [WEST + 1e-12, SOUTH]])
    yield "all of Poland", _polygon(_box(14.1, 49.0, 10, 5))
    yield "coordinates of another system", _polygon(_box(566_000, 243_000, 100, 100))
    points = [position for position, _ in pairwise(comb(100))]
    yield "closed by nothing", _polygon(points, [], [[]])


def _too_many() -> Iterator[tuple[str, Json]]:
    square, corner = _polygon(_box(WEST, SOUTH, 0.01, 0.01)), [WEST, SOUTH]
    features = [{"type": "Feature", "geometry": None}] * 20_000
    properties = {str(number): number for number in range(40_000)}
    turns = [corner if turn % 2 else [WEST + SIDE, SOUTH] for turn in range(MOST_VERTICES - 1)]
    yield "20,000 geometries", {"type": "GeometryCollection", "geometries": [{"type": "Point"}] * 20_000}
    yield "20,000 features", {"type": "FeatureCollection", "features": features}
    yield (
        "a feature of many properties",
        {"type": "Feature", "geometry": square, "properties": properties},
    )
    yield "positions of a thousand numbers", _polygon([[*corner, *[0.0] * 998]] * 40)
    yield "deep coordinates", {"type": "Polygon", "coordinates": _nested(700)}
    yield "one point again and again", _polygon([corner] * MOST_VERTICES)
    yield "two points in turn", _polygon(_ring(turns))
