"""How a report says its words, times and spans, in one language; a word of another release plainly."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shared.labels import label, plain

WARSAW = ZoneInfo("Europe/Warsaw")
LANGUAGES = ("pl", "en")
_MINUTE, _HOUR = 60, 3600


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


class ReportWords:
    def __init__(self, language: str) -> None:
        """Polish for a language that reports are not made in."""
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._words = _table()[self.language]

    def say(self, name: str, /, **given: object) -> str:
        return str(self._words[name]).format_map({key: str(value) for key, value in given.items()})

    def of(self, kind: str, name: str, /, **given: object) -> str:
        """Of a table of words; one that it lacks as it is written."""
        found = self._words.get(kind, {}).get(name)
        if found is None:
            return plain(name)
        return str(found).format_map(_Said({key: str(value) for key, value in given.items()}))

    def label(self, kind: str, value: str | None) -> str:
        return label(kind, value, self.language) if value else ""

    def moment(self, told: object) -> str:
        """Polish time with its zone, so that an hour that comes twice is told apart; "" for none."""
        at = _read(told)
        if at is None:
            return ""
        local = at.astimezone(WARSAW)
        return f"{local.strftime(self._words['day'])} {local.tzname()}"

    def span(self, seconds: object) -> str:
        """Of whole seconds; "" where they are not known."""
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            return ""
        whole = round(seconds)
        if whole < _MINUTE:
            return self.say("seconds", count=whole)
        if whole < _HOUR:
            return self.say("minutes", minutes=whole // _MINUTE, seconds=whole % _MINUTE)
        return self.say("hours", hours=whole // _HOUR, minutes=whole % _HOUR // _MINUTE)

    def figure(self, value: object) -> str:
        return self.say("few") if value is None else str(value)


class _Said(dict[str, str]):
    def __missing__(self, name: str) -> str:
        """What nobody gave is not known."""
        return "?"


def since(told: object, began: object) -> int | None:
    """Seconds from one moment of the JSON to another."""
    at, start = _read(told), _read(began)
    return None if at is None or start is None else round((at - start).total_seconds())


def _read(told: object) -> datetime | None:
    if not isinstance(told, str):
        return None
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        return None
