"""The file of secrets that seal the audit, as shared/adapters/audit_keys.py reads it."""

from __future__ import annotations

import base64
import json
import secrets
from pathlib import Path

from shared.adapters.audit_keys import LEAST_BYTES, read_audit_keys


def add_key(file: Path) -> str:
    """A new secret under the next number, which seals from now on; those before stay, to verify by.

    The id of the new one. Raises OSError, and ValueError for a file of another form.
    """
    known: dict[str, dict[str, str]] = {"keys": {}}
    if file.exists():
        read_audit_keys(file)
        known = json.loads(file.read_text())
    name = str(1 + max((int(key) for key in known["keys"]), default=0))
    secret = base64.b64encode(secrets.token_bytes(LEAST_BYTES)).decode()
    _replace(file, json.dumps({"current": name, "keys": {**known["keys"], name: secret}}))
    return name


def _replace(file: Path, text: str) -> None:
    """Whole or not at all, and for its owner alone."""
    beside = file.with_name(f".{file.name}.new")
    beside.touch(mode=0o600)
    beside.write_text(text)
    beside.replace(file)
