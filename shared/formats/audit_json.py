"""An entry of the audit as bytes that are the same wherever they are made, and as JSON for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.domain.audit import AuditEntry, AuditHead


def moment(at: datetime | None) -> str | None:
    """UTC with microseconds, which is what Firestore keeps."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def words_text(words: Mapping[str, Any] | None) -> str | None:
    """Raises ValueError for what JSON does not have."""
    return None if words is None else _text(words)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def entry_json(terc: str, entry: AuditEntry) -> dict[str, Any]:
    """All of an entry under the names of docs/data.md."""
    act = entry.act
    return {
        "terc": terc,
        "seq": entry.seq,
        "at": moment(entry.at),
        "action": act.action,
        "by": None if act.by is None else {"uid": act.by.uid, "name": act.by.name},
        "about": act.about,
        "before": act.before,
        "after": act.after,
        "why": act.why,
        "where": act.where,
        "outcome": act.outcome.value,
        "happened": moment(act.happened),
        "key": entry.key,
        "prev": entry.prev,
        "prev_at": moment(entry.prev_at),
        "mac": entry.mac,
    }


def sealed_bytes(terc: str, entry: AuditEntry) -> bytes:
    """What an entry's MAC is over, after the MAC before it: JSON with its names in order, without spaces."""
    return _text({name: value for name, value in entry_json(terc, entry).items() if name != "mac"}).encode()


def head_bytes(terc: str, head: AuditHead) -> bytes:
    return _text(
        {"terc": terc, "seq": head.seq, "at": moment(head.at), "mac": head.mac, "key": head.key}
    ).encode()
