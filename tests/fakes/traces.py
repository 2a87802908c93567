"""Traces of residents in memory, under the contract of tests/emulator/test_traces_contract.py."""

from __future__ import annotations

from collections.abc import Sequence

from shared.ports import Erasure


class FakeTraceStore:
    """Fulfils ports.TraceStore; `left` holds the uids that an alert still names."""

    def __init__(self) -> None:
        self._after: dict[str, str] = {}
        self.left: dict[str, set[str]] = {}

    def ask(self, uid: str) -> None:
        self._after.setdefault(uid, "")

    def asked(self, limit: int) -> Sequence[Erasure]:
        return [Erasure(uid, after) for uid, after in sorted(self._after.items())][:limit]

    def alerts(self, after: str, limit: int) -> Sequence[str]:
        return sorted(alert_id for alert_id in self.left if alert_id > after)[:limit]

    def erase(self, alert_id: str, uid: str) -> None:
        self.left[alert_id].discard(uid)

    def move_on(self, uid: str, after: str) -> None:
        self._after[uid] = after

    def done(self, uid: str) -> None:
        self._after.pop(uid, None)
