"""Documents as the REST API wants them, made of the JSON that docs/app-developers.md shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

SERVER_TIME = "<server timestamp>"
POINT_KEYS = {"latitude", "longitude"}


def fields_and_times(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The typed fields, and the names of those that take the time of the request."""
    fields = {name: typed(value) for name, value in document.items() if value != SERVER_TIME}
    return fields, [name for name, value in document.items() if value == SERVER_TIME]


def typed(value: object) -> dict[str, Any]:  # noqa: PLR0911 - one line for each type
    match value:
        case None:
            return {"nullValue": None}
        case bool():
            return {"booleanValue": value}
        case int():
            return {"integerValue": str(value)}
        case float():
            return {"doubleValue": value if value == value else "NaN"}  # noqa: PLR0124 - NaN is unlike itself
        case str():
            return {"stringValue": value}
        case datetime():
            return {"timestampValue": value.isoformat()}
        case dict() if set(value) == POINT_KEYS:
            return {"geoPointValue": value}
        case dict():
            return {"mapValue": {"fields": {name: typed(inner) for name, inner in value.items()}}}
        case list():
            return {"arrayValue": {"values": [typed(inner) for inner in value]}}
    raise TypeError(f"No Firestore value: {value!r}")
