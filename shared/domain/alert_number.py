"""The short number by which a call names an alert, and the page shows it: for the eye, no secret."""

from __future__ import annotations

import hashlib

_LEAST, _MANY = 1_000, 9_000


def alert_number(alert_id: str) -> str:
    """Four digits, always the same for an alert; of two that wait at once one pair in 9,000 has the same, and
    the page shows both."""
    digest = hashlib.sha256(alert_id.encode()).digest()
    return str(_LEAST + int.from_bytes(digest[:4]) % _MANY)
