"""What a person renews a session by, or shows once more who they are: keys and a PIN."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

MOST_KEYS = 5
TRIES = 5  # of a PIN; then it is gone, and a sign-in follows
LEAST_DIGITS, MOST_DIGITS = 6, 12
LONGEST_NAME = 40  # of a key
# OWASP Password Storage Cheat Sheet, scrypt: 16 MiB and five rounds.
_SCRYPT = {"n": 2**14, "r": 8, "p": 5, "maxmem": 64 * 2**20, "dklen": 32}
_PIN = re.compile(rf"[0-9]{{{LEAST_DIGITS},{MOST_DIGITS}}}", re.ASCII)


@dataclass(frozen=True)
class Key:
    """A FIDO2 authenticator, as it registered itself."""

    id: str  # the credential's, base64url without padding
    public_key: str  # COSE, base64url without padding
    sign_count: int
    name: str
    added: datetime
    used: datetime | None = None


@dataclass(frozen=True)
class Pin:
    salt: str  # hex
    hash: str  # hex of scrypt
    left: int = TRIES

    def fits(self, pin: str) -> bool:
        return hmac.compare_digest(_hash(pin, self.salt), self.hash)


@dataclass(frozen=True)
class Factors:
    """`factors/{uid}`, beside what signs a person in."""

    uid: str
    keys: tuple[Key, ...] = ()
    pin: Pin | None = None

    def key(self, key_id: str) -> Key | None:
        return next((key for key in self.keys if key.id == key_id), None)

    def with_key(self, key: Key) -> Factors:
        """Added, or in place of the one that it was."""
        others = tuple(one for one in self.keys if one.id != key.id)
        return replace(self, keys=(*others, key))

    def without_key(self, key_id: str) -> Factors:
        return replace(self, keys=tuple(key for key in self.keys if key.id != key_id))


def new_pin(pin: str) -> Pin:
    salt = secrets.token_hex(16)
    return Pin(salt, _hash(pin, salt))


def is_pin(text: str) -> bool:
    return _PIN.fullmatch(text) is not None


def is_plain(pin: str) -> bool:
    """Whether it is one of those that everybody tries first: of few digits, or a row of them."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1 or len(set(pin)) < 3


def _hash(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), **_SCRYPT).hex()
