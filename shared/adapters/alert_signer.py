"""The municipalities' private keys, from a folder of PEM files (PKCS8, Ed25519): secrets mounted as files."""

from __future__ import annotations

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
    """Fulfils ports.AlertSigner. Each file is read on first use and then every minute."""

    def __init__(self, folder: str | None, clock: Clock) -> None:
        self._folder = folder
        self._kept: Kept[PemKey | None] = Kept(clock)

    def key(self, terc: str) -> PemKey | None:
        return self._kept.get(terc, MAX_AGE, lambda known: self._read(terc, known))

    def _read(self, terc: str, known: PemKey | None) -> PemKey | None:
        """`known` when the file is there and cannot be read: Secret Manager may not answer for a moment."""
        if self._folder is None or not _TERC.fullmatch(terc):
            return None
        try:
            private = read_private_key(Path(self._folder), terc)
        except (OSError, ValueError) as error:
            log.error("The signing key of municipality %s cannot be read: %s", terc, type(error).__name__)
            return known
        return PemKey(private) if private else None


def key_files(folder: Path, terc: str) -> tuple[Path, Path]:
    """Where a key may lie; the second because Cloud Run mounts each secret in a folder of its own."""
    return folder / f"{terc}.pem", folder / terc / "key.pem"


def read_private_key(folder: Path, terc: str) -> Ed25519PrivateKey | None:
    """None when there is no file. Raises OSError, and ValueError for what is no Ed25519 key as PEM."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    file = next((file for file in key_files(folder, terc) if file.is_file()), None)
    if file is None:
        return None
    try:
        private = load_pem_private_key(file.read_bytes(), password=None)
    except (
        TypeError,
        UnsupportedAlgorithm,
    ) as error:  # under a password; unknown to OpenSSL
        raise ValueError("not an Ed25519 key without a password") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    return private
