"""The residents' copies in memory, under the contract of tests/emulator/test_published_contract.py."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping

from shared.domain.alert import Alert
from shared.errors import Conflict


class FakePublishedStore:
    """Fulfils ports.PublishedStore; `copies` are the alerts as last published, `writes` all of them."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._tokens: dict[str, int] = {}
        self._receipts: dict[str, Counter[str]] = {}
        self.copies: dict[str, Alert] = {}
        self.writes: list[Alert] = []

    def token(self, alert_id: str) -> object | None:
        return self._tokens.get(alert_id)

    def publish(self, alert: Alert, expected: object | None) -> None:
        if self._tokens.get(alert.id) != expected:
            raise Conflict
        if self.copies.get(alert.id) != alert:
            self._tokens[alert.id] = next(self._numbers)
        self.copies[alert.id] = alert
        self.writes.append(alert)

    def receipts(self, alert_id: str) -> Mapping[str, int]:
        counts = self._receipts.get(alert_id, Counter())
        return {kind: counts[kind] for kind in ("received", "opened")}

    def receive(self, alert_id: str, kind: str, count: int = 1) -> None:
        """Arrange a test: `count` phones confirm."""
        self._receipts.setdefault(alert_id, Counter())[kind] += count
