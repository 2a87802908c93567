"""Grants that a second admin decides, and the agreement by which others stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.domain.audit import Act
from shared.domain.grant import Grant
from shared.domain.staff import StaffRecord
from shared.domain.stand_in import StandIn
from shared.ports.stored import Versioned


@dataclass(frozen=True)
class RecordChange:
    """Of somebody in the register, in the commit of what allowed it."""

    before: Versioned[StaffRecord]
    after: StaffRecord
    witness: Versioned[StaffRecord] | None = None  # who must still be as they were


class GrantStore(Protocol):
    def new_id(self) -> str: ...

    def get(self, grant_id: str) -> Versioned[Grant] | None:
        """Raises Unreadable; `all` leaves such a grant out."""

    def all(self, terc: str) -> Sequence[Grant]:
        """The latest, the newest first: also those that were decided or whose time has passed."""

    def create(self, grant: Grant | None, change: RecordChange | None, acts: Sequence[Act]) -> None:
        """What waits and what holds at once, together. Raises Conflict if somebody's record is stale."""

    def decide(
        self, before: Versioned[Grant], after: Grant, change: RecordChange | None, acts: Sequence[Act]
    ) -> None:
        """Raises Conflict if anything is stale."""


class StandInStore(Protocol):
    def get(self, terc: str) -> Versioned[StandIn] | None:
        """Raises Unreadable."""

    def put(self, before: Versioned[StandIn] | None, after: StandIn, acts: Sequence[Act]) -> None:
        """Raises Conflict if `before` is stale, or None where there is one."""

    def delete(self, before: Versioned[StandIn], acts: Sequence[Act]) -> None:
        """Raises Conflict if `before` is stale."""

    def naming(self, uid: str) -> Sequence[StandIn]:
        """The agreements that name this person, whether they run or not."""
