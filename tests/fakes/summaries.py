"""Summaries in memory, under the contract of tests/emulator/test_summaries_contract.py."""

from __future__ import annotations

import itertools

from shared.domain.statistics import Summary
from shared.errors import Conflict
from shared.ports import Versioned


class FakeSummaryStore:
    """Fulfils ports.SummaryStore; `writes` counts documents written."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._summaries: dict[str, Versioned[Summary]] = {}
        self.writes = 0

    def get(self, alert_id: str) -> Versioned[Summary] | None:
        return self._summaries.get(alert_id)

    def put(self, alert_id: str, summary: Summary, expected: Versioned[Summary] | None) -> None:
        current = self._summaries.get(alert_id)
        if (current and current.token) != (expected and expected.token):
            raise Conflict
        self.writes += 1
        self._summaries[alert_id] = Versioned(summary, next(self._numbers))
