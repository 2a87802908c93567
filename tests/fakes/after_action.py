"""Frozen reports and counts of waves in memory, under the contract of
tests/emulator/test_after_action_contract.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shared.domain.after_action import Frozen, WaveCount
from shared.domain.audit import Act
from shared.domain.delivery import DeliveryRef
from shared.errors import Conflict
from tests.fakes.audit import FakeAuditLog
from tests.fakes.delivery import FakeDeliveryStore


class FakeReportStore:
    """Fulfils ports.ReportStore."""

    def __init__(self, audit: FakeAuditLog | None = None) -> None:
        self.audit = audit or FakeAuditLog()
        self.kept: dict[str, Frozen] = {}

    def of(self, terc: str, thread: str) -> Sequence[Frozen]:
        found = (one for one in self.kept.values() if (one.terc, one.thread) == (terc, thread))
        return sorted(found, key=lambda one: (one.at, one.id))

    def create(self, frozen: Frozen, acts: Sequence[Act]) -> None:
        if frozen.id in self.kept:
            raise Conflict
        self.audit.record(*acts)
        self.kept[frozen.id] = frozen


class FakeWaveStore:
    """Fulfils ports.WaveStore, of the waves of a FakeDeliveryStore: an outcome "accepted" is one."""

    def __init__(self, delivery: FakeDeliveryStore) -> None:
        self._delivery = delivery

    def counts(self, ref: DeliveryRef) -> Sequence[WaveCount]:
        totals: Counter[int] = Counter()
        found = []
        for of, wave in self._delivery.waves:
            if of == ref:
                totals[wave.slice] += sum(outcome == "accepted" for outcome in wave.outcomes.values())
                found.append(WaveCount(wave.slice, wave.at, totals[wave.slice]))
        return sorted(found, key=lambda one: one.at)
