"""What a message of a thread says before anybody changes it: the words of what it replaces, or prepared ones
(`prepared` in labels.json), so that at night nothing has to be worded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.alert import Content, Severity, Text
from shared.domain.content import FIRST_LANGUAGE, Response, Urgency, specs
from shared.domain.lifecycle import Action
from shared.domain.unfinished import BLANK_TIME
from shared.labels import found, has
from shared.services.alerts.check_content import LEAST_LIFE

VALID_FOR = timedelta(hours=12)  # a prepared text at least
LONGEST_QUOTED = 60  # characters of the title that it is about
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
    said = replace(base, texts=dict(_texts(before, action)), expires=_long_enough(before.expires, now))
    return replace(said, **_of_what_is_over()) if action in _OVER else said


def _of_what_is_over() -> Mapping[str, Any]:
    return {
        "severity": Severity.MINOR,
        "urgency": Urgency("Past"),
        "response": Response("AllClear"),
        "event_ends": None,
        "next_info": None,
    }


def _texts(before: Content, action: Action) -> Iterator[tuple[str, Text]]:
    """In each of its languages that there are prepared words in."""
    for language, text in before.texts.items():
        if language == FIRST_LANGUAGE or has("prepared", action.value, language):
            words = found("prepared", action.value, language)
            yield language, _text(words, {"title": _quoted(text.title), "area": before.area_name})


def _text(words: Mapping[str, str], about: Mapping[str, str]) -> Text:
    return Text(**{name: words[name].format_map(about) for name in specs(Text)})


def _quoted(title: str) -> str:
    return title if len(title) <= LONGEST_QUOTED else title[: LONGEST_QUOTED - 1].rstrip() + "…"


def _ahead(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment is not None and moment > now else None


def _still(expires: datetime, now: datetime) -> datetime:
    """Its author says it where hardly anything is left."""
    return expires if expires >= now + LEAST_LIFE else BLANK_TIME


def _long_enough(expires: datetime, now: datetime) -> datetime:
    return max(expires, (now + VALID_FOR).replace(second=0, microsecond=0))
