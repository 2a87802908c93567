"""A ready-made series, to be varied by `replace`: a weekly test of sirens, four times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from shared.domain.recurrence import Frequency, Recurrence, Weekday
from shared.domain.series import Series
from shared.formats.recurrence_json import recurrence_json
from tests.fakes.alert_values import AUTHOR, TERC, content
from tests.fakes.clock import SUNDAY_NIGHT
from tests.fakes.requests import water

HOUR = timedelta(hours=1)
FIRST = date(2026, 11, 24)  # Tuesday
WEEKLY = Recurrence(Frequency.WEEKLY, FIRST, time(12), weekdays=(Weekday.TUESDAY,), count=4)
NOON = WEEKLY.moment(FIRST)


def series(series_id: str = "s" * 20, **changes: Any) -> Series:
    draft = Series(
        id=series_id,
        terc=TERC,
        content=content(send_at=NOON, expires=NOON + 2 * HOUR, event_ends=NOON + HOUR),
        recurrence=WEEKLY,
        author=AUTHOR,
        writers=(AUTHOR.uid,),
        created=SUNDAY_NIGHT,
        updated=SUNDAY_NIGHT,
    )
    return replace(draft, **changes)


def series_body(**rule: object) -> dict[str, Any]:
    """As a client sends it."""
    told = water(expires="2026-11-24T13:00:00Z", event_ends="2026-11-24T12:00:00Z")
    del told["send_at"]
    return {"content": told, "recurrence": {**recurrence_json(WEEKLY), **rule}}
