"""Becoming staff in memory, under the contract of tests/emulator/test_enrolment_contract.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from shared.adapters.instance_limits import InstanceLimits
from shared.domain.audit import Act
from shared.domain.enrolment import Invitation, LostPhone, RecoveryCodes
from shared.domain.own_factors import Factors
from shared.domain.staff import StaffRecord
from shared.errors import Conflict, FieldError, InvalidInput, Unauthenticated, Unavailable
from shared.ports import Change, Versioned
from shared.services.limits.admit import LimitPorts
from shared.services.staff.enrol_ports import EnrolPorts, Visitor
from tests.fakes.audit import FakeAuditLog
from tests.fakes.clock import FakeClock
from tests.fakes.mail import FakeMailSender
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.fakes.staff import FakeStaffStore

T = TypeVar("T")
Key = tuple[type, str]


class FakeEnrolmentStore:
    """Fulfils ports.EnrolmentStore; its records are those of the register that it is given."""

    def __init__(self, register: FakeStaffStore, audit: FakeAuditLog) -> None:
        self._register, self._audit = register, audit
        self._kept: dict[Key, Any] = {}
        self._written: Counter[Key] = Counter()
        self.broken: Exception | None = None

    def record(self, uid: str) -> Versioned[StaffRecord] | None:
        return self._register.find(uid)

    def invitation(self, uid: str) -> Versioned[Invitation] | None:
        return self._find(Invitation, uid)

    def recovery_codes(self, uid: str) -> Versioned[RecoveryCodes] | None:
        return self._find(RecoveryCodes, uid)

    def lost_phone(self, uid: str) -> Versioned[LostPhone] | None:
        return self._find(LostPhone, uid)

    def factors(self, uid: str) -> Versioned[Factors] | None:
        return self._find(Factors, uid)

    def invitations(self, terc: str) -> Sequence[Invitation]:
        found = [one for (kind, _), one in self._kept.items() if kind is Invitation and one.terc == terc]
        return sorted(found, key=lambda one: one.at, reverse=True)

    def commit(self, changes: Sequence[Change], acts: Sequence[Act] = ()) -> None:
        if self.broken:
            raise self.broken
        for change in changes:
            now = self._now(change)
            if (None if change.before is None else change.before.token) != now:
                raise Conflict
        for change in changes:
            self._put(change)
        self._audit.record(*acts)

    def _now(self, change: Change) -> object:
        found = (
            self._register.find(change.after.uid)
            if isinstance(change.after, StaffRecord)
            else self._find(type(change.after), change.after.uid)
        )
        return None if found is None else found.token

    def _put(self, change: Change) -> None:
        if not isinstance(change.after, StaffRecord):
            key = (type(change.after), change.after.uid)
            self._kept[key] = change.after
            self._written[key] += 1
        elif change.before is None:
            self._register.create(change.after, [])
        else:
            self._register.replace(change.before, change.after, [])

    def _find(self, kind: type[T], uid: str) -> Versioned[T] | None:
        key = (kind, uid)
        return Versioned(self._kept[key], self._written[key]) if key in self._kept else None


@dataclass
class Account:
    email: str
    password: str = ""
    disabled: bool = False
    factor: bool = False
    sessions: int = 0  # how often all of before were ended
    claims: dict[str, Any] = field(default_factory=dict)


class FakeStaffAccounts:
    """Fulfils ports.StaffAccounts; `away`: Identity Platform does not answer."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.away = False

    def _answer(self) -> None:
        if self.away:
            raise Unavailable

    def uid_of(self, email: str) -> str | None:
        self._answer()
        return next((uid for uid, one in self.accounts.items() if one.email == email), None)

    def renew(self, uid: str, email: str, name: str, password: str) -> None:
        if self.uid_of(email) not in (None, uid):
            raise InvalidInput([FieldError("/email", "staff-already")])
        self.accounts[uid] = Account(email, password)

    def set_password(self, uid: str, password: str) -> None:
        self._answer()
        self.accounts[uid].password = password
        self.accounts[uid].sessions += 1

    def set_claims(self, uid: str, claims: Mapping[str, Any]) -> None:
        self._answer()
        if uid in self.accounts:
            self.accounts[uid].claims = dict(claims)

    def remove(self, uid: str) -> None:
        self._answer()
        self.accounts.pop(uid, None)

    def disable(self, uid: str) -> None:
        self._answer()
        if uid in self.accounts:
            self.accounts[uid].disabled = True
            self.accounts[uid].claims = {}
            self.accounts[uid].sessions += 1


class FakeEnrollingTokens:
    """Fulfils ports.EnrollingTokens: a token is a uid, signed in at `at` with a second factor."""

    def __init__(self, clock: FakeClock) -> None:
        self.at: dict[str, datetime] = {}
        self.uids: dict[str, str] = {}  # of tokens that are no uids
        self._clock = clock

    def sign_in(self, uid: str, token: str = "") -> str:
        self.uids[token or uid] = uid
        self.at[token or uid] = self._clock.now().replace(tzinfo=UTC)
        return token or uid

    def signed_in(self, token: str) -> tuple[str, datetime]:
        if token not in self.at:
            raise Unauthenticated("second-factor-required")
        return self.uids.get(token, token), self.at[token]


HERE, THERE = Visitor("192.0.2.1", "192.0.2.0/24"), Visitor("198.51.100.1", "198.51.100.0/24")


class EnrolmentOffice:
    """All that becoming staff needs, in memory."""

    STAFF_URL = "https://urzad.example"

    def __init__(
        self,
        municipalities: FakeMunicipalityStore | None = None,
        clock: FakeClock | None = None,
        register: FakeStaffStore | None = None,
        audit: FakeAuditLog | None = None,
    ) -> None:
        self.clock, self.mail, self.accounts = clock or FakeClock(), FakeMailSender(), FakeStaffAccounts()
        self.audit = audit or FakeAuditLog(self.clock)
        self.register = register or FakeStaffStore(audit=self.audit)
        self.store = FakeEnrolmentStore(self.register, self.audit)
        self.tokens, self.limits = FakeEnrollingTokens(self.clock), InstanceLimits()
        self.municipalities = municipalities or FakeMunicipalityStore()

    @property
    def ports(self) -> EnrolPorts:
        return EnrolPorts(
            self.store,
            self.register,
            self.accounts,
            self.tokens,
            lambda: self.mail,
            self.municipalities,
            LimitPorts(self.limits, self.limits, self.clock, self.clock),
            self.clock,
            self.STAFF_URL,
        )

    def code(self) -> str:
        """Of the link in the newest mail."""
        return self.mail.sent[-1].text.partition("/join#")[2].split()[0]
