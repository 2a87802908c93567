"""Time, for services and adapters alike."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The moment, aware, UTC."""

    def monotonic(self) -> float:
        """Seconds that never jump; for deadlines."""

    def sleep(self, seconds: float) -> None: ...
