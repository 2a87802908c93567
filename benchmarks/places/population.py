"""Where the places are: a municipality with its neighbours, people living in settlements along streets.

Home is the extract of a real municipality when the registers are there, else the demonstration's own; the
neighbours are the nearest real municipalities, else copies of home beside it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import shapely
from h3.api import basic_int
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from infra.local.processes import ROOT
from shared.geo import cells
from shared.geo.plane import METRES_PER_DEGREE

Points = NDArray[np.float64]  # rows lng, lat in degrees

REGISTERS = ROOT.parent / "shared" / "data" / "teryt"
PER_ADDRESS = 10  # places at most; the rest of a municipality's people live in settlements made up
TOWN_M, VILLAGE_M = 1100.0, 380.0  # radius that holds two thirds of a settlement
IN_SETTLEMENTS, IN_TOWN = 0.85, 0.4  # shares of the places; the others stand alone in the fields
VILLAGES, TOWN_STREETS, VILLAGE_STREETS = 14, 60, 7
FRONTAGE_M, SETBACK_M, BUILDING_M = 22.0, 18.0, 6.0


@dataclass(frozen=True)
class Home:
    """The municipality that alerts are for; `streets` and `centres` are what areas are drawn around."""

    name: str
    boundary: BaseGeometry
    addresses: Points
    streets: dict[str, Points]  # the addresses of each
    centres: Points  # of its settlements, the town first


@dataclass(frozen=True)
class Country:
    """All places and their cells' ranks, both in the order of the ranks."""

    places: Points
    ranks: cells.Ranks

    @classmethod
    def of(cls, places: Points) -> Country:
        indexes = [basic_int.latlng_to_cell(lat, lng, cells.RESOLUTION) for lng, lat in places.tolist()]
        ranks = cells.rank_of(np.array(indexes, dtype=np.uint64))
        order = np.argsort(ranks, kind="stable")
        return cls(places[order], ranks[order])


def scale(at: Points | float) -> Points:
    """Degrees of longitude and latitude per metre."""
    lat = float(np.mean(at[:, 1])) if isinstance(at, np.ndarray) else at
    return np.array([1 / (METRES_PER_DEGREE * np.cos(np.radians(lat))), 1 / METRES_PER_DEGREE])


def home(folder: Path) -> Home:
    """From `boundary_*.geojson` and `addresses_*.csv` in the folder."""
    feature = json.loads(next(folder.glob("boundary_*.geojson")).read_text(encoding="utf-8"))["features"][0]
    boundary = shapely.from_geojson(json.dumps(feature["geometry"]))
    with next(folder.glob("addresses_*.csv")).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    points = np.array([(float(row["lon"]), float(row["lat"])) for row in rows])
    settlements = _grouped([row["sym"] for row in rows], points)
    streets = _grouped([f"{row['sym']}:{row['ulica']}" if row["ulica"] else "" for row in rows], points)
    streets.pop("", None)
    largest = sorted(settlements.values(), key=len, reverse=True)
    centres = np.array([group.mean(axis=0) for group in largest])
    return Home(feature["properties"]["name"], boundary, points, streets, centres)


def settled(of: Home, count: int, rng: np.random.Generator) -> tuple[Points, Points]:
    """The places of home, and the centres of its settlements, made up ones included."""
    at_addresses = min(count, PER_ADDRESS * len(of.addresses))
    chosen = of.addresses[rng.integers(0, len(of.addresses), at_addresses)]
    near = chosen + rng.normal(0, BUILDING_M / 2, chosen.shape) * scale(chosen)
    if at_addresses == count:
        return near, of.centres
    others, centres = living_in(of.boundary, count - at_addresses, rng)
    return np.concatenate([near, others]), np.concatenate([of.centres[:1], centres])


def living_in(boundary: BaseGeometry, count: int, rng: np.random.Generator) -> tuple[Points, Points]:
    """Places in a municipality's boundary, and the centres of its settlements, the town first."""
    shapely.prepare(boundary)
    centres = anywhere(boundary, 1 + VILLAGES, rng)
    spread = np.array([TOWN_M, *[VILLAGE_M] * VILLAGES])
    streets = _streets(centres, spread, rng)
    found = np.empty((0, 2))
    while len(found) < count:
        along = _along(streets, round(count * IN_SETTLEMENTS), rng)
        alone = anywhere(boundary, count - len(along), rng)
        some = np.concatenate([along[shapely.contains_xy(boundary, along)], alone])
        found = np.concatenate([found, rng.permutation(some)])
    return found[:count], centres


def neighbours(of: Home, count: int) -> list[BaseGeometry]:
    """Boundaries of the nearest municipalities, home left out."""
    file = next(REGISTERS.glob("gminy_*.geojson"), None)
    if file is None:
        return list(_copies(of.boundary, count))
    features = json.loads(file.read_text(encoding="utf-8-sig"))["features"]
    others = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    middle = of.boundary.representative_point()
    others.sort(key=lambda other: shapely.distance(other.centroid, middle))
    return [other for other in others if not other.intersects(middle)][:count]


def _copies(boundary: BaseGeometry, count: int) -> Iterator[BaseGeometry]:
    west, south, east, north = boundary.bounds
    steps = ((column, row) for column in range(-5, 5) for row in range(-5, 5) if (column, row) != (0, 0))
    for column, row in sorted(steps, key=lambda step: step[0] ** 2 + step[1] ** 2)[:count]:
        by = np.array([column * (east - west), row * (north - south)])
        yield shapely.transform(boundary, partial(np.add, by))


def _grouped(names: list[str], points: Points) -> dict[str, Points]:
    return {name: points[[other == name for other in names]] for name in dict.fromkeys(names)}


def anywhere(boundary: BaseGeometry, count: int, rng: np.random.Generator) -> Points:
    west, south, east, north = boundary.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        some = rng.uniform((west, south), (east, north), (2 * count + 10, 2))
        found = np.concatenate([found, some[shapely.contains_xy(boundary, some)]])
    return found[:count]


def _streets(centres: Points, spread: Points, rng: np.random.Generator) -> tuple[Points, Points, Points]:
    """Start and end of each street, and the chance that a place is there."""
    numbers = np.array([TOWN_STREETS, *[VILLAGE_STREETS] * (len(centres) - 1)])
    at = np.repeat(np.arange(len(centres)), numbers)
    middle = centres[at] + rng.normal(0, 0.6, (len(at), 2)) * spread[at, None] * scale(centres)
    turn = rng.uniform(0, np.pi, len(at))
    half = rng.uniform(60, 450, len(at))[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    share = np.where(at == 0, IN_TOWN / TOWN_STREETS, (1 - IN_TOWN) / (len(at) - TOWN_STREETS))
    return middle - half * scale(centres), middle + half * scale(centres), share / share.sum()


def _along(streets: tuple[Points, Points, Points], count: int, rng: np.random.Generator) -> Points:
    """Houses on both sides, several places in each."""
    starts, ends, share = streets
    which = rng.choice(len(starts), count, p=share)
    metres = (ends - starts)[which] / scale(starts)
    length = np.hypot(*metres.T)
    houses = np.floor(rng.uniform(0, 1, count) * length / FRONTAGE_M) * FRONTAGE_M / length
    aside = np.column_stack([-metres[:, 1], metres[:, 0]]) / length[:, None]
    side = rng.choice([-SETBACK_M, SETBACK_M], count)[:, None]
    jitter = rng.normal(0, BUILDING_M / 2, (count, 2))
    found: Points = starts[which] + (metres * houses[:, None] + aside * side + jitter) * scale(starts)
    return found


def circle(centre: Points, metres: float, corners: int = 64) -> Polygon:
    """In degrees, about a place."""
    turns = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    outline = np.column_stack([np.cos(turns), np.sin(turns)]) * metres
    return Polygon(centre + outline * scale(float(centre[1])))
