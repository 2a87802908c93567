"""What entries of the audit say of a thing before and after: of a change only what differs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.domain.alert import Alert, Content
from shared.domain.interlock import Interlock
from shared.domain.saved_area import SavedArea
from shared.formats.alert_json import content_json, interlock_json, time_json

Words = dict[str, Any]


def alert_words(alert: Alert) -> Words:
    """With a digest of the whole content, so that each step tells what exactly it was of; an approval with
    the number that was confirmed."""
    content = content_words(alert.content)
    stopped = None if alert.stopped is None else time_json(alert.stopped)
    noticed = None if alert.noticed is None else time_json(alert.noticed)
    words = {"state": alert.state.value, "version": alert.version, "stopped": stopped, "noticed": noticed}
    narrowed = {"area_change": alert.area_change} if alert.area_change else {}
    confirmed = {} if alert.interlock is None else {"confirmed_number": _confirmed(alert.interlock)}
    return {**words, **confirmed, "digest": _digest(content), **narrowed, **content}


def _confirmed(approved: Interlock) -> Words:
    return {name: value for name, value in interlock_json(approved).items() if name != "at"}


def content_words(content: Content) -> Words:
    """As staff entered it; the shape by its digest, since one may be as large as a document."""
    words = content_json(replace(content, area=""))
    del words["covers"]  # worked out of the area
    return {**words, "area": _digest(content.area) if content.area else None}


def saved_words(area: SavedArea) -> Words:
    return {"name": area.name, "parts": json.loads(area.parts)}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Words, Words]:
    """What was and what is, by the names that differ; of maps in them the same. A name that one lacks is
    None there."""
    old: Words = {}
    new: Words = {}
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            was, now = differing(was, now)
        if was != now:
            old[name], new[name] = was, now
    return old, new


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
