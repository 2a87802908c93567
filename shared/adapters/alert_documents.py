"""The alert and its history as Firestore documents; the shapes are in docs/data.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from shared.adapters.stored_documents import Misfit, needed, record
from shared.domain.alert import Alert, Content, HistoryEntry, Person, State, Text
from shared.domain.area_parts import Steps
from shared.domain.content import FIRST_LANGUAGE, specs
from shared.domain.content_projection import category_of, plain
from shared.domain.retention import CASE_KEPT, kept_until
from shared.domain.unfinished import blanks
from shared.domain.wake import wake
from shared.formats.parts_json import parts_json
from shared.formats.parts_text import parts_of, parts_text

Document = dict[str, Any]

# Fields whose name and value are the same in the alert and in its document.
_PLAIN = (
    "terc", "revision", "version", "generation", "created", "updated", "submitted", "approved", "started",
    "finished", "attempt", "held", "epoch", "sent_alone", "confirmed", "all_the_same", "thread", "replaces",
    "prepared",
    "reason", "stopped", "settled", "area_change", "noticed",
)  # fmt: skip
# Without them nobody could tell what may still be done, and by whom: a second person has to approve.
_NEEDED = ("state", "writers")
# What was called off may have been a draft that was never finished.
_UNFINISHED = (State.DRAFT, State.CANCELLED)
# By field: words that an older release wrote, and what they are read as.
# 0.1.0: what was being sent waits for somebody to approve it anew; what FCM refused was to be edited.
HALF_SENT = ("sending",)
BEFORE_ALL = -1  # an epoch: whoever was told already is not told again before a person says so
RENAMED: Mapping[str, Mapping[str, str]] = {"state": {"sending": "scheduled", "failed": "draft"}}


def to_document(alert: Alert) -> Document:
    """Every field of `alerts/{id}`, so that an update leaves nothing of an older state behind."""
    return {
        **{name: getattr(alert, name) for name in _PLAIN},
        **content_document(alert.content),
        "worked_out_of": _digest(alert.content.area),
        "state": alert.state.value,
        "author": person_document(alert.author),
        "writers": list(alert.writers),
        "approver": person_document(alert.approver),
        "confirmer": person_document(alert.confirmer),
        "kind": alert.kind.value,
        "ends_what": None if alert.ends_what is None else alert.ends_what.value,
        "worded": None if alert.worded is None else asdict(alert.worded),
        "interlock": None if alert.interlock is None else asdict(alert.interlock),
        "wake": wake(alert),  # for queries only
        "expire": kept_until(alert),
        **({} if alert.series is None else {"series": alert.series}),  # it never changes
    }


def from_document(alert_id: str, document: Mapping[str, Any]) -> Alert:
    """Of any release. Raises Misfit, also where a default would let somebody do what they may not."""
    known = in_present_words(document)
    for name in _NEEDED:
        needed(known, name)
    return record(Alert, known, id=alert_id, content=_content(known))


def in_present_words(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document with the words of older releases replaced by those that now say the same."""
    renamed: dict[str, Any] = {
        field: words[document[field]] for field, words in RENAMED.items() if document.get(field) in words
    }
    if document.get("state") in HALF_SENT:
        renamed["epoch"] = BEFORE_ALL
    if document.get("state") == State.SCHEDULED and document.get("held") is not None:
        renamed["state"] = State.HELD.value  # releases up to 0.2.0 had no word for it
    return {**document, **renamed} if renamed else document


def stored_words(field: str, words: Iterable[str]) -> list[str]:
    """These words and those of older releases that are read as one of them: what a query has to look for."""
    wanted = list(words)
    return wanted + [old for old, new in RENAMED.get(field, {}).items() if new in wanted]


def content_document(content: Content) -> Document:
    parts = None if content.parts is None else parts_text(content.parts)
    return {**plain(content, Content), "parts": parts}


def _content(document: Mapping[str, Any]) -> Content:
    if document["state"] in _UNFINISHED and document.get("approved") is None:
        document = _with_blanks(document)
    if document.get("worked_out_of") != _digest(document.get("area")):
        document = {
            **document,
            "parts": None,
            "covers": None,
        }  # a release that knows neither changed the area
    return content_of(document)


def content_of(document: Mapping[str, Any]) -> Content:
    """Raises Misfit."""
    if "pl" not in needed(document, "texts"):
        raise Misfit("texts")  # whoever lacks a text in their language is shown this one
    return record(Content, document, category=category_of(document), parts=_parts(document.get("parts")))


def _digest(area: object) -> str:
    return hashlib.sha256(str(area or "").encode()).hexdigest()[:16]


def _parts(stored: Any) -> Steps | None:
    try:
        return None if stored is None else parts_of(stored)
    except ValueError as error:
        raise Misfit("parts") from error


def _with_blanks(document: Mapping[str, Any]) -> Document:
    """What a draft does not say yet is null, or missing in its texts."""
    unsaid = {name: one for name, one in blanks(Content).items() if document.get(name) is None}
    texts = document.get("texts") or {FIRST_LANGUAGE: {}}
    return {**document, **unsaid, "texts": {code: {**blanks(Text), **text} for code, text in texts.items()}}


def content_digest(content: Content) -> str:
    """Tells whether an Idempotency-Key comes back with the same request; hex SHA-256.

    What a content does not say is left out, so that a release with a field more finds the same; and so is
    what was worked out of it, which another release or a later register would work out otherwise.
    """
    said = {name: value for name, value in content_document(content).items() if value}
    said = {
        name: value for name, value in said.items() if name == "group" or not specs(Content)[name].derived
    }
    if content.parts is not None:
        said = {**said, "parts": parts_json(content.parts), "area": None}
    text = json.dumps(said, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def history_id(entry: HistoryEntry) -> str:
    """A second writer of the same change is refused by its existence."""
    return f"{entry.revision:04}-{entry.action}"


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
        "expire": entry.at + CASE_KEPT,
    }


def history_entry(document: Mapping[str, Any]) -> HistoryEntry:
    """Raises Misfit."""
    return record(HistoryEntry, document)


def person_document(person: Person | None) -> Document | None:
    return None if person is None else {"uid": person.uid, "name": person.name}
