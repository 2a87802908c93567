"""Who calls the staff's API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from shared.domain.alert import Person
from shared.domain.audit import Act
from shared.domain.scope import EVERYTHING, Scope
from shared.domain.staff import Kind, StaffRecord
from shared.domain.staff_session import Proof
from shared.ports.stored import Versioned


@dataclass(frozen=True)
class Staff:
    """A verified member of staff: second factor seen, rights as they are now, session not ended.

    `terc`: the municipality that the request is for; `roles` and `scopes` are those in it.
    `origin`: where the request came from, for the audit: the network of its address, and the session.
    `on_behalf`: the powiat's name where they stand in for the municipality's own staff; `late`: its hours
    are over, and they may only stop what they sent.
    """

    person: Person
    terc: str
    roles: frozenset[str]
    origin: str = ""
    scopes: Mapping[str, Scope] = field(default_factory=dict)  # by role
    kind: Kind = Kind.PERSON
    proof: Proof = field(default=Proof(), compare=False)
    idle: bool = field(default=False, compare=False)  # the session is at its end: alerts are stopped, no more
    on_behalf: str = ""
    late: bool = False
    tercs: tuple[str, ...] = ()  # where they may act, their own first

    def scope(self, role: str) -> Scope:
        return self.scopes.get(role, EVERYTHING)


class StaffStore(Protocol):
    """The register of staff."""

    def get(self, uid: str) -> StaffRecord | None:
        """As it is now; never remembered, since rights end at once. Raises Unavailable."""

    def find(self, uid: str) -> Versioned[StaffRecord] | None:
        """As `get`, for who changes it."""

    def all(self, terc: str) -> Sequence[StaffRecord]:
        """Whoever has or had a part in the municipality, by name; those of other employers too."""

    def by_email(self, email: str) -> StaffRecord | None:
        """Of whatever employer; `email` in lower case."""

    def create(self, record: StaffRecord, acts: Sequence[Act]) -> None:
        """Raises Conflict when there is one for this account."""

    def replace(
        self,
        before: Versioned[StaffRecord],
        after: StaffRecord,
        acts: Sequence[Act],
        witness: Versioned[StaffRecord] | None = None,
    ) -> None:
        """`witness`: somebody who must still be as they were, too. Raises Conflict if either is stale."""


class TokenVerifier(Protocol):
    def verify(self, token: str, terc: str = "") -> Staff:
        """In their own municipality, or in the one named. Raises Unauthenticated, Forbidden, Unavailable."""

    def is_sealed(self, token: str) -> bool:
        """Whether a token that Auth has signed is the sealed account's; strangers cost no read. Raises
        Unauthenticated, Unavailable."""
