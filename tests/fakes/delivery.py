"""Plan, slices and waves in memory, under the contract of tests/emulator/test_delivery_contract.py."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from datetime import datetime

from shared.domain.alert import Alert, HistoryEntry
from shared.domain.delivery import Slice
from shared.errors import Conflict, NotFound
from shared.ports import AlertStore, Clock, Progress, Versioned, Wave
from tests.fakes.clock import FakeClock


class FakeDeliveryStore:
    """Fulfils ports.DeliveryStore; `waves` is the ledger, `writes` counts documents as in Firestore."""

    def __init__(self, alerts: AlertStore, clock: Clock | None = None) -> None:
        self._alerts = alerts
        self.clock = clock or FakeClock()
        self._moved: dict[tuple[str, int], datetime] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._slices: dict[tuple[str, int], Versioned[Slice]] = {}
        self._proof_keys: dict[str, str] = {}
        self.waves: list[tuple[str, Wave]] = []
        self.writes = 0

    def plan(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry,
        slices: Sequence[Slice],
        proof_key: str | None,
    ) -> None:
        with self._lock:
            self._alerts.replace(before, after, entry)
            if proof_key is not None:
                self._proof_keys[after.id] = proof_key
            for part in slices:
                self._slices[after.id, part.index] = Versioned(part, next(self._numbers))
                self._moved[after.id, part.index] = self.clock.now()
            self.writes += 3 + len(slices)

    def proof_key(self, alert_id: str) -> str:
        if alert_id not in self._proof_keys:
            raise NotFound
        return self._proof_keys[alert_id]

    def slice(self, alert_id: str, index: int) -> Versioned[Slice] | None:
        return self._slices.get((alert_id, index))

    def slices(self, alert_id: str) -> Sequence[Slice]:
        return [known.value for (of, _), known in sorted(self._slices.items()) if of == alert_id]

    def progress(self, alert_id: str) -> Sequence[Progress]:
        return [
            Progress(known, self._moved[key])
            for key, known in sorted(self._slices.items())
            if key[0] == alert_id
        ]

    def done(self, alert_id: str) -> int:
        return sum(part.done for part in self.slices(alert_id))

    def save(
        self, alert_id: str, before: Versioned[Slice], after: Slice, wave: Wave | None
    ) -> Versioned[Slice]:
        with self._lock:
            current = self._slices.get((alert_id, after.index))
            if current is None or current.value.done or current.token != before.token:
                raise Conflict
            if wave is not None:
                self.waves.append((alert_id, wave))
            self.writes += 2 if after.done else 1
            self._slices[alert_id, after.index] = Versioned(after, next(self._numbers))
            self._moved[alert_id, after.index] = self.clock.now()
            return self._slices[alert_id, after.index]

    def forget(self, alert_id: str) -> None:
        """As the TTL of slices and waves does, 90 days after the alert."""
        with self._lock:
            for key in [key for key in self._slices if key[0] == alert_id]:
                del self._slices[key]
            self.waves = [known for known in self.waves if known[0] != alert_id]
