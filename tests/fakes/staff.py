"""The register of staff in memory, under the contract of tests/emulator/test_staff_contract.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from shared.domain.audit import Act
from shared.domain.staff import StaffRecord
from shared.errors import Conflict
from shared.ports import Versioned
from tests.fakes.alert_values import TERC
from tests.fakes.audit import FakeAuditLog

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def record(*roles: str) -> StaffRecord:
    return StaffRecord(TERC, frozenset(roles), "Anna Nowak", active=True, valid_since=LONG_AGO)


class FakeStaffStore:
    """Fulfils ports.StaffStore; `broken` is raised instead of an answer."""

    def __init__(
        self, records: Mapping[str, StaffRecord] | None = None, audit: FakeAuditLog | None = None
    ) -> None:
        self.records = {uid: replace(one, uid=uid) for uid, one in (records or {}).items()}
        self.broken: Exception | None = None
        self.reads = 0
        self._written: dict[str, int] = {}
        self.audit = audit or FakeAuditLog()

    def get(self, uid: str) -> StaffRecord | None:
        found = self.find(uid)
        return None if found is None else found.value

    def find(self, uid: str) -> Versioned[StaffRecord] | None:
        self.reads += 1
        if self.broken:
            raise self.broken
        record = self.records.get(uid)
        return None if record is None else Versioned(record, self._written.get(uid, 0))

    def all(self, terc: str) -> Sequence[StaffRecord]:
        found = (one for one in self.records.values() if one.membership(terc) is not None)
        return sorted(found, key=lambda one: (one.name, one.uid))

    def by_email(self, email: str) -> StaffRecord | None:
        return next((one for one in self.records.values() if email and one.email == email), None)

    def create(self, record: StaffRecord, acts: Sequence[Act]) -> None:
        if record.uid in self.records:
            raise Conflict
        self._put(record)
        self.audit.record(*acts)

    def replace(
        self,
        before: Versioned[StaffRecord],
        after: StaffRecord,
        acts: Sequence[Act],
        witness: Versioned[StaffRecord] | None = None,
    ) -> None:
        for one in (before, witness):
            if one is not None and self._written.get(one.value.uid, 0) != one.token:
                raise Conflict
        self._put(after)
        self.audit.record(*acts)

    def _put(self, record: StaffRecord) -> None:
        self.records[record.uid] = record
        self._written[record.uid] = self._written.get(record.uid, 0) + 1
