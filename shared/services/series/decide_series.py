"""A second person approves a series as a whole; one occurrence is left out, or the series ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from shared.domain.alert import Content
from shared.domain.lifecycle import LESSER
from shared.domain.series import Series, SeriesAction, SeriesState
from shared.errors import FieldError, InvalidInput, NotSendable, WrongState
from shared.formats.series_json import series_digest
from shared.ports import Staff
from shared.services.alerts.check_content import circumstances, recheck_content, retold
from shared.services.alerts.create_alert import on_behalf
from shared.services.series.change_series import all_of_them, change_series, visible
from shared.services.series.occurrence import occurrence_content
from shared.services.series.series_ports import SeriesPorts
from shared.services.sessions.fresh_factor import require_fresh


def submit_series(ports: SeriesPorts, series_id: str, expected: int, staff: Staff) -> Series:
    """Raises what change_series does, NotSendable."""

    def changes(series: Series, now: datetime) -> Mapping[str, Any]:
        mine = staff.person.uid
        return {
            "content": _sendable(ports, series, now),
            "submitted": now,
            "writers": (*(uid for uid in series.writers if uid != mine), mine),
        }

    return change_series(ports, series_id, expected, staff, SeriesAction.SUBMIT, changes)


def approve_series(ports: SeriesPorts, series_id: str, expected: int, staff: Staff) -> Series:
    """All occurrences that lie ahead are approved with it. Raises what change_series does, NotSendable,
    Unauthenticated when a severe one asks for a fresh factor."""

    def changes(series: Series, now: datetime) -> Mapping[str, Any]:
        if series.content.severity not in LESSER:
            require_fresh(staff, now)
        content = on_behalf(_sendable(ports, series, now), staff)
        return {
            "content": content,
            "approved": now,
            "approver": staff.person,
            "approved_digest": series_digest(replace(series, content=content)),
            "generation": series.generation + 1,
            "made": None,
            "epoch": ports.alerts.epoch,
        }

    return change_series(ports, series_id, expected, staff, SeriesAction.APPROVE, changes)


def skip_occurrence(
    ports: SeriesPorts, series_id: str, expected: int | None, staff: Staff, day: date
) -> Series:
    """That one does not come; of what was approved nothing else changes. Raises what change_series does."""

    def changes(series: Series, now: datetime) -> Mapping[str, Any]:
        if day not in {one for one, _ in series.coming(now)}:
            raise InvalidInput([FieldError("/date", "recurrence-no-occurrence")])
        return {"withdrawn": tuple(sorted({*series.withdrawn, day}))}

    def is_it(series: Series, alert: str) -> bool:
        return alert == series.occurrence_id(day)

    return change_series(ports, series_id, expected, staff, SeriesAction.SKIP, changes, is_it)


def end_series(ports: SeriesPorts, series_id: str, expected: int | None, staff: Staff) -> Series:
    """Again is as good as once. Raises what change_series does."""
    try:
        return change_series(
            ports, series_id, expected, staff, SeriesAction.END, lambda _, now: {"ended": now}, all_of_them
        )
    except WrongState:
        series = visible(ports, series_id, staff).value
        if series.state is SeriesState.ENDED:
            return series
        raise


def _sendable(ports: SeriesPorts, series: Series, now: datetime) -> Content:
    """The content, with what its area covers as the register is now; judged as its next occurrence."""
    following = next(series.coming(now), None)
    if following is None:
        raise NotSendable([FieldError("/recurrence", "recurrence-over")])
    around = circumstances(ports.alerts, series.terc)
    recheck_content(occurrence_content(series.content, following[1]), around)
    return retold(series.content, around)
