"""Units of the register and what a search finds, as the staff API answers; openapi.yaml has the shape."""

from __future__ import annotations

import json
from typing import Any

from shared.domain.area_parts import Level
from shared.domain.register_unit import RegisterUnit, street_code
from shared.domain.search.matching import Hit


def unit_json(unit: RegisterUnit) -> dict[str, Any]:
    """Without its shape."""
    return {
        "level": unit.level.value,
        "code": unit.code,
        "name": unit.name,
        "parent": unit.parent or None,
        "addresses": unit.addresses,
    }


def whole_unit_json(unit: RegisterUnit) -> dict[str, Any]:
    shape = None if unit.shape is None else json.loads(unit.shape)
    return {**unit_json(unit), "shape": shape, "retired": unit.retired}


def hit_json(hit: Hit) -> dict[str, Any]:
    """`locality` is what a street, a part or a house lies in; `number` that of a house that was asked for."""
    around = {"code": hit.locality.sym, "name": hit.locality.name}
    number = None if hit.house is None else hit.house.number
    if hit.street is not None:
        code = street_code(hit.locality, hit.street)
        count, name, level = hit.street.houses.count, hit.street.name, Level.STREET
    elif hit.part is not None:
        code, name, level, count = hit.part.sym, hit.part.name, Level.LOCALITY, 0
    else:
        code, name, level, count = hit.locality.sym, hit.locality.name, Level.LOCALITY, hit.locality.count
    return {
        "level": level.value,
        "code": code,
        "name": name,
        "addresses": count,
        "locality": around,
        "number": number,
    }
