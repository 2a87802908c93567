"""Signing keys in memory: real Ed25519, so that what they sign can be verified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.domain.signature import PublicKey, key_id
from shared.formats.key_json import base64url
from tests.fakes.alert_values import TERC


class SeededKey:
    """Fulfils ports.SigningKey; the same seed is the same key."""

    def __init__(self, seed: int) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.raw = self._private.public_key().public_bytes_raw()
        self.id = key_id(self.raw)

    def public(self, since: datetime, until: datetime | None = None) -> PublicKey:
        return PublicKey(self.id, base64url(self.raw), since, until)

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


class FakeAlertSigner:
    """Fulfils ports.AlertSigner; a test may change `keys`, by TERC."""

    def __init__(self, keys: Mapping[str, SeededKey] | None = None) -> None:
        self.keys = {TERC: SeededKey(1)} if keys is None else dict(keys)

    def key(self, terc: str) -> SeededKey | None:
        return self.keys.get(terc)
