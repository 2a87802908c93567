"""The map beneath an area, `areas/{terc}/layers/base`: the same names as in the search, as GeoJSON.

Localities are Points, streets MultiPoints of their addresses; `kind` tells which. Addresses of a locality
beside its streets are a MultiPoint of kind "addresses", named for the locality.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality
from shared.formats.search_json import MOST_BYTES

Feature = dict[str, Any]
DIGITS = 5  # of a degree: a metre, enough for a map
PLAIN = "ul. "  # what a map leaves out


def base_layer(gazetteer: Gazetteer, most_bytes: int = MOST_BYTES) -> str:
    """GeoJSON text. Where all houses are too many for one document, every second one is drawn, or fewer,
    and their numbers are left out."""
    text = _text(gazetteer, 1, numbers=True)
    every = 1
    while len(text.encode()) > most_bytes:
        text = _text(gazetteer, every, numbers=False)
        every *= 2
    return text


def middle(locality: Locality) -> tuple[float, float] | None:
    """Longitude and latitude amid its houses; None without any."""
    houses = [*locality.houses.listed, *(house for one in locality.streets for house in one.houses.listed)]
    if not houses:
        return None
    lon, lat = (median(one.lon for one in houses), median(one.lat for one in houses))
    return round(lon, DIGITS), round(lat, DIGITS)


def _text(gazetteer: Gazetteer, every: int, numbers: bool) -> str:
    collection = {"type": "FeatureCollection", "features": list(_features(gazetteer, every, numbers))}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))


def _features(gazetteer: Gazetteer, every: int, numbers: bool) -> Iterator[Feature]:
    for locality in gazetteer.localities:
        if (point := middle(locality)) is not None:
            yield _feature("locality", locality.name, locality.name, "Point", point)
    for locality in gazetteer.localities:
        for street in locality.streets:
            if street.houses.count:
                name = street.name.removeprefix(PLAIN)
                yield _houses("street", name, locality.name, street.houses, every, numbers)
    for locality in gazetteer.localities:
        if locality.houses.count:
            yield _houses("addresses", locality.name, locality.name, locality.houses, every, numbers)


def _houses(kind: str, name: str, locality: str, houses: Houses, every: int, numbers: bool) -> Feature:
    """With `numbers` of the houses in the order of their points."""
    drawn = houses.listed[::every]
    feature = _feature(kind, name, locality, "MultiPoint", [_point(house) for house in drawn])
    if numbers:
        feature["properties"]["numbers"] = [house.number for house in drawn]
    return feature


def _feature(kind: str, name: str, locality: str, shape: str, coordinates: Sequence[Any]) -> Feature:
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": name, "locality": locality},
        "geometry": {"type": shape, "coordinates": coordinates},
    }


def _point(house: House) -> list[float]:
    return [round(house.lon, DIGITS), round(house.lat, DIGITS)]
