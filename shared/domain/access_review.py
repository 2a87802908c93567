"""Once a year the office signs who may do what; twice a year it tries its sealed account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.staff import StaffRecord

REVIEWED_EVERY = timedelta(days=365)
TRIED_EVERY = timedelta(days=190)  # twice a year, and a week to spare


@dataclass(frozen=True)
class Reviewed:
    """Somebody with a part in the municipality; `last`: of their sign-ins, None: none in two years."""

    person: StaffRecord
    last: datetime | None


@dataclass(frozen=True)
class AccessReview:
    """`signed`: when it was last, by whom; `tried`: the sealed account, or sealed anew; None: never."""

    terc: str
    at: datetime
    people: tuple[Reviewed, ...]
    signed: datetime | None = None
    signed_by: str = ""
    sealed: bool = False  # whether there is a sealed account
    tried: datetime | None = None

    @property
    def is_due(self) -> bool:
        return self.signed is None or self.at >= self.signed + REVIEWED_EVERY

    @property
    def trial_is_due(self) -> bool:
        """Without one there is nothing to try, which is worse."""
        return not self.sealed or self.tried is None or self.at >= self.tried + TRIED_EVERY
