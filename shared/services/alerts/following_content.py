"""What a message of a thread says before anybody changes it: what the one before said, or prepared words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.alert import Content, Severity
from shared.domain.content import Response, Urgency
from shared.domain.lifecycle import Action
from shared.domain.unfinished import BLANK_TIME
from shared.formats.prepared_text import prepared_texts
from shared.services.alerts.check_content import LEAST_LIFE

VALID_FOR = timedelta(hours=12)  # a prepared text at least
_OVER = frozenset({Action.ALL_CLEAR, Action.TAKE_BACK})


def following_content(before: Content, action: Action, now: datetime) -> Content:
    """For the same place, at once. What is over has the least severity: it never sounds like danger."""
    base = replace(
        before,
        send_at=None,
        sound_at=None,
        on_behalf=None,
        event_ends=_ahead(before.event_ends, now),
        next_info=_ahead(before.next_info, now),
    )
    if action is Action.UPDATE:
        return replace(base, expires=_still(before.expires, now))
    said = replace(
        base, texts=prepared_texts(before, action.value), expires=_long_enough(before.expires, now)
    )
    return replace(said, **_of_what_is_over()) if action in _OVER else said


def _of_what_is_over() -> Mapping[str, Any]:
    return {
        "severity": Severity.MINOR,
        "urgency": Urgency("Past"),
        "response": Response("AllClear"),
        "event_ends": None,
        "next_info": None,
    }


def _ahead(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment is not None and moment > now else None


def _still(expires: datetime, now: datetime) -> datetime:
    """Its author says it where hardly anything is left."""
    return expires if expires >= now + LEAST_LIFE else BLANK_TIME


def _long_enough(expires: datetime, now: datetime) -> datetime:
    return max(expires, (now + VALID_FOR).replace(second=0, microsecond=0))
