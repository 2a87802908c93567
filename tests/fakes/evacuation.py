"""Openings of the list of addresses, and receipts, in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from shared.domain.address_list import Opening
from shared.domain.audit import Act
from tests.fakes.audit import FakeAuditLog


class FakeOpeningStore:
    """Fulfils ports.evacuation.OpeningStore."""

    def __init__(self, audit: FakeAuditLog) -> None:
        self.openings: dict[str, Opening] = {}
        self._audit = audit

    def get(self, alert_id: str) -> Opening | None:
        return self.openings.get(alert_id)

    def put(self, opening: Opening, acts: Sequence[Act]) -> None:
        self.openings[opening.alert] = opening
        self._audit.record(*acts)


class FakeReceiptReader:
    """Fulfils ports.evacuation.ReceiptReader."""

    def __init__(self) -> None:
        self.shown: set[tuple[str, str]] = set()

    def received(self, alert_id: str) -> Collection[tuple[str, str]]:
        return self.shown
