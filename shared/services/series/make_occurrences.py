"""Occurrences of a series become alerts ahead of their time, each once, with the approval of the series."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from shared.domain.alert import Alert, HistoryEntry, State
from shared.domain.audit import Act
from shared.domain.content_digest import content_digest
from shared.domain.interlock import Interlock
from shared.domain.lifecycle import Action
from shared.domain.series import AHEAD, Series, SeriesState
from shared.errors import Conflict
from shared.formats.audit_words import alert_words
from shared.formats.series_json import series_digest
from shared.ports import AlertStore, SeriesStore, Versioned
from shared.services.series.occurrence import occurrence_content

MOST_AT_ONCE = 20  # of one series in one run
log = logging.getLogger(__name__)


def make_occurrences(store: SeriesStore, alerts: AlertStore, before: Versioned[Series], now: datetime) -> int:
    """How many were made. Safe to repeat and to run twice at once: alert and series are one commit, and the
    alert's id is the occurrence's. Raises Conflict when somebody else writes the series."""
    known: Versioned[Series] | None = before
    made = 0
    for _ in range(MOST_AT_ONCE):
        following = known.value.next_to_make() if known else None
        if known is None or following is None or following[1] - AHEAD > now:
            break
        made += _make(store, alerts, known, *following, now)
        known = store.get(before.value.id)
    return made


def _make(
    store: SeriesStore,
    alerts: AlertStore,
    before: Versioned[Series],
    day: date,
    moment: datetime,
    now: datetime,
) -> int:
    series = before.value
    if series_digest(series) != series.approved_digest:
        _void(store, before, now)
        return 0
    occurrence, after = _occurrence(series, day, moment, now), replace(series, made=moment)
    if occurrence.content.expires <= now:
        log.error("series %s: its occurrence of %s was not made before it was over", series.id, day)
        store.replace(before, after, [_act(series, "series.miss", {"date": day.isoformat()})])
        return 0
    entry = _entry(occurrence, series)
    act = Act(
        series.terc, "alert.create", None, f"alerts/{occurrence.id}",
        after={**alert_words(occurrence), **entry.details},
    )  # fmt: skip
    try:
        store.make(before, after, occurrence, entry, [act])
    except Conflict:
        if alerts.get(occurrence.id) is None:
            raise
        store.replace(before, after)  # it is there already: the database knows less of the series than of it
        return 0
    return 1


def _void(store: SeriesStore, before: Versioned[Series], now: datetime) -> None:
    """What is stored is not what somebody approved: nobody is sent it before a person looks."""
    series = before.value
    log.error("series %s is not as it was approved, and waits for somebody to approve it anew", series.id)
    voided: dict[str, Any] = {"approved": None, "approver": None, "approved_digest": "", "submitted": None}
    after = replace(series, **voided, state=SeriesState.DRAFT, revision=series.revision + 1, updated=now)
    store.replace(before, after, [_act(series, "series.void", {"state": after.state.value})])


def _act(series: Series, action: str, words: dict[str, str]) -> Act:
    return Act(series.terc, action, None, f"series/{series.id}", after=words)


def _occurrence(series: Series, day: date, moment: datetime, now: datetime) -> Alert:
    content = occurrence_content(series.content, moment)
    approved = Interlock(content_digest(series.terc, series.content), generation=1, at=series.approved)
    return Alert(
        id=series.occurrence_id(day),
        terc=series.terc,
        content=content,
        author=series.author,
        writers=series.writers,
        created=now,
        updated=now,
        state=State.SCHEDULED,
        generation=1,
        submitted=series.submitted,
        approved=series.approved,
        approver=series.approver,
        epoch=series.epoch,
        series=series.id,
        interlock=approved,
    )


def _entry(alert: Alert, series: Series) -> HistoryEntry:
    told = {"series": series.id, "approver": series.approver.name if series.approver else ""}
    return HistoryEntry(
        Action.CREATE.value, alert.created, None, alert.state, alert.revision, alert.version, told
    )
