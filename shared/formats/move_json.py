"""To when staff move an alert that was approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from shared.domain.content import Spec, Type
from shared.errors import InvalidInput
from shared.formats.content_json import read_fields, type_of

_TIME = type_of(Spec(Type.TIME))
_FIELDS: dict[str, TypeAdapter[Any]] = {"send_at": TypeAdapter(_TIME), "expires": TypeAdapter(_TIME | None)}


@dataclass(frozen=True)
class Move:
    """`expires` None: the alert is valid for as long as it was to be."""

    send_at: datetime
    expires: datetime | None = None


def read_move(body: object) -> Move:
    """Raises InvalidInput."""
    values, errors = read_fields(body, frozenset({"send_at"}), frozenset({"expires"}), _FIELDS)
    if errors:
        raise InvalidInput(errors)
    return Move(**values)
