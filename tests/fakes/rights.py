"""Grants and agreements in memory, under the contract of tests/emulator/test_rights_contract.py."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from shared.domain.audit import Act
from shared.domain.grant import Grant
from shared.domain.stand_in import StandIn
from shared.errors import Conflict
from shared.ports import RecordChange, Versioned
from tests.fakes.audit import FakeAuditLog
from tests.fakes.staff import FakeStaffStore


class FakeGrantStore:
    """Fulfils ports.GrantStore; changes of people go to `staff`, which keeps the acts, too."""

    def __init__(self, staff: FakeStaffStore) -> None:
        self.staff = staff
        self.grants: dict[str, Versioned[Grant]] = {}
        self._numbers = itertools.count(1)

    def new_id(self) -> str:
        return f"grant{next(self._numbers):015}"

    def get(self, grant_id: str) -> Versioned[Grant] | None:
        return self.grants.get(grant_id)

    def all(self, terc: str) -> Sequence[Grant]:
        found = [one.value for one in self.grants.values() if one.value.terc == terc]
        return sorted(found, key=lambda grant: grant.at, reverse=True)

    def create(self, grant: Grant | None, change: RecordChange | None, acts: Sequence[Act]) -> None:
        self._change(change, acts)
        if grant is not None:
            self.grants[grant.id] = Versioned(grant, next(self._numbers))

    def decide(
        self, before: Versioned[Grant], after: Grant, change: RecordChange | None, acts: Sequence[Act]
    ) -> None:
        if self.grants[after.id].token != before.token:
            raise Conflict
        self._change(change, acts)
        self.grants[after.id] = Versioned(after, next(self._numbers))

    def _change(self, change: RecordChange | None, acts: Sequence[Act]) -> None:
        if change is None:
            self.staff.audit.record(*acts)
        else:
            self.staff.replace(change.before, change.after, acts, change.witness)


class FakeStandInStore:
    """Fulfils ports.StandInStore."""

    def __init__(self, audit: FakeAuditLog) -> None:
        self.audit = audit
        self.agreements: dict[str, Versioned[StandIn]] = {}
        self._numbers = itertools.count(1)

    def get(self, terc: str) -> Versioned[StandIn] | None:
        return self.agreements.get(terc)

    def put(self, before: Versioned[StandIn] | None, after: StandIn, acts: Sequence[Act]) -> None:
        self._refuse_stale(after.terc, before)
        self.agreements[after.terc] = Versioned(after, next(self._numbers))
        self.audit.record(*acts)

    def delete(self, before: Versioned[StandIn], acts: Sequence[Act]) -> None:
        self._refuse_stale(before.value.terc, before)
        del self.agreements[before.value.terc]
        self.audit.record(*acts)

    def naming(self, uid: str) -> Sequence[StandIn]:
        return [one.value for one in self.agreements.values() if one.value.names(uid)]

    def _refuse_stale(self, terc: str, before: Versioned[StandIn] | None) -> None:
        current = self.agreements.get(terc)
        if (current.token if current else None) != (before.token if before else None):
            raise Conflict
