"""How one fact is said in a language, by shared/fact_rules.json; web-admin/js/facts/said.js says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shared.domain.facts.names import joined_names
from shared.domain.preferences import LOCAL
from shared.fact_rules import fact_rules

Value = str | float | bool | datetime | date | Sequence[str]


def said(form: str, value: Value, language: str, now: datetime, most: int) -> str:
    """`now`: when the alert goes out, aware; `most`: names that are said before "and others"."""
    words = fact_rules()["languages"][language]
    if isinstance(value, datetime):
        return _time(form, value, words, now)
    if isinstance(value, date):
        return _filled(words["weekday" if form == "weekday" else "date"], _calendar(value, words, "at"))
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return _number(value).replace(".", words["decimal"])
    if isinstance(value, str):
        return _line(value)
    return joined_names(value, language, most)


def _line(text: str) -> str:
    """The sentence has its own full stop."""
    return " ".join(text.split()).rstrip(".").rstrip()


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _time(form: str, moment: datetime, words: Mapping[str, Any], now: datetime) -> str:
    local, today = moment.astimezone(LOCAL), now.astimezone(LOCAL)
    case = "until" if form == "until" else "at"
    parts = _calendar(local.date(), words, case) | {"clock": f"{local.hour}:{local.minute:02}"}
    pattern = words["dated"] if form == "date" else words[case][_distance(local.date(), today)]
    return _filled(pattern, parts)


def _distance(day: date, now: datetime) -> str:
    rules = fact_rules()
    days = (day - now.date()).days
    if days == 0:
        return "today"
    if days == 1 and now.hour < rules["evening_from"]:
        return "tomorrow"
    return "week" if 0 < days <= rules["weekday_days"] else "later"


def _calendar(day: date, words: Mapping[str, Any], case: str) -> dict[str, str]:
    return {
        "day": str(day.day),
        "month": words["months"][day.month - 1],
        "weekday": words["weekdays"][case][day.weekday()],
    }


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    return pattern.format_map(parts)
