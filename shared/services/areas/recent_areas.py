"""The areas of the latest alerts, so that the same street need not be chosen twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.domain.alert import PUBLIC_STATES, Alert, State
from shared.domain.area_parts import Saved, Steps
from shared.domain.saved_area import RecentArea
from shared.ports import AlertStore, SavedAreaStore, Staff

MOST_RECENT = 10
_MOST_READ = 30  # alerts; many have the same area
_HANDED_ON = (State.SUBMITTED, State.SCHEDULED, State.HELD, *sorted(PUBLIC_STATES))


def recent_areas(alerts: AlertStore, saved: SavedAreaStore, staff: Staff) -> Sequence[RecentArea]:
    """Of alerts that somebody submitted, each area once, the latest first."""
    found = alerts.list(staff.terc, _HANDED_ON, _MOST_READ, None).items
    handed_on = [alert for alert in found if alert.submitted is not None]
    there = {one.id for one in saved.list(staff.terc)} if _saved_in_any(handed_on) else set()
    areas: dict[object, RecentArea] = {}
    for alert in handed_on:
        areas.setdefault(alert.content.parts or alert.content.area, _recent(alert, there))
    return list(areas.values())[:MOST_RECENT]


def _recent(alert: Alert, there: set[str]) -> RecentArea:
    content = alert.content
    parts = content.parts if set(_saved_in(content.parts)) <= there else None
    used = alert.submitted or alert.updated
    return RecentArea(alert.id, content.area_name, content.area, parts, content.covers, used)


def _saved_in_any(alerts: Sequence[Alert]) -> bool:
    return any(True for alert in alerts for _ in _saved_in(alert.content.parts))


def _saved_in(parts: Steps | None) -> Iterator[str]:
    """Those named by the parts themselves: what they name in turn is theirs."""
    return (step.part.id for step in parts or () if isinstance(step.part, Saved))
