"""Deliveries, slices and waves in memory, under the contract of tests/emulator/test_delivery_contract.py."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime

from shared.domain.alert import Alert, HistoryEntry
from shared.domain.audit import Act
from shared.domain.delivery import Delivery, DeliveryRef, Slice
from shared.errors import Conflict, NotFound
from shared.ports import Clock, Progress, Replacement, Versioned, Wave
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.clock import FakeClock


class FakeDeliveryStore:
    """Fulfils ports.DeliveryStore; `waves` is the ledger, `writes` counts documents as in Firestore."""

    def __init__(self, alerts: FakeAlertStore, clock: Clock | None = None) -> None:
        self._alerts = alerts
        self.clock = clock or FakeClock()
        self._moved: dict[tuple[DeliveryRef, int], datetime] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._deliveries: dict[DeliveryRef, Versioned[Delivery]] = {}
        self._slices: dict[tuple[DeliveryRef, int], Versioned[Slice]] = {}
        self._proof_keys: dict[str, str] = {}
        self.waves: list[tuple[DeliveryRef, Wave]] = []
        self.writes = 0

    def start(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry,
        deliveries: Sequence[Delivery],
        proof_key: str,
        acts: Sequence[Act] = (),
        replaced: Replacement | None = None,
    ) -> Sequence[Versioned[Delivery]]:
        with self._lock:
            if any(delivery.ref in self._deliveries for delivery in deliveries):
                raise Conflict
            if replaced is not None:
                self._alerts.require(before)
                self._alerts.replace(replaced.before, replaced.after, replaced.entry)
            self._alerts.replace(before, after, None, acts)
            self._alerts.note(after.id, entry)
            self._proof_keys[after.id] = proof_key
            self.writes += 3 + len(deliveries)
            return [self._put(delivery) for delivery in deliveries]

    def put(self, delivery: Delivery) -> Versioned[Delivery]:
        """Arrange a test: the delivery as it is."""
        return self._put(delivery)

    def get(self, ref: DeliveryRef) -> Versioned[Delivery] | None:
        return self._deliveries.get(ref)

    def of(self, alert_id: str) -> Sequence[Versioned[Delivery]]:
        return [known for ref, known in sorted(self._deliveries.items()) if ref.alert == alert_id]

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Delivery]]:
        due = [(wake, known) for known in self._deliveries.values() if (wake := known.value.wake())]
        found = sorted(
            (pair for pair in due if pair[0] <= until), key=lambda pair: (pair[0], pair[1].value.ref)
        )
        return [known for _, known in found[:limit]]

    def plan(self, before: Versioned[Delivery], after: Delivery, slices: Sequence[Slice]) -> None:
        with self._lock:
            self._require(before, after.ref)
            self._put(after)
            for part in slices:
                self._slices[after.ref, part.index] = Versioned(part, next(self._numbers))
                self._moved[after.ref, part.index] = self.clock.now()
            self.writes += 1 + len(slices)

    def replace(self, before: Versioned[Delivery], after: Delivery) -> Versioned[Delivery]:
        with self._lock:
            self._require(before, after.ref)
            self.writes += 1
            return self._put(after)

    def _require(self, before: Versioned[Delivery], ref: DeliveryRef) -> None:
        current = self._deliveries.get(ref)
        if current is None or current.token != before.token:
            raise Conflict

    def _put(self, delivery: Delivery) -> Versioned[Delivery]:
        self._deliveries[delivery.ref] = Versioned(delivery, next(self._numbers))
        return self._deliveries[delivery.ref]

    def proof_key(self, alert_id: str) -> str:
        if alert_id not in self._proof_keys:
            raise NotFound
        return self._proof_keys[alert_id]

    def slice(self, ref: DeliveryRef, index: int) -> Versioned[Slice] | None:
        return self._slices.get((ref, index))

    def slices(self, ref: DeliveryRef) -> Sequence[Slice]:
        return [known.value for (of, _), known in sorted(self._slices.items()) if of == ref]

    def progress(self, ref: DeliveryRef) -> Sequence[Progress]:
        return [
            Progress(known, self._moved[key]) for key, known in sorted(self._slices.items()) if key[0] == ref
        ]

    def done(self, ref: DeliveryRef) -> int:
        return sum(part.done for part in self.slices(ref))

    def ledger(self, ref: DeliveryRef) -> Iterator[Wave]:
        return iter([wave for of, wave in self.waves if of == ref])

    def save(
        self, ref: DeliveryRef, before: Versioned[Slice], after: Slice, wave: Wave | None
    ) -> Versioned[Slice]:
        with self._lock:
            current = self._slices.get((ref, after.index))
            if current is None or current.value.done or current.token != before.token:
                raise Conflict
            if wave is not None:
                self.waves.append((ref, wave))
            self.writes += 2 if after.done else 1
            self._slices[ref, after.index] = Versioned(after, next(self._numbers))
            self._moved[ref, after.index] = self.clock.now()
            return self._slices[ref, after.index]

    def forget(self, alert_id: str) -> None:
        """As the TTL of deliveries, slices and waves does, 90 days after the alert."""
        with self._lock:
            self._deliveries = {ref: it for ref, it in self._deliveries.items() if ref.alert != alert_id}
            self._slices = {key: it for key, it in self._slices.items() if key[0].alert != alert_id}
            self.waves = [known for known in self.waves if known[0].alert != alert_id]
