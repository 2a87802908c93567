"""Calls of staff and rosters in memory, under the contract of tests/emulator/test_calls_contract.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shared.domain.audit import Act
from shared.domain.call import Call, CallKind
from shared.domain.duty import Roster
from shared.errors import Conflict
from shared.ports import Versioned
from tests.fakes.audit import FakeAuditLog


class FakeCallStore:
    """Fulfils ports.CallStore."""

    def __init__(self, audit: FakeAuditLog | None = None) -> None:
        self.audit = audit or FakeAuditLog()
        self.kept: dict[str, Versioned[Call]] = {}
        self._writes = 0

    def get(self, call_id: str) -> Versioned[Call] | None:
        return self.kept.get(call_id)

    def create(self, call: Call, acts: Sequence[Act] = ()) -> None:
        if call.id in self.kept:
            raise Conflict
        self._put(call, acts)

    def replace(self, before: Versioned[Call], after: Call, acts: Sequence[Act] = ()) -> Versioned[Call]:
        if self.kept[after.id].token != before.token:
            raise Conflict
        return self._put(after, acts)

    def of(self, alert_id: str) -> Sequence[Versioned[Call]]:
        return [found for found in self.kept.values() if found.value.alert == alert_id]

    def open(self, terc: str, limit: int) -> Sequence[Versioned[Call]]:
        found = [one for one in self.kept.values() if one.value.terc == terc and one.value.is_open]
        return sorted(found, key=lambda one: one.value.created)[:limit]

    def drills(self, terc: str) -> Sequence[Call]:
        calls = (found.value for found in self.kept.values())
        return [call for call in calls if call.terc == terc and call.kind is CallKind.DRILL]

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Call]]:
        due = [(found.value.wake, found) for found in self.kept.values() if found.value.wake]
        found = sorted((one for one in due if one[0] <= until), key=lambda one: one[0])
        return [one for _, one in found[:limit]]

    def _put(self, call: Call, acts: Sequence[Act]) -> Versioned[Call]:
        self._writes += 1
        self.audit.record(*acts)
        self.kept[call.id] = Versioned(call, self._writes)
        return self.kept[call.id]


class FakeDutyStore:
    """Fulfils ports.DutyStore."""

    def __init__(self, audit: FakeAuditLog | None = None) -> None:
        self.audit = audit or FakeAuditLog()
        self.kept: dict[str, Versioned[Roster]] = {}
        self._writes = 0

    def get(self, terc: str) -> Versioned[Roster] | None:
        return self.kept.get(terc)

    def put(self, before: Versioned[Roster] | None, after: Roster, acts: Sequence[Act] = ()) -> None:
        known = self.kept.get(after.terc)
        if (known.token if known else None) != (before.token if before else None):
            raise Conflict
        self._writes += 1
        self.audit.record(*acts)
        self.kept[after.terc] = Versioned(after, self._writes)
