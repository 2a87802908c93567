"""Areas that are taken again: kept under a name (a water zone, a ward), or of one of the latest alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.domain.alert import Person
from shared.domain.area_parts import Steps
from shared.domain.covered import Covered

MOST_SAVED = 100  # of a municipality: they are listed whole
LONGEST_NAME = 80  # characters
LONGEST_PARTS = 20_000  # bytes of JSON


@dataclass(frozen=True)
class SavedArea:
    """`areas/{terc}/saved/{id}`. `revision` counts its changes (the ETag).

    `parts` is JSON as staff sent it (shared/formats/area_parts_json.py): what it means is read anew from the
    register each time it is taken. `addresses`: those inside when it was last written, None without a
    register.
    """

    id: str
    terc: str
    name: str
    parts: str
    by: Person
    updated: datetime
    revision: int = 1
    addresses: int | None = None


@dataclass(frozen=True)
class RecentArea:
    """Of an alert; `parts` where they can still be taken, else None: then `area` alone (GeoJSON text)."""

    alert: str
    name: str
    area: str
    parts: Steps | None
    covers: Covered | None
    used: datetime


def name_key(name: str) -> str:
    """Two names with the same key cannot be told apart when they are read out."""
    return " ".join(name.casefold().split())
