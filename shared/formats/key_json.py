"""A municipality's public keys as JSON (times as RFC 3339) and as PEM, the form that OpenSSL takes."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from typing import Any

from shared.domain.signature import PublicKey

_BASE64URL = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_SPKI_ED25519 = bytes.fromhex("302a300506032b6570032100")  # DER before the 32 bytes (RFC 8410, section 4)


def key_json(key: PublicKey) -> dict[str, Any]:
    """`{id, key, from, until}`, as in municipalities.json; `until` null while the key is in use."""
    return {
        "id": key.id,
        "key": key.key,
        "from": _text(key.since),
        "until": None if key.until is None else _text(key.until),
    }


def pem(key: PublicKey) -> str:
    """SubjectPublicKeyInfo (RFC 8410), for `openssl pkeyutl -verify -pubin`."""
    body = base64.b64encode(_SPKI_ED25519 + base64url_bytes(key.key)).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"


def base64url(data: bytes) -> str:
    """Without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def base64url_bytes(text: str) -> bytes:
    """Raises ValueError for any other alphabet, or padding."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
