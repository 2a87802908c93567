"""A municipality's key as whoever verifies an alert reads it from municipalities.json."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.domain.signature import PublicKey, key_id
from shared.formats.key_json import base64url_bytes


def read_key(fields: Mapping[str, Any]) -> PublicKey:
    """Raises ValueError when the id is not the key's own."""
    raw = base64url_bytes(fields["key"])
    if len(raw) != 32 or fields["id"] != key_id(raw):
        raise ValueError("not an Ed25519 key under its id")
    until = fields["until"]
    return PublicKey(
        fields["id"], fields["key"], _time(fields["from"]), None if until is None else _time(until)
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
