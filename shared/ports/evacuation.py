"""What opening the list of addresses inside an alert needs: who opened it, and which phones confirmed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from shared.domain.address_list import Opening
from shared.domain.audit import Act


class OpeningStore(Protocol):
    def get(self, alert_id: str) -> Opening | None: ...

    def put(self, opening: Opening, acts: Sequence[Act]) -> None:
        """All in one commit. Raises Conflict when somebody else opened it since."""


class ReceiptReader(Protocol):
    def received(self, alert_id: str) -> Collection[tuple[str, str]]:
        """Uid and slot of each phone that has shown the alert."""
