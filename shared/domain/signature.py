"""Whose signature counts, and from when until when. docs/adr/0016 says why it is built so."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

_KEY = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)  # 32 bytes


@dataclass(frozen=True)
class Signature:
    """Of one published alert: the exact text that was signed, and by which key."""

    text: str
    value: str  # base64url without padding, 64 bytes (Ed25519, RFC 8032)
    key: str  # id of the key


@dataclass(frozen=True)
class PublicKey:
    """A municipality's key; what it signed within [since, until) counts for ever. Times are aware UTC."""

    id: str
    key: str  # base64url without padding, 32 bytes (RFC 8032)
    since: datetime
    until: datetime | None = None  # None: it is in use

    def covers(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


def is_key(text: str) -> bool:
    """Whether it has the form of a PublicKey's `key`."""
    return _KEY.fullmatch(text) is not None


def key_id(raw: bytes) -> str:
    """16 hex digits: the same key has the same name wherever it is kept."""
    return hashlib.sha256(raw).hexdigest()[:16]


def rotated(keys: Sequence[PublicKey], fresh: PublicKey, closing: datetime) -> tuple[PublicKey, ...]:
    """`fresh` is in use from now on; those in use until now end at `closing`."""
    return (*(replace(key, until=closing) if key.until is None else key for key in keys), fresh)
