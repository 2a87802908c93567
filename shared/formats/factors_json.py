"""Keys and a PIN as the API takes and tells them; of a key never more than its name and its days."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shared.domain.own_factors import LONGEST_NAME, Factors, Key
from shared.domain.staff_session import Proof
from shared.errors import FieldError, InvalidInput
from shared.formats.alert_json import time_json

PURPOSES = ("register", "use")


def factors_json(factors: Factors, proof: Proof, now: datetime) -> dict[str, Any]:
    """`fresh`: whether what asks for a fresh factor is done without asking."""
    return {
        "keys": [_key_json(key) for key in factors.keys],
        "pin": None if factors.pin is None else {"left": factors.pin.left},
        "fresh": proof.is_fresh(now),
    }


def _key_json(key: Key) -> dict[str, Any]:
    used = None if key.used is None else time_json(key.used)
    return {"id": key.id, "name": key.name, "added": time_json(key.added), "used": used}


def read_purpose(body: object) -> str:
    """Raises InvalidInput."""
    purpose = _fields(body, "purpose")["purpose"]
    if purpose not in PURPOSES:
        raise InvalidInput([FieldError("/purpose", "unknown-value", {"known": ", ".join(PURPOSES)})])
    return str(purpose)


def read_key(body: object) -> tuple[object, str]:
    """What the browser made, and the name that its holder gives it. Raises InvalidInput."""
    fields = _fields(body, "credential", "name")
    name = fields["name"]
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME:
        raise InvalidInput([FieldError("/name", "key-name", {"most": LONGEST_NAME})])
    return fields["credential"], name.strip()


def read_credential(body: object) -> object:
    """Raises InvalidInput."""
    return _fields(body, "credential")["credential"]


def read_pin(body: object) -> str:
    """Raises InvalidInput."""
    pin = _fields(body, "pin")["pin"]
    if not isinstance(pin, str):
        raise InvalidInput([FieldError("/pin", "not-text")])
    return pin


def _fields(body: object, *names: str) -> dict[str, object]:
    """All of the names, and no other. Raises InvalidInput."""
    if not isinstance(body, dict):
        raise InvalidInput([FieldError("", "not-object")])
    missing = [FieldError(f"/{name}", "missing") for name in names if name not in body]
    unknown = [FieldError(f"/{name}", "unknown-field") for name in body if name not in names]
    if missing or unknown:
        raise InvalidInput([*missing, *unknown])
    return body
