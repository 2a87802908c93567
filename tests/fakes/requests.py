"""Bodies as the page sends them."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any

from shared.formats.alert_json import time_json
from tests.fakes.clock import SUNDAY_NIGHT

SQUARE_RING = [[19.93, 49.83], [19.95, 49.83], [19.95, 49.85], [19.93, 49.85], [19.93, 49.83]]
_WATER: dict[str, Any] = {
    "category": "failure",
    "severity": "Moderate",
    "texts": {"pl": {"title": "Brak wody: ul. Główna", "body": "Pękła rura. Wody nie będzie do ok. 14:00."}},
    "area": {"type": "Polygon", "coordinates": [SQUARE_RING]},
    "area_name": "ul. Główna",
    "expires": time_json(SUNDAY_NIGHT + timedelta(hours=12)),
    "send_at": None,
}


def water(**changes: object) -> dict[str, Any]:
    """A content that is accepted, with some fields changed."""
    return {**copy.deepcopy(_WATER), **changes}


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def after(**duration: float) -> str:
    """A time as the page sends it, counted from the fakes' clock."""
    moment: datetime = SUNDAY_NIGHT + timedelta(**duration)
    return time_json(moment)
