"""Who calls the staff's API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from shared.domain.alert import Person
from shared.domain.staff import StaffRecord


@dataclass(frozen=True)
class Staff:
    """A verified member of staff: second factor seen, rights as they are now, session not ended.

    `origin`: where the request came from, for the audit: the network of its address, and the session.
    """

    person: Person
    terc: str
    roles: frozenset[str]
    origin: str = ""


class StaffStore(Protocol):
    """The register of staff."""

    def get(self, uid: str) -> StaffRecord | None:
        """As it is now; never remembered, since rights end at once. Raises Unavailable."""


class TokenVerifier(Protocol):
    def verify(self, token: str) -> Staff:
        """Raises Unauthenticated, Forbidden, Unavailable."""
