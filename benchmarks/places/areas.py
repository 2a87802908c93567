"""The areas that staff draw, from one building to a whole municipality."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Polygon

from benchmarks.places.population import Home, Points, circle, scale
from shared.geo.shapes import Area

VILLAGES = 12


def areas(of: Home, centres: Points, rng: np.random.Generator) -> dict[str, Area]:
    """By name; `centres` are the settlements' of the municipality, the town first."""
    town = centres[0]
    shapes = {
        "one street": _street(of),
        "1 km circle": circle(town, 1000),
        "district with a hole": _uneven(town, 1500, rng).difference(_uneven(town, 450, rng)),
        "whole gmina": of.boundary,
        "12 villages": MultiPolygon(_apart([_uneven(at, 450, rng) for at in centres[1:]])[:VILLAGES]),
        "one building": circle(of.addresses[len(of.addresses) // 2], 12, 4),
    }
    found = {name: Area.of(shape) for name, shape in shapes.items()}
    return {name: area for name, area in found.items() if area is not None}


def _street(of: Home) -> Polygon:
    """As drawn around the houses of the street with most of them."""
    houses = max(of.streets.values(), key=len)
    per_metre = scale(houses)
    outline = shapely.concave_hull(MultiPoint(houses / per_metre), 0.3).buffer(25)
    return shapely.transform(shapely.simplify(outline, 5), lambda xy: xy * per_metre)


def _uneven(centre: Points, metres: float, rng: np.random.Generator) -> Polygon:
    """Drawn by hand: a dozen corners, none at quite the same distance."""
    turns = np.sort(rng.uniform(0, 2 * np.pi, 12))
    outline = np.column_stack([np.cos(turns), np.sin(turns)]) * (metres * rng.uniform(0.75, 1.15, (12, 1)))
    return Polygon(centre + outline * scale(float(centre[1]))).buffer(0)


def _apart(shapes: list[Polygon]) -> list[Polygon]:
    found: list[Polygon] = []
    for shape in shapes:
        if not any(shape.intersects(other) for other in found):
            found.append(shape)
    return found
