"""Where the invented municipality's streets run and its buildings stand, in metres (EPSG:2180).

A settlement is a bent main road with side roads across it and roads beside it, drawn in the road's own
coordinates (along it, across it), so that nothing is a grid and nothing overlaps. Buildings stand on both
sides, odd numbers on the left.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from math import atan, cos, hypot, pi, sin

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPoint, Polygon

Point = tuple[float, float]  # easting, northing

ROAD_CLEARANCE_M = 7.0
NEIGHBOUR_CLEARANCE_M = 11.0


@dataclass(frozen=True)
class Plan:
    """How a settlement is laid out; metres."""

    middle: Point
    heading: float  # radians
    half_length: float  # of the main road
    half_width: float  # how far side roads go
    side_roads: int
    roads_beside: tuple[float, ...]  # their distance from the main road; negative on the right
    frontage: float  # of a building
    setback: float


@dataclass(frozen=True)
class Building:
    road: int  # index into the settlement's roads; 0 is the main road
    number: str
    at: Point


@dataclass(frozen=True)
class _Bend:
    """The settlement's own coordinates: `along` the main road, `across` it to the left."""

    plan: Plan
    sway: float  # how far the road swings, metres
    wave: float  # radians of swing per metre
    phase: float

    def point(self, along: float, across: float) -> Point:
        slope = atan(self.sway * self.wave * cos(along * self.wave + self.phase))
        ripple = 9 * sin(along / 170 + across / 230)
        x = along - across * sin(slope)
        y = self.sway * sin(along * self.wave + self.phase) + across * cos(slope) + ripple
        turn_x, turn_y = cos(self.plan.heading), sin(self.plan.heading)
        east, north = self.plan.middle
        return east + x * turn_x - y * turn_y, north + x * turn_y + y * turn_x

    def line(self, start: Point, end: Point) -> LineString:
        steps = max(2, int(hypot(end[0] - start[0], end[1] - start[1]) // 60) + 1)
        shares = np.linspace(0, 1, steps)
        return LineString(
            [
                self.point(start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
                for share in shares
            ]
        )


def roads(plan: Plan, rng: random.Random) -> list[LineString]:
    """The main road first, then those across and beside it; each begins at the main road or in the west."""
    bend = _Bend(plan, rng.uniform(0.06, 0.11) * plan.half_length, pi / plan.half_length, rng.uniform(0, 6))
    lines = [bend.line((-plan.half_length, 0), (plan.half_length, 0))]
    for along, across in _side_roads(plan, rng):
        lines.append(bend.line((along, 0), (along, across)))
    for across in plan.roads_beside:
        reach = 0.62 * plan.half_length * (1 - (across / plan.half_width) ** 2 / 2)
        middle = rng.uniform(-0.15, 0.15) * plan.half_length
        lines.append(bend.line((-reach, across), (middle - 15, across)))
        lines.append(bend.line((middle + 15, across), (reach, across)))
    return lines


def _side_roads(plan: Plan, rng: random.Random) -> Iterator[Point]:
    """Where they leave the main road, and how far they go: farther in the middle."""
    spacing = 1.25 * plan.half_length / ((plan.side_roads + 1) // 2)
    for index in range(plan.side_roads):
        along = -0.62 * plan.half_length + (index // 2 + rng.uniform(0.3, 0.5)) * spacing
        fading = 1 - 0.6 * (along / plan.half_length) ** 2
        yield along, (-1) ** index * plan.half_width * fading * rng.uniform(0.6, 1.0)


def buildings(plan: Plan, lines: list[LineString], rng: random.Random) -> list[Building]:
    """Along every road, none on another road and none on top of another."""
    candidates = [
        building
        for road, line in enumerate(lines)
        for building in _along(road, line, plan, rng)
    ]  # fmt: skip
    points = shapely.points([building.at for building in candidates])
    blocked, _ = shapely.STRtree(lines).query(points, predicate="dwithin", distance=ROAD_CLEARANCE_M)
    on_a_road = set(blocked.tolist())
    crowded = _Neighbours()
    return [
        building
        for index, building in enumerate(candidates)
        if index not in on_a_road and crowded.take(building.at)
    ]


def _along(road: int, line: LineString, plan: Plan, rng: random.Random) -> Iterator[Building]:
    for side, first in ((1, 1), (-1, 2)):
        at = rng.uniform(8, 20)
        for number in count(first, 2):
            if at >= line.length:
                break
            setback = side * plan.setback * rng.uniform(0.9, 1.3)
            yield Building(road, str(number), _beside(line, at, setback))
            if rng.random() < 0.07:
                yield Building(road, f"{number}a", _beside(line, at + 3, setback + side * 20))
            at += plan.frontage * rng.uniform(0.8, 1.3)


def _beside(line: LineString, at: float, left: float) -> Point:
    here, ahead = line.interpolate(at), line.interpolate(min(at + 1, line.length))
    if here.equals(ahead):
        here, ahead = line.interpolate(line.length - 1), here
    length = here.distance(ahead)
    return here.x - left * (ahead.y - here.y) / length, here.y + left * (ahead.x - here.x) / length


class _Neighbours:
    """Takes a building when none taken before stands too close."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Point]] = {}

    def take(self, at: Point) -> bool:
        column, row = (int(value // NEIGHBOUR_CLEARANCE_M) for value in at)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for other in self._cells.get((column + dx, row + dy), ()):
                    if hypot(at[0] - other[0], at[1] - other[1]) < NEIGHBOUR_CLEARANCE_M:
                        return False
        self._cells.setdefault((column, row), []).append(at)
        return True


def middles(how_many: int, about: Point, rng: random.Random) -> list[Point]:
    """Where villages lie: about the town, apart from each other, more of them to the east and west."""
    found: list[Point] = []
    apart = 2200.0
    while len(found) < how_many:
        turn, away = rng.uniform(0, 2 * pi), rng.uniform(3400, 8200)
        spot = (about[0] + 1.15 * away * cos(turn), about[1] + 0.85 * away * sin(turn))
        if all(hypot(spot[0] - other[0], spot[1] - other[1]) >= apart for other in found):
            found.append(spot)
        apart *= 0.9995  # room is found in the end, whatever the dice say
    return found


def boundary(inhabited: list[Point], rng: random.Random) -> Polygon:
    """An irregular, concave outline that keeps some fields about every building."""
    hull = shapely.concave_hull(MultiPoint(inhabited), ratio=0.42).buffer(800).simplify(90)
    ring = shapely.get_coordinates(hull.boundary.segmentize(450))[:-1]
    shaken = ring + np.array([[rng.uniform(-130, 130), rng.uniform(-130, 130)] for _ in ring])
    outline = Polygon(shaken).buffer(0)  # a loop of the shaken outline is cut off
    return Polygon(max(shapely.get_parts(outline), key=lambda part: part.area).exterior)
