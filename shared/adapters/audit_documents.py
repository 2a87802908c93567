"""Entries and heads of the audit as Firestore documents; the shapes are in docs/data.md.

An entry is read back only if it is to the letter what this code writes for it: whatever else stands in the
document was put there by somebody else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.adapters.alert_documents import person_document
from shared.adapters.stored_documents import MISFITS, record
from shared.domain.alert import Person
from shared.domain.audit import KEPT, WAITS, Act, AuditEntry, AuditHead, Outcome, Stored
from shared.formats.audit_json import words_text

Document = dict[str, Any]
_PLAIN = ("action", "about", "why", "where", "happened")
_CHAIN = ("seq", "at", "key", "prev", "prev_at", "mac")
DIGITS = 12


def entry_name(seq: int) -> str:
    return f"{seq:0{DIGITS}}"


def act_document(act: Act) -> Document:
    """The words as text: Firestore has no list in a list, and a text comes back as it was."""
    return {
        **{name: getattr(act, name) for name in _PLAIN},
        "by": person_document(act.by),
        "before": words_text(act.before),
        "after": words_text(act.after),
        "outcome": act.outcome.value,
    }


def act_of_document(terc: str, document: Mapping[str, Any]) -> Act:
    """Raises one of MISFITS."""
    by = document["by"]
    return Act(
        terc,
        by=None if by is None else Person(by["uid"], by["name"]),
        before=_words(document["before"]),
        after=_words(document["after"]),
        outcome=Outcome(document["outcome"]),
        **{name: document[name] for name in _PLAIN},
    )


def _words(text: str | None) -> Mapping[str, Any] | None:
    words: Mapping[str, Any] | None = None if text is None else json.loads(text)
    return words


def entry_document(entry: AuditEntry) -> Document:
    return {
        **{name: getattr(entry, name) for name in _CHAIN},
        **act_document(entry.act),
        "expire": entry.at + KEPT,
    }


def waiting_document(waiting: AuditEntry) -> Document:
    sealed = {name: getattr(waiting, name) for name in ("at", "key", "mac")}
    return {**act_document(waiting.act), **sealed, "expire": waiting.at + KEPT}


def waiting_entry(terc: str, document: Mapping[str, Any]) -> AuditEntry:
    """Raises one of MISFITS."""
    at = plain_moment(document["at"])
    key, mac = str(document["key"]), str(document["mac"])
    return AuditEntry(0, at, act_of_document(terc, document), key, WAITS, at, mac)


def stored_entry(terc: str, name: str, document: Mapping[str, Any]) -> Stored:
    seq = int(name) if name.isascii() and name.isdigit() else 0
    try:
        entry = AuditEntry(act=act_of_document(terc, document), **{key: document[key] for key in _CHAIN})
        same = entry_document(entry) == dict(document) and entry_name(entry.seq) == name
    except MISFITS:
        same = False
    return Stored(seq, entry if same else None)


def head_document(head: AuditHead) -> Document:
    return {name: getattr(head, name) for name in ("seq", "at", "mac", "key", "seal")}


def head_of_document(document: Mapping[str, Any] | None) -> AuditHead:
    """Raises Misfit."""
    return AuditHead() if document is None else record(AuditHead, document)


def plain_moment(at: datetime) -> datetime:
    """Without the nanoseconds of Firestore's own kind of moment."""
    return datetime.combine(at.date(), at.timetz())
