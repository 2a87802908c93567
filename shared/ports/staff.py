"""Who calls the staff's API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from shared.domain.alert import Person


@dataclass(frozen=True)
class Staff:
    """A verified member of staff: second factor seen, token neither expired nor revoked."""

    person: Person
    terc: str
    roles: frozenset[str]


class TokenVerifier(Protocol):
    def verify(self, token: str) -> Staff:
        """Raises Unauthenticated."""
