"""The parts of an area as the staff's API answers them; what it answers it takes (area_parts_json.py)."""

from __future__ import annotations

import json
from typing import Any

from shared.domain.area_parts import Around, Drawn, Leaf, Saved, Steps
from shared.domain.house_numbers import Houses


def parts_json(steps: Steps) -> list[dict[str, Any]]:
    """Without what was taken of register and saved areas: whoever sends it again takes it anew."""
    return [{**_part_json(step.part), **({"subtract": True} if step.subtracted else {})} for step in steps]


def shape_json(text: str) -> Any:
    """The stored GeoJSON; None for what is none: it holds up neither the stop of an alert nor its page."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _part_json(part: Leaf | Saved) -> dict[str, Any]:
    if isinstance(part, Drawn):
        return {"kind": "shape", "shape": shape_json(part.shape)}
    if isinstance(part, Around):
        return {"kind": "here", "lat": part.lat, "lng": part.lng, "metres": part.metres}
    if isinstance(part, Saved):
        return {"kind": "saved", "id": part.id}
    houses = {} if part.houses is None else {"houses": _houses_json(part.houses)}
    return {"kind": part.level.value, "code": part.code, **houses}


def _houses_json(houses: Houses) -> dict[str, str]:
    said = {"parity": houses.parity and houses.parity.value, "from": houses.first, "to": houses.last}
    return {name: value for name, value in said.items() if value is not None}
