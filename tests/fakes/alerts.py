"""Alerts in memory, under the contract of tests/emulator/test_alerts_contract.py."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from datetime import datetime

from shared.adapters.alert_documents import content_digest, history_id, in_order
from shared.adapters.alerts import cursor, cursor_position
from shared.domain.alert import Alert, HistoryEntry, State
from shared.domain.audit import Act
from shared.domain.wake import wake
from shared.errors import Conflict, KeyReused
from shared.ports import Page, Versioned
from tests.fakes.audit import FakeAuditLog


class FakeAlertStore:
    """Fulfils ports.AlertStore; `writes` counts commits, to show that nothing changed."""

    def __init__(self, audit: FakeAuditLog | None = None) -> None:
        self.audit = audit or FakeAuditLog()
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._alerts: dict[str, Versioned[Alert]] = {}
        self._history: dict[str, dict[str, HistoryEntry]] = {}
        self._keys: dict[tuple[str, str, str], tuple[str, str]] = {}
        self.writes = 0

    def new_id(self) -> str:
        return f"alert{next(self._numbers):015}"

    def put(self, alert: Alert) -> Versioned[Alert]:
        """Arrange a test: the alert as it is, without history."""
        self._alerts[alert.id] = Versioned(alert, next(self._numbers))
        return self._alerts[alert.id]

    def get(self, alert_id: str) -> Versioned[Alert] | None:
        return self._alerts.get(alert_id)

    def create(
        self, alert: Alert, entry: HistoryEntry, idempotency_key: str | None, acts: Sequence[Act] = ()
    ) -> Alert:
        with self._lock:
            name = (alert.terc, alert.author.uid, idempotency_key or "")
            known = self._keys.get(name) if idempotency_key else None
            if known:
                return self._first(known, alert)
            if alert.id in self._alerts:
                raise Conflict
            if idempotency_key:
                self._keys[name] = (alert.id, content_digest(alert.content))
            self._commit(alert, entry)
            self.audit.record(*acts)
            return alert

    def replace(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry | None,
        acts: Sequence[Act] = (),
    ) -> Versioned[Alert]:
        with self._lock:
            current = self._alerts.get(after.id)
            written = self._history.get(after.id, {})
            if current is None or current.token != before.token or (entry and history_id(entry) in written):
                raise Conflict
            self.audit.record(*acts)
            return self._commit(after, entry)

    def require(self, before: Versioned[Alert]) -> None:
        """Raises Conflict if `before` is stale."""
        current = self._alerts.get(before.value.id)
        if current is None or current.token != before.token:
            raise Conflict

    def mark(self, terc: str) -> str:
        """The number of the last write of any of the municipality's alerts."""
        tokens = [int(str(item.token)) for item in self._alerts.values() if item.value.terc == terc]
        return str(max(tokens, default=""))

    def note(self, alert_id: str, entry: HistoryEntry) -> None:
        """An entry of the history, in place of one of the same name."""
        self._history.setdefault(alert_id, {})[history_id(entry)] = entry

    def list(self, terc: str, states: Sequence[State], limit: int, after: str | None) -> Page[Alert]:
        position = None if after is None else cursor_position(after)
        found = [
            item.value
            for item in self._alerts.values()
            if item.value.terc == terc and (not states or item.value.state in states)
        ]
        found.sort(key=lambda alert: (alert.updated, alert.id), reverse=True)
        if position is not None:
            found = [alert for alert in found if (alert.updated, alert.id) < position]
        return Page(tuple(found[:limit]), cursor(found[limit - 1]) if len(found) > limit else None)

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Alert]]:
        due = [(moment, item) for item in self._known() if (moment := wake(item.value)) and moment <= until]
        return [item for _, item in sorted(due, key=lambda pair: (pair[0], pair[1].value.id))[:limit]]

    def thread(self, thread: str) -> Sequence[Alert]:
        return [item.value for item in self._known() if item.value.thread == thread]

    def changed(self, since: datetime, until: datetime, limit: int) -> Sequence[Alert]:
        found = [item.value for item in self._known() if since <= item.value.updated <= until]
        return sorted(found, key=lambda alert: (alert.updated, alert.id))[:limit]

    def _known(self) -> Sequence[Versioned[Alert]]:
        return list(self._alerts.values())

    def history(self, alert_id: str) -> Sequence[HistoryEntry]:
        return in_order(self._history.get(alert_id, {}).values())

    def _first(self, known: tuple[str, str], alert: Alert) -> Alert:
        alert_id, digest = known
        if digest != content_digest(alert.content):
            raise KeyReused
        return self._alerts[alert_id].value

    def _commit(self, alert: Alert, entry: HistoryEntry | None) -> Versioned[Alert]:
        self.writes += 1
        self._alerts[alert.id] = Versioned(alert, next(self._numbers))
        if entry is not None:
            self._history.setdefault(alert.id, {})[history_id(entry)] = entry
        return self._alerts[alert.id]
