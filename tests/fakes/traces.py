"""Traces of residents in memory, under the contract of tests/emulator/test_traces_contract.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shared.ports import Erasure


class FakeTraceStore:
    """Fulfils ports.TraceStore; `left` holds the uids that an alert still names."""

    def __init__(self) -> None:
        self._after: dict[str, str] = {}
        self._turns: dict[str, datetime] = {}
        self.targets: set[str] = set()  # uids with a phone in the register
        self.left: dict[str, set[str]] = {}

    def ask(self, uid: str, now: datetime) -> None:
        self._after.setdefault(uid, "")
        self._turns.setdefault(uid, now)

    def asked(self, limit: int) -> Sequence[Erasure]:
        in_turn = sorted(self._after, key=lambda uid: (self._turns[uid], uid))
        return [Erasure(uid, self._after[uid]) for uid in in_turn][:limit]

    def alerts(self, after: str, limit: int) -> Sequence[str]:
        return sorted(alert_id for alert_id in self.left if alert_id > after)[:limit]

    def erase(self, alert_id: str, uid: str) -> None:
        self.left[alert_id].discard(uid)

    def move_on(self, uid: str, after: str) -> None:
        self._after[uid] = after

    def put_off(self, uid: str, now: datetime) -> None:
        self._turns[uid] = now

    def forget_targets(self, uid: str) -> None:
        self.targets.discard(uid)

    def done(self, uid: str) -> None:
        self._after.pop(uid, None)
        self._turns.pop(uid, None)
