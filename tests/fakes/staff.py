"""The register of staff in memory, under the contract of tests/emulator/test_staff_contract.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from shared.domain.staff import StaffRecord
from tests.fakes.alert_values import TERC

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def record(*roles: str) -> StaffRecord:
    return StaffRecord(TERC, frozenset(roles), "Anna Nowak", active=True, valid_since=LONG_AGO)


class FakeStaffStore:
    """Fulfils ports.StaffStore; `broken` is raised instead of an answer."""

    def __init__(self, records: Mapping[str, StaffRecord] | None = None) -> None:
        self.records = dict(records or {})
        self.broken: Exception | None = None
        self.reads = 0

    def get(self, uid: str) -> StaffRecord | None:
        self.reads += 1
        if self.broken:
            raise self.broken
        return self.records.get(uid)
