"""Alerts as the office writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from shared.domain.alert import Alert, HistoryEntry, State
from shared.domain.audit import Act
from shared.ports.stored import Page, Versioned


class AlertStore(Protocol):
    def new_id(self) -> str: ...

    def get(self, alert_id: str) -> Versioned[Alert] | None:
        """Raises Unreadable; the queries below leave such an alert out."""

    def create(
        self, alert: Alert, entry: HistoryEntry, idempotency_key: str | None, acts: Sequence[Act] = ()
    ) -> Alert:
        """Write the alert, its first history entry and the acts; the same key again returns the first one."""

    def replace(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry | None,
        acts: Sequence[Act] = (),
    ) -> Versioned[Alert]:
        """All in one commit; raises Conflict if `before` is stale."""

    def list(self, terc: str, states: Sequence[State], limit: int, after: str | None) -> Page[Alert]:
        """Newest change first."""

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Alert]]:
        """Alerts with `wake` (domain.wake) at `until` or before, the longest due first."""

    def changed(self, since: datetime, until: datetime, limit: int) -> Sequence[Alert]:
        """Alerts with `since` <= `updated` <= `until`, the earliest change first."""

    def thread(self, thread: str) -> Sequence[Alert]:
        """What follows the first message of a thread, in whatever state; without that one."""

    def history(self, alert_id: str) -> Sequence[HistoryEntry]:
        """Oldest first; empty for an unknown alert."""


class ChangeMarks(Protocol):
    """What tells by one read whether a municipality's alerts are as they were."""

    def of(self, terc: str) -> str:
        """Another one after each write of one of its alerts; empty before the first."""
