"""Whether a request comes from one of our own apps and pages, as Firebase App Check attests."""

from __future__ import annotations

from typing import Protocol


class AppChecker(Protocol):
    def attested(self, token: str) -> bool:
        """Raises Unavailable when the service's keys cannot be read."""
        ...
