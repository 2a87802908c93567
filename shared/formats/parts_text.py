"""The parts of an alert's area as one text, each with the shape that it had when it was taken.

So a delivery depends on no later register, and on no later saved area. It is trusted: what staff send is
read by area_parts_json.py, which says what the names mean. Nothing here knows geometry, since every worker
reads alerts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from shared.domain.area_parts import Around, Drawn, Leaf, Level, Saved, Step, Steps, Unit
from shared.domain.house_numbers import Houses, Parity

Json = dict[str, Any]


def parts_text(steps: Steps) -> str:
    return json.dumps(_steps_json(steps), ensure_ascii=False, separators=(",", ":"))


def parts_of(text: str) -> Steps:
    """What `parts_text` wrote. Raises ValueError, also for a kind of a later release: an area is never read
    without one of its parts."""
    try:
        return _steps(json.loads(text))
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("no parts of an area") from error


def _steps_json(steps: Steps) -> list[Json]:
    return [{**_part_json(step.part), **({"subtract": True} if step.subtracted else {})} for step in steps]


def _part_json(part: Leaf | Saved) -> Json:
    if isinstance(part, Drawn):
        return {"kind": "shape", "shape": part.shape}
    if isinstance(part, Around):
        return {"kind": "here", "lat": part.lat, "lng": part.lng, "metres": part.metres}
    if isinstance(part, Saved):
        return {"kind": "saved", "id": part.id, "parts": _steps_json(part.steps)}
    known = {} if part.shape is None else {"shape": part.shape}
    return {"kind": part.level.value, "code": part.code, **_houses_json(part.houses), **known}


def _houses_json(houses: Houses | None) -> Json:
    if houses is None:
        return {}
    return {"houses": {"parity": houses.parity, "from": houses.first, "to": houses.last}}


def _steps(stored: list[Any]) -> Steps:
    if not stored:
        raise ValueError("no parts")
    return tuple(Step(_part(one), one.get("subtract", False)) for one in stored)


def _part(stored: Mapping[str, Any]) -> Leaf | Saved:
    kind = stored["kind"]
    if kind == "shape":
        return Drawn(stored["shape"])
    if kind == "here":
        return Around(stored["lat"], stored["lng"], stored["metres"])
    if kind == "saved":
        return Saved(stored["id"], _steps(stored["parts"]))
    return Unit(Level(kind), stored["code"], _houses(stored.get("houses")), stored.get("shape"))


def _houses(stored: Mapping[str, Any] | None) -> Houses | None:
    if stored is None:
        return None
    parity = stored["parity"]
    return Houses(None if parity is None else Parity(parity), stored["from"], stored["to"])
