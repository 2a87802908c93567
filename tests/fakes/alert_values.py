"""Ready-made alerts and people, to be varied by `replace`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from shared.domain.alert import (
    Alert,
    Category,
    Content,
    HistoryEntry,
    Person,
    Severity,
    State,
    Text,
)
from tests.fakes.clock import SUNDAY_NIGHT

AUTHOR = Person("uid-anna", "Anna Nowak")
APPROVER = Person("uid-piotr", "Piotr Wiśniewski")
TERC = "1201022"
_CORNERS = "[19.93,49.83],[19.95,49.83],[19.95,49.85],[19.93,49.85],[19.93,49.83]"
SQUARE = f'{{"type":"Polygon","coordinates":[[{_CORNERS}]]}}'


def content(**changes: object) -> Content:
    water = Content(
        category=Category.FAILURE,
        severity=Severity.MODERATE,
        texts={"pl": Text("Brak wody: ul. Główna", "Pękła rura. Wody nie będzie do ok. 14:00.")},
        area=SQUARE,
        area_name="ul. Główna",
        expires=SUNDAY_NIGHT + timedelta(hours=12),
    )
    return replace(water, **changes)  # type: ignore[arg-type]


def alert(alert_id: str = "a1", **changes: object) -> Alert:
    draft = Alert(
        id=alert_id,
        terc=TERC,
        content=content(),
        author=AUTHOR,
        writers=(AUTHOR.uid,),
        created=SUNDAY_NIGHT,
        updated=SUNDAY_NIGHT,
    )
    return replace(draft, **changes)  # type: ignore[arg-type]


def entry(of: Alert, action: str = "create", by: Person | None = AUTHOR) -> HistoryEntry:
    return HistoryEntry(action, of.updated, by, of.state, of.revision, of.version)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, minute, tzinfo=UTC)


__all__ = ["APPROVER", "AUTHOR", "SQUARE", "TERC", "State", "alert", "at", "content", "entry", "replace"]
