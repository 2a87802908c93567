"""A key (FIDO2) in this process: what a browser would answer for it, signed by a key of its own."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 1, 4, 64  # flags of authenticator data (WebAuthn, 6.1)


class SecurityKey:
    """`sees`: whether its holder proved to it who they are; `origin`: of the page that asks."""

    def __init__(self, origin: str, sees: bool = True) -> None:
        self.origin, self.sees, self.count = origin, sees, 0
        self.id = secrets.token_bytes(16)
        self._private = ec.generate_private_key(ec.SECP256R1())

    def register(self, options: Mapping[str, Any]) -> dict[str, Any]:
        client = self._client("webauthn.create", options["challenge"])
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(self._public())
        data = self._data(options["rp"]["id"], ATTESTED) + attested
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._credential({"clientDataJSON": client, "attestationObject": made})

    def use(self, options: Mapping[str, Any]) -> dict[str, Any]:
        client = self._client("webauthn.get", options["challenge"])
        data = self._data(options["rpId"], 0)
        signed = data + hashlib.sha256(client).digest()
        signature = self._private.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._credential({"clientDataJSON": client, "authenticatorData": data, "signature": signature})

    def _public(self) -> dict[int, int | bytes]:
        """COSE: EC2, ES256, P-256."""
        numbers = self._private.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}

    def _data(self, host: str, flags: int) -> bytes:
        self.count += 1
        flags |= PRESENT | (VERIFIED if self.sees else 0)
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, response: Mapping[str, bytes]) -> dict[str, Any]:
        own = bytes_to_base64url(self.id)
        told = {name: bytes_to_base64url(value) for name, value in response.items()}
        return {"id": own, "rawId": own, "type": "public-key", "response": told, "clientExtensionResults": {}}
