"""The residents' copies in memory, under the contract of tests/emulator/test_published_contract.py."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping

from shared.adapters.published import published_document
from shared.domain.alert import Alert
from shared.domain.audience import Platform
from shared.domain.signature import Signature
from shared.errors import Conflict


class FakePublishedStore:
    """Fulfils ports.PublishedStore.

    `copies` and `signatures` are the alerts as last published, `writes` all of them.
    """

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._tokens: dict[str, int] = {}
        self._receipts: dict[str, Counter[tuple[str, Platform]]] = {}
        self.reports: Counter[str] = Counter()  # arrange a test: residents who say "not mine"
        self.copies: dict[str, Alert] = {}
        self.signatures: dict[str, Signature | None] = {}
        self.writes: list[Alert] = []

    def token(self, alert_id: str) -> object | None:
        return self._tokens.get(alert_id)

    def publish(self, alert: Alert, expected: object | None, signature: Signature | None = None) -> None:
        if self._tokens.get(alert.id) != expected:
            raise Conflict
        if (self.copies.get(alert.id), self.signatures.get(alert.id)) != (alert, signature):
            self._tokens[alert.id] = next(self._numbers)
        self.copies[alert.id] = alert
        self.signatures[alert.id] = signature
        self.writes.append(alert)

    def shows(self, alert: Alert, signed: bool = False) -> bool:
        """As residents see it: sending and active look the same."""
        copy = self.copies.get(alert.id)
        if signed and self.signatures.get(alert.id) is None:
            return False
        return copy is not None and published_document(copy) == published_document(alert)

    def receipts(self, alert_id: str) -> Mapping[str, Mapping[str, int]]:
        counts = self._receipts.get(alert_id, Counter())
        return {
            kind: {platform.value: counts[kind, platform] for platform in Platform}
            for kind in ("received", "opened")
        }

    def not_mine(self, alert_id: str) -> int:
        return self.reports[alert_id]

    def receive(
        self, alert_id: str, kind: str, count: int = 1, platform: Platform = Platform.ANDROID
    ) -> None:
        """Arrange a test: `count` phones confirm."""
        self._receipts.setdefault(alert_id, Counter())[kind, platform] += count
