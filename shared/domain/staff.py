"""What the register of staff says of somebody: it alone decides what they may do, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
PERSON, BREAK_GLASS = "person", "break-glass"  # kinds of accounts


@dataclass(frozen=True)
class StaffRecord:
    """`staff/{uid}`; a field that is missing or of another type has the value that lets nobody in."""

    terc: str = ""
    roles: frozenset[str] = frozenset()
    name: str = ""
    active: bool = False
    valid_since: datetime | None = None  # sign-ins of before count no more
    kind: str = PERSON
    has_key: bool = False  # a key (FIDO2) is registered: it alone is a fresh factor

    def accepts_sign_in(self, at: datetime) -> bool:
        """`at` is in whole seconds, so one in the second of `valid_since` counts (as in firestore.rules)."""
        return self.valid_since is not None and at + SECOND > self.valid_since
