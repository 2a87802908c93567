"""The secrets that seal the audit: one file for all, a key for each municipality derived from it.

The file is a JSON object, {"current": "2", "keys": {"1": "base64...", "2": "base64..."}}; in the cloud a
secret mounted as a file. A key that no longer seals stays in it for as long as its entries are kept.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from shared.adapters.kept import Kept
from shared.domain.audit import AuditEntry, AuditHead
from shared.errors import Unavailable
from shared.formats.audit_json import head_bytes, sealed_bytes
from shared.ports import Clock

MAX_AGE = 60.0  # seconds; a rotated key is taken up without a new deployment
LEAST_BYTES = 32  # of a secret: as many as the digest has (RFC 2104, section 3)
_TERC = re.compile(r"[0-9]{7}")
log = logging.getLogger(__name__)


class HmacSealer:
    """Fulfils domain.audit.Sealer: HMAC-SHA-256 with keys derived by HKDF."""

    def __init__(self, secrets: Mapping[str, bytes], current: str) -> None:
        self._secrets, self.key = secrets, current

    def mac(self, terc: str, entry: AuditEntry) -> str | None:
        return self._mac(terc, entry.key, entry.prev.encode() + b"\n" + sealed_bytes(terc, entry))

    def seal(self, terc: str, head: AuditHead) -> str | None:
        return self._mac(terc, head.key, b"head\n" + head_bytes(terc, head))

    def _mac(self, terc: str, key: str, message: bytes) -> str | None:
        import hmac

        secret = self._secrets.get(key)
        return None if secret is None else hmac.digest(_derived(secret, terc), message, "sha256").hex()


class FileAuditKeys:
    """Fulfils ports.AuditKeys."""

    def __init__(self, place: str | None, clock: Clock) -> None:
        self._place = place
        self._kept: Kept[HmacSealer | None] = Kept(clock)

    def of(self, terc: str) -> HmacSealer:
        if not _TERC.fullmatch(terc):
            raise ValueError("the audit is a municipality's")
        found = self._kept.get("", MAX_AGE, self._read)
        if found is None:
            raise Unavailable
        return found

    def _read(self, known: HmacSealer | None) -> HmacSealer | None:
        """`known` when the file cannot be read: Secret Manager may not answer for a moment."""
        try:
            return read_audit_keys(Path(self._place)) if self._place else None
        except (OSError, ValueError) as error:
            log.error("The keys of the audit cannot be read: %s", type(error).__name__)
            return known


def read_audit_keys(file: Path) -> HmacSealer:
    """Raises OSError, and ValueError for a file of another form."""
    document = json.loads(file.read_text())
    try:
        secrets = {
            str(name): base64.b64decode(text, validate=True) for name, text in document["keys"].items()
        }
        current = str(document["current"])
    except (LookupError, TypeError, AttributeError, binascii.Error) as error:
        raise ValueError("not an object of keys") from error
    if current not in secrets or min(map(len, secrets.values())) < LEAST_BYTES:
        raise ValueError("no current key, or one that is too short")
    return HmacSealer(secrets, current)


@lru_cache(maxsize=1024)
def _derived(secret: bytes, terc: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), LEAST_BYTES, salt=None, info=f"alert-online audit {terc}".encode()).derive(secret)
