"""Sign-ins of staff, kept so that they end, and so that their holder sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shared.domain.audit import Act
    from shared.domain.staff_session import StaffSession
    from shared.ports.stored import Versioned

MOST_SESSIONS = 50  # of one person, that are shown or ended together: the latest


class SessionStore(Protocol):
    def get(self, uid: str, begun: datetime) -> Versioned[StaffSession] | None:
        """One read. Raises Unreadable."""

    def begin(self, session: StaffSession, acts: Sequence[Act] = ()) -> Versioned[StaffSession]:
        """Raises Conflict when it has begun already."""

    def note(self, before: StaffSession, after: StaffSession) -> Versioned[StaffSession]:
        """Writes what differs, of which there is something, over whatever else was written since."""

    def replace(self, before: Versioned[StaffSession], after: StaffSession) -> None:
        """Writes what differs; raises Conflict when anything was written since."""

    def end(self, sessions: Sequence[StaffSession], at: datetime, acts: Sequence[Act] = ()) -> None:
        """All of them or none. Raises Conflict when one is gone."""

    def last_sign_in(self, uid: str) -> datetime | None:
        """None: never, or longer ago than sessions are kept. One read."""

    def of(self, uid: str) -> Sequence[StaffSession]:
        """At most MOST_SESSIONS, the latest sign-in first; what this release cannot read is left out."""
