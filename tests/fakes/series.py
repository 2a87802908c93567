"""Series in memory, under the contract of tests/emulator/test_series_contract.py."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from datetime import datetime

from shared.domain.alert import Alert, HistoryEntry
from shared.domain.audit import Act
from shared.domain.series import NOT_STARTED, Series
from shared.errors import Conflict
from shared.ports import Versioned
from shared.ports.series import Step
from tests.fakes.alerts import FakeAlertStore


class FakeSeriesStore:
    """Fulfils ports.SeriesStore; its acts are kept in the log of `alerts`."""

    def __init__(self, alerts: FakeAlertStore | None = None) -> None:
        self.alerts = alerts or FakeAlertStore()
        self._kept: dict[str, Versioned[Series]] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def new_id(self) -> str:
        return f"series{next(self._numbers):014}"

    def put(self, series: Series) -> Versioned[Series]:
        """Arrange a test: the series as it is."""
        self._kept[series.id] = Versioned(series, next(self._numbers))
        return self._kept[series.id]

    def get(self, series_id: str) -> Versioned[Series] | None:
        return self._kept.get(series_id)

    def list(self, terc: str) -> Sequence[Series]:
        found = [item.value for item in self._kept.values() if item.value.terc == terc]
        return sorted(found, key=lambda one: (one.updated, one.id), reverse=True)

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Series]]:
        due = [(wake, item) for item in self._kept.values() if (wake := item.value.wake()) and wake <= until]
        return [item for _, item in sorted(due, key=lambda pair: (pair[0], pair[1].value.id))[:limit]]

    def waiting(self, series: Series) -> Sequence[Versioned[Alert]]:
        known = self.alerts._known()
        own = [one for one in known if one.value.series == series.id]
        return [one for one in own if one.value.state in NOT_STARTED]

    def create(self, series: Series, acts: Sequence[Act] = ()) -> None:
        with self._lock:
            if series.id in self._kept:
                raise Conflict
            self.alerts.audit.record(*acts)
            self.put(series)

    def replace(
        self,
        before: Versioned[Series],
        after: Series,
        acts: Sequence[Act] = (),
        occurrences: Sequence[Step] = (),
    ) -> None:
        with self._lock:
            self._require(before)
            for known, _, _ in occurrences:
                current = self.alerts._alerts.get(known.value.id)
                if current is None or current.token != known.token:
                    raise Conflict
            for known, alert, entry in occurrences:
                self.alerts.replace(known, alert, entry)
            self.alerts.audit.record(*acts)
            self.put(after)

    def make(
        self,
        before: Versioned[Series],
        after: Series,
        occurrence: Alert,
        entry: HistoryEntry,
        acts: Sequence[Act] = (),
    ) -> None:
        with self._lock:
            self._require(before)
            self.alerts.create(occurrence, entry, None, acts)
            self.put(after)

    def _require(self, before: Versioned[Series]) -> None:
        current = self._kept.get(before.value.id)
        if current is None or current.token != before.token:
            raise Conflict
