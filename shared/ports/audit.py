"""The log of acts: append-only, a chain for each municipality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.audit import Act, AuditEntry, AuditHead, Chain, Sealer
from shared.ports.stored import Page


@dataclass(frozen=True)
class AuditFilter:
    """What must fit an entry; empty: anything. `since` <= at < `until`."""

    uid: str = ""
    action: str = ""
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None


class AuditKeys(Protocol):
    def of(self, terc: str) -> Sealer:
        """Raises Unavailable where there is no key, or where it cannot be read."""


class AuditLog(Protocol):
    def record(self, *acts: Act) -> None:
        """Write acts that change nothing else. Raises Unavailable, Conflict."""

    def entries(self, terc: str, wanted: AuditFilter, limit: int, after: str | None) -> Page[AuditEntry]:
        """The newest first. Raises InvalidInput for a cursor that this method did not make."""

    def head(self, terc: str) -> AuditHead:
        """The first one, of number 0, where nothing was written."""

    def whole(self, terc: str) -> Chain:
        """All that lies in the log as of one moment, in the order of the names, for who verifies it."""

    def waiting(self, terc: str) -> int:
        """How many acts are committed and not sealed yet."""

    def seal_waiting(self, limit: int) -> int:
        """Put such acts of any municipality into their chains; how many. Raises Unavailable."""
