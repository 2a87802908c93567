"""Sessions of staff in memory, under the contract of tests/emulator/test_staff_sessions_contract.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from shared.domain.audit import Act
from shared.domain.staff_session import StaffSession
from shared.errors import Conflict
from shared.ports import Versioned
from shared.ports.staff_sessions import MOST_SESSIONS
from tests.fakes.audit import FakeAuditLog


class FakeSessionStore:
    """Fulfils ports.SessionStore; counts what a database would be asked."""

    def __init__(self, audit: FakeAuditLog | None = None) -> None:
        self.audit = audit or FakeAuditLog()
        self.kept: dict[tuple[str, datetime], Versioned[StaffSession]] = {}
        self.reads = self.writes = 0

    def get(self, uid: str, begun: datetime) -> Versioned[StaffSession] | None:
        self.reads += 1
        return self.kept.get((uid, begun))

    def begin(self, session: StaffSession, acts: Sequence[Act] = ()) -> Versioned[StaffSession]:
        if (session.uid, session.begun) in self.kept:
            raise Conflict
        self.audit.record(*acts)
        return self._put(session)

    def note(self, before: StaffSession, after: StaffSession) -> Versioned[StaffSession]:
        found = self.kept.get((after.uid, after.begun))
        if found is None:
            raise Conflict
        old = {name: getattr(before, name) for name in asdict(before)}
        changes = {name: getattr(after, name) for name in old if getattr(after, name) != old[name]}
        return self._put(replace(found.value, **changes))

    def replace(self, before: Versioned[StaffSession], after: StaffSession) -> None:
        if self.kept[after.uid, after.begun].token != before.token:
            raise Conflict
        self.note(before.value, after)

    def end(self, sessions: Sequence[StaffSession], at: datetime, acts: Sequence[Act] = ()) -> None:
        if not all((one.uid, one.begun) in self.kept for one in sessions):
            raise Conflict
        self.audit.record(*acts)
        for session in sessions:
            self.note(session, replace(session, ended=at))

    def last_sign_in(self, uid: str) -> datetime | None:
        return next((one.begun for one in self.of(uid)), None)

    def of(self, uid: str) -> Sequence[StaffSession]:
        found = [one.value for one in self.kept.values() if one.value.uid == uid]
        return sorted(found, key=lambda one: one.begun, reverse=True)[:MOST_SESSIONS]

    def _put(self, session: StaffSession) -> Versioned[StaffSession]:
        self.writes += 1
        kept = Versioned(session, self.writes)
        self.kept[session.uid, session.begun] = kept
        return kept
