"""Openings of the list of addresses, and receipts, in memory."""

from __future__ import annotations

from collections.abc import Collection

from shared.domain.address_list import Opening
from shared.ports.evacuation import AuditEntry


class FakeOpeningStore:
    """Fulfils ports.evacuation.OpeningStore; `audit` is what was noted, in its order."""

    def __init__(self) -> None:
        self.openings: dict[str, Opening] = {}
        self.audit: list[AuditEntry] = []

    def get(self, alert_id: str) -> Opening | None:
        return self.openings.get(alert_id)

    def put(self, opening: Opening, entry: AuditEntry) -> None:
        self.openings[opening.alert] = opening
        self.note(entry)

    def note(self, entry: AuditEntry) -> None:
        self.audit.append(entry)


class FakeReceiptReader:
    """Fulfils ports.evacuation.ReceiptReader."""

    def __init__(self) -> None:
        self.shown: set[tuple[str, str]] = set()

    def received(self, alert_id: str) -> Collection[tuple[str, str]]:
        return self.shown
