"""Where the heads of the audit are written down beyond the reach of whoever can write the audit itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from shared.domain.audit import Anchor, AuditHead


class AnchorStore(Protocol):
    def put(self, terc: str, head: AuditHead) -> None:
        """Once written it stays until its time; the same head again changes nothing. Raises Unavailable."""

    def all(self, terc: str) -> Sequence[Anchor]:
        """The oldest first. Raises Unavailable."""
