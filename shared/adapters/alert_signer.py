"""The municipalities' private keys (PKCS8, Ed25519, as PEM): a folder of files, or one file of all.

In the cloud they are one secret mounted as a file, a JSON object by TERC: a municipality that joins is
another version of it and no other revision of a function. 64 KiB (Secret Manager docs, quotas) hold some 400
of them.
"""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

from shared.adapters.kept import Kept
from shared.domain.signature import key_id
from shared.ports import Clock

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MAX_AGE = 60.0  # seconds; a rotated key is taken up without a new deployment
_TERC = re.compile(r"\d{7}", re.ASCII)
log = logging.getLogger(__name__)


class PemKey:
    """Fulfils ports.SigningKey."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.id = key_id(private.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


class PemAlertSigner:
    """Fulfils ports.AlertSigner. A key is read on first use and then every minute."""

    def __init__(self, place: str | None, clock: Clock) -> None:
        """`place`: a folder with a file for each municipality, or one file of all."""
        self._place = place
        self._kept: Kept[PemKey | None] = Kept(clock)

    def key(self, terc: str) -> PemKey | None:
        return self._kept.get(terc, MAX_AGE, lambda known: self._read(terc, known))

    def _read(self, terc: str, known: PemKey | None) -> PemKey | None:
        """`known` when the file is there and cannot be read: Secret Manager may not answer for a moment."""
        if self._place is None or not _TERC.fullmatch(terc):
            return None
        try:
            private = read_private_key(Path(self._place), terc)
        except (OSError, ValueError) as error:
            log.error("The signing key of municipality %s cannot be read: %s", terc, type(error).__name__)
            return known
        return PemKey(private) if private else None


def key_files(folder: Path, terc: str) -> tuple[Path, Path]:
    """Where a key may lie; the second because Cloud Run mounts each secret in a folder of its own."""
    return folder / f"{terc}.pem", folder / terc / "key.pem"


def read_bundle(file: Path) -> dict[str, str]:
    """All keys of one file, as PEM by TERC. Raises OSError, and ValueError for another form."""
    keys = json.loads(file.read_text())
    if not isinstance(keys, dict) or not all(isinstance(text, str) for text in keys.values()):
        raise ValueError("not an object of keys")
    return keys


def _pem(place: Path, terc: str) -> bytes | None:
    if place.is_file():
        text = read_bundle(place).get(terc)
        return None if text is None else text.encode()
    file = next((file for file in key_files(place, terc) if file.is_file()), None)
    return None if file is None else file.read_bytes()


def read_private_key(place: Path, terc: str) -> Ed25519PrivateKey | None:
    """`place`: a folder, or a file of all keys. None when there is no key of that municipality.

    Raises OSError, and ValueError for what is no Ed25519 key as PEM.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    pem = _pem(place, terc)
    if pem is None:
        return None
    try:
        private = load_pem_private_key(pem, password=None)
    except (
        TypeError,
        UnsupportedAlgorithm,
    ) as error:  # under a password; unknown to OpenSSL
        raise ValueError("not an Ed25519 key without a password") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    return private
