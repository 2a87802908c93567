"""A moment as it is sent to the API, read in one way wherever one is taken."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)  # RFC 3339
_YEARS = range(2000, 3000)  # far from the ends of the calendar, where adding a day overflows


def read_moment(value: object) -> datetime | None:
    """RFC 3339 as UTC, to the millisecond; None for what is none, or lies in no year of an alert."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    try:
        moment = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if moment.year not in _YEARS:
        return None
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
