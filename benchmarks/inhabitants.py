"""The residents of the benchmarks of whole alerts: where they live, and what they are told about.

The municipality is the invented one of `make demo`; its residents live in its buildings, some of them have
further places in it or elsewhere in Poland, in the shares of `demo.residents`. Sizes are multiples of the
18,000 residents of one municipality, all within the same boundary: what grows is only how densely they live.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from h3.api import basic_int
from numpy.typing import NDArray

from demo import generate, municipality, shapes
from demo.municipality import Municipality
from demo.residents import ELSEWHERE, PLACES, WITHIN_BUILDING_M
from shared.geo import cells
from shared.geo.cells import Ranks
from shared.geo.shapes import Area

RESIDENTS = 18_000  # at 1x
HOME_HERE, OTHER_HERE = 0.98, 0.65  # shares of homes and of further places in the municipality
ELSEWHERE_M = 3000
STREET_ADDRESSES = 98


@dataclass(frozen=True)
class Places:
    """All places of some residents; row by row: whose, which slot (1 to 3), rank of its cell."""

    resident: NDArray[np.int64]
    slot: NDArray[np.int64]
    rank: Ranks


@cache
def town() -> Municipality:
    with tempfile.TemporaryDirectory() as folder:
        return municipality.read(generate.generate(Path(folder)))


@cache
def areas() -> Mapping[str, Area]:
    """Of the sizes that alerts have: one street of about 340 phones, and the whole municipality."""
    here = town()
    street = min(here.streets, key=lambda key: abs(len(here.streets[key]) - STREET_ADDRESSES))
    drawn: dict[str, Any] = {
        "one street": shapely.from_geojson(json.dumps(shapes.street_area(here, street[1], street[0]))),
        "whole gmina": shapely.from_geojson(here.boundary_text()),
    }
    found = {name: Area.of(geometry) for name, geometry in drawn.items()}
    return {name: area for name, area in found.items() if area is not None}


def places(residents: int = RESIDENTS, seed: int = 1) -> Places:
    """The places of so many residents, in no order; the same for the same arguments."""
    rng = np.random.default_rng(seed)
    shares = np.array(list(PLACES.values())) / sum(PLACES.values())
    each = rng.choice(list(PLACES), size=residents, p=shares)
    resident = np.repeat(np.arange(residents), each)
    slot = np.arange(len(resident)) - np.repeat(np.cumsum(each) - each, each) + 1
    lng, lat = _spots(slot, rng)
    return Places(resident, slot, ranks_at(lat, lng))


def living_at(rank: Ranks, seed: int = 1) -> Places:
    """Residents of given places, who have one to three of them each, at random."""
    rng = np.random.default_rng(seed)
    shares = np.array(list(PLACES.values())) / sum(PLACES.values())
    each = rng.choice(list(PLACES), size=len(rank), p=shares)
    resident = np.repeat(np.arange(len(rank)), each)[: len(rank)]
    first = np.searchsorted(resident, resident)
    return Places(resident, np.arange(len(rank)) - first + 1, rng.permutation(rank))


def ranks_at(lat: NDArray[np.float64], lng: NDArray[np.float64]) -> Ranks:
    indexes = [
        basic_int.latlng_to_cell(*point, cells.RESOLUTION)
        for point in zip(lat.tolist(), lng.tolist(), strict=True)
    ]
    return cells.rank_of(np.array(indexes, dtype=np.uint64))


def _spots(slot: NDArray[np.int64], rng: np.random.Generator) -> tuple[NDArray[Any], NDArray[Any]]:
    """Longitudes and latitudes: in a building of the municipality, or about a city elsewhere."""
    buildings = np.array([(address.lon, address.lat) for address in town().addresses])
    here = rng.random(len(slot)) < np.where(slot == 1, HOME_HERE, OTHER_HERE)
    spots = np.where(
        here[:, None],
        buildings[rng.integers(len(buildings), size=len(slot))],
        np.array(ELSEWHERE)[rng.integers(len(ELSEWHERE), size=len(slot))],
    )
    turn = rng.uniform(0, 2 * np.pi, len(slot))
    away = np.where(here, WITHIN_BUILDING_M, ELSEWHERE_M) * np.sqrt(rng.random(len(slot)))
    lat = spots[:, 1] + away * np.sin(turn) / 111_320
    lng = spots[:, 0] + away * np.cos(turn) / (111_320 * np.cos(np.radians(lat)))
    return lng, lat
