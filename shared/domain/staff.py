"""What the register of staff says of somebody: it alone decides what they may do, and until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.scope import EVERYTHING, Scope
from shared.domain.staff_contact import Proving

SECOND = timedelta(seconds=1)
MOST_MUNICIPALITIES = 50  # that one person may act in: the gminas of the largest powiat, and to spare
TERC = re.compile(r"[0-9]{7}")


class Enrolment(StrEnum):
    INVITED = "invited"  # has no second factor yet, so no right either
    ENROLLED = "enrolled"


class Kind(StrEnum):
    PERSON = "person"
    BREAK_GLASS = "break-glass"  # sealed on paper for the night on which nobody else can sign in


@dataclass(frozen=True)
class Membership:
    """What somebody may do in one municipality. A role without a scope reaches everything."""

    roles: frozenset[str] = frozenset()
    scopes: Mapping[str, Scope] = field(default_factory=dict)  # by role

    def scope(self, role: str) -> Scope:
        return self.scopes.get(role, EVERYTHING)


@dataclass(frozen=True)
class StaffRecord:
    """`staff/{uid}`; a field that is missing or of another type has the value that lets nobody in.

    `terc`, `roles`, `scopes`: of the municipality that employs them; `others`: those they act in besides.
    """

    terc: str = ""
    roles: frozenset[str] = frozenset()
    name: str = ""
    active: bool = False
    valid_since: datetime | None = None  # sign-ins of before count no more
    uid: str = ""
    scopes: Mapping[str, Scope] = field(default_factory=dict)  # by role
    others: Mapping[str, Membership] = field(default_factory=dict)  # by TERC
    email: str = ""
    until: datetime | None = None  # the employment's end
    state: Enrolment = Enrolment.ENROLLED
    kind: Kind = Kind.PERSON
    has_key: bool = False  # a key (FIDO2) is registered: it alone is a fresh factor
    phone: str = ""  # E.164, proved to be theirs: where they are called; shown to nobody else
    proving: Proving | None = None  # the number that is to follow it
    phone_refused: datetime | None = None  # since when the provider takes no SMS for `phone`
    email_refused: datetime | None = None  # the last time that a mail to `email` came back for good

    def accepts_sign_in(self, at: datetime) -> bool:
        """`at` is in whole seconds, so one in the second of `valid_since` counts (as in firestore.rules)."""
        return self.valid_since is not None and at + SECOND > self.valid_since

    def employed(self, now: datetime) -> bool:
        """Whether they are staff at this moment, wherever."""
        in_time = self.until is None or now < self.until
        return self.active and in_time and self.state is Enrolment.ENROLLED

    @property
    def is_invited(self) -> bool:
        """Whether all that is missing is their enrolment."""
        return self.active and self.state is Enrolment.INVITED

    def membership(self, terc: str) -> Membership | None:
        """None: they have no part in this municipality."""
        if terc == self.terc:
            return Membership(self.roles, self.scopes)
        return self.others.get(terc)

    def tercs(self) -> tuple[str, ...]:
        """Where they may act, their own first."""
        return (self.terc, *sorted(terc for terc in self.others if terc != self.terc))
