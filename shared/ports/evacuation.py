"""What opening the list of addresses inside an alert needs: who opened it, and which phones confirmed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.address_list import Opening
from shared.domain.alert import Person


@dataclass(frozen=True)
class AuditEntry:
    """Kept whatever becomes of the list; `what` is "asked", "opened" or "read"."""

    alert: str
    terc: str
    what: str
    by: Person
    at: datetime
    reason: str


class OpeningStore(Protocol):
    def get(self, alert_id: str) -> Opening | None: ...

    def put(self, opening: Opening, entry: AuditEntry) -> None:
        """Both in one commit. Raises Conflict when somebody else opened it since."""

    def note(self, entry: AuditEntry) -> None:
        """Before the list is shown."""


class ReceiptReader(Protocol):
    def received(self, alert_id: str) -> Collection[tuple[str, str]]:
        """Uid and slot of each phone that has shown the alert."""
