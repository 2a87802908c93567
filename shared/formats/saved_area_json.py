"""Saved and recent areas as the staff's API takes and answers them; openapi.yaml has the shapes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from shared.domain.content import Spec, Type
from shared.domain.saved_area import LONGEST_NAME, RecentArea, SavedArea
from shared.errors import InvalidInput
from shared.formats.alert_json import person_json, time_json
from shared.formats.content_json import read_fields, type_of
from shared.formats.parts_json import parts_json

_FIELDS: dict[str, TypeAdapter[Any]] = {
    "name": TypeAdapter(type_of(Spec(Type.LINE, longest=LONGEST_NAME))),
    "parts": TypeAdapter(type_of(Spec(Type.PARTS))),
}


@dataclass(frozen=True)
class SavedForm:
    """What staff send; `parts` as JSON that nobody looked into."""

    name: str
    parts: object


def read_saved(body: object) -> SavedForm:
    """Raises InvalidInput."""
    values, errors = read_fields(body, _FIELDS.keys(), frozenset(), _FIELDS)
    if errors:
        raise InvalidInput(errors)
    return SavedForm(**values)


def saved_json(area: SavedArea) -> dict[str, Any]:
    return {
        "id": area.id,
        "revision": area.revision,
        "name": area.name,
        "parts": json.loads(area.parts),
        "addresses": area.addresses,
        "by": person_json(area.by),
        "updated": time_json(area.updated),
    }


def recent_json(recent: RecentArea) -> dict[str, Any]:
    """Its outline only where that is all there is to take."""
    drawn = json.loads(recent.area) if recent.parts is None else None
    return {
        "alert": recent.alert,
        "area_name": recent.name,
        "parts": None if recent.parts is None else parts_json(recent.parts),
        "area": drawn,
        "addresses": None if recent.covers is None else recent.covers.inside,
        "used": time_json(recent.used),
    }
