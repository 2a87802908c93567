"""The shapes of a municipality as GeoJSON (RFC 7946): border, alerts' areas, register, what was drawn."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from manage.export.parts import Source

Feature = dict[str, Any]


@dataclass(frozen=True)
class Shapes:
    """One FeatureCollection."""

    name: str
    read: Callable[[Source, str], Iterator[Feature]]


def _border(source: Source, terc: str) -> Iterator[Feature]:
    for path, fields in source.one(f"areas/{terc}"):
        yield from _feature(path, fields.get("geometry"), {"terc": terc, "name": fields.get("name")})


def _alert_areas(source: Source, terc: str) -> Iterator[Feature]:
    for path, fields in source.said_to_be_of(terc, "alerts"):
        said = {name: fields.get(name) for name in ("area_name", "state", "category", "severity", "started")}
        yield from _feature(path, fields.get("area"), said)


def _units(source: Source, terc: str) -> Iterator[Feature]:
    for path, fields in source.beneath(f"areas/{terc}/units"):
        said = {
            name: fields.get(name) for name in ("level", "name", "parent", "addresses", "as_of", "retired")
        }
        yield from _feature(path, fields.get("shape"), said)


def _drawn(source: Source, terc: str) -> Iterator[Feature]:
    """What of saved areas was drawn; their other parts name units of the register."""
    for path, fields in source.beneath(f"areas/{terc}/saved"):
        for number, part in enumerate(_parts(fields.get("parts"))):
            said = {"area": fields.get("name"), "part": number, "kind": part.get("kind")}
            yield from _feature(f"{path}#{number}", part.get("shape"), said)


def _parts(text: object) -> list[Mapping[str, Any]]:
    try:
        parts = json.loads(text) if isinstance(text, str) else []
    except ValueError:
        return []
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _feature(name: str, geometry: object, properties: dict[str, Any]) -> Iterator[Feature]:
    """None for what is no shape: a draft without an area."""
    try:
        shape = json.loads(geometry) if isinstance(geometry, str) else geometry
    except ValueError:
        return
    if isinstance(shape, dict):
        yield {"type": "Feature", "id": name, "properties": properties, "geometry": shape}


SHAPES = (
    Shapes("border", _border),
    Shapes("alert_areas", _alert_areas),
    Shapes("register_units", _units),
    Shapes("saved_areas_drawn", _drawn),
)
