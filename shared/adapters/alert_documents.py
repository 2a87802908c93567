"""The alert and its history as Firestore documents; the shapes are in docs/data.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shared.domain.alert import Alert, Content, HistoryEntry, Person, State
from shared.domain.content_projection import plain, read
from shared.domain.wake import wake

Document = dict[str, Any]

# Fields whose name and value are the same in the alert and in its document.
_PLAIN = (
    "terc", "revision", "version", "generation", "created", "updated", "submitted", "approved", "started",
    "read_time", "finished", "slices_total", "slices_done", "attempt", "rung",
)  # fmt: skip


def to_document(alert: Alert) -> Document:
    """Every field of `alerts/{id}`, so that an update leaves nothing of an older state behind."""
    return {
        **{name: getattr(alert, name) for name in _PLAIN},
        **content_document(alert.content),
        "state": alert.state.value,
        "author": person_document(alert.author),
        "writers": list(alert.writers),
        "approver": person_document(alert.approver),
        "wake": wake(alert),  # for queries only
    }


def from_document(alert_id: str, document: Mapping[str, Any]) -> Alert:
    author = _person(document["author"])
    if author is None:
        raise ValueError("an alert has an author")
    return Alert(
        id=alert_id,
        content=_content(document),
        state=State(document["state"]),
        author=author,
        writers=tuple(document["writers"]),
        approver=_person(document["approver"]),
        **{name: document[name] for name in _PLAIN},
    )


def content_document(content: Content) -> Document:
    return plain(content, Content)


def _content(document: Mapping[str, Any]) -> Content:
    return Content(**read(document, Content))


def content_digest(content: Content) -> str:
    """Tells whether an Idempotency-Key comes back with the same request; hex SHA-256."""
    text = json.dumps(content_document(content), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def history_id(entry: HistoryEntry) -> str:
    """A second writer of the same change is refused by its existence; a second round ends anew."""
    again = "-2" if entry.details.get("round") == "2" else ""
    return f"{entry.revision:04}-{entry.action}{again}"


def in_order(entries: Iterable[HistoryEntry]) -> list[HistoryEntry]:
    """As the steps followed each other, also where two instances' clocks differ.

    The revision never falls; whoever raised it comes first, then what the system did, by time.
    """

    def place(entry: HistoryEntry) -> tuple[int, bool, datetime, str]:
        return entry.revision, entry.by is None, entry.at, entry.action

    return sorted(entries, key=place)


def history_document(entry: HistoryEntry) -> Document:
    return {
        "action": entry.action,
        "at": entry.at,
        "by": person_document(entry.by),
        "state": entry.state.value,
        "revision": entry.revision,
        "version": entry.version,
        "details": dict(entry.details),
    }


def history_entry(document: Mapping[str, Any]) -> HistoryEntry:
    return HistoryEntry(
        action=document["action"],
        at=document["at"],
        by=_person(document["by"]),
        state=State(document["state"]),
        revision=document["revision"],
        version=document["version"],
        details=document["details"],
    )


def person_document(person: Person | None) -> Document | None:
    return None if person is None else {"uid": person.uid, "name": person.name}


def _person(document: Mapping[str, Any] | None) -> Person | None:
    return None if document is None else Person(document["uid"], document["name"])
