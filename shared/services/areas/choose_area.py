"""The fields of a content that follow from the area that staff chose: drawn as one shape, or of parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.domain.area_parts import Steps
from shared.domain.content import Content, specs
from shared.errors import FieldError
from shared.geo.shapes import Area
from shared.services.areas.area_ports import AreaPorts
from shared.services.areas.check_area import check_area
from shared.services.areas.covers import covers_of
from shared.services.areas.name_parts import name_parts
from shared.services.areas.register import Register, register_of
from shared.services.areas.take_parts import Taken, check_taken, take_parts

Fields = Mapping[str, Any]
LONGEST_NAME = specs(Content)["area_name"].longest or 0


def checked_area(values: Fields, register: Register) -> Fields:
    """Of a request's `parts` or `area` (JSON that nobody looked into) what is stored. Raises InvalidInput."""
    if values.get("parts") is not None:
        taken = take_parts(values["parts"], register)
        check_taken(taken, register.boundary)
        return _of_parts(taken, values, register)
    if values.get("area") is None:
        return {}
    return _drawn(check_area(values["area"], register.boundary).area.text(), register)


def unchecked_area(values: Fields, register: Register) -> Fields:
    """Of a draft: it may lie anywhere yet, and nobody has to be in it."""
    from shared.geo.read_area import parse_area

    if values.get("parts") is not None:
        return _of_parts(take_parts(values["parts"], register), values, register)
    return _drawn(parse_area(values["area"]).text(), register) if values.get("area") else {}


@dataclass(frozen=True)
class Measured:
    """What is asked about: the area, of parts with their steps and an outline to draw, and notes."""

    area: Area
    steps: Steps | None = None
    outline: str | None = None  # GeoJSON text
    notes: Sequence[FieldError] = ()


def to_measure(ports: AreaPorts, terc: str, parts: object | None, area: object | None) -> Measured:
    """JSON of a request that nobody looked into, one of the two. Raises InvalidInput, NotFound."""
    register = register_of(ports.municipalities, ports.areas, ports.saved, terc)
    if parts is None:
        read = check_area(area, register.boundary)
        return Measured(read.area, notes=read.notes)
    taken = take_parts(parts, register)
    return Measured(check_taken(taken, register.boundary), taken.steps, taken.outline, taken.notes)


def _drawn(area: str, register: Register) -> Fields:
    return {"area": area, "covers": covers_of(area, None, register.terc, register.library)}


def _of_parts(taken: Taken, values: Fields, register: Register) -> Fields:
    name = values.get("area_name") or _name(taken, register)
    covers = covers_of(taken.outline, taken.steps, register.terc, register.library)
    named = {"area_name": name} if name else {}
    return {"area": taken.outline, "parts": taken.steps, "covers": covers, **named}


def _name(taken: Taken, register: Register) -> str | None:
    return name_parts(taken.steps, register.name_of, register.saved_name, LONGEST_NAME)
