"""Where it is counted how often somebody asks."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from shared.domain.limits import Limit


class LimitStore(Protocol):
    def take(self, limit: Limit, key: str, now: datetime) -> float:
        """Takes one token of `key`; 0, or the seconds until there is one. Raises Unavailable, Conflict."""
        ...

    def give_back(self, limit: Limit, key: str) -> None:
        """The bucket is full again: whoever gave the right code has guessed nothing."""
        ...
