"""How fast one process may push: FCM counts 600,000 messages a minute of a project, whoever sends them.

Firebase docs, "Throttling and quotas" and "Best practices when sending FCM messages at scale". The shares
of the processes are declared in infra/functions.yaml; docs/delivery.md does the sum.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

UNLIMITED = 1 << 30
FEW = 16  # pushes worth waking up for while the bucket fills


class PushRate:
    """A token bucket that lasts as long as its process, over slices and alerts; full at the beginning."""

    def __init__(
        self, per_second: float = 0, burst: int = 0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """`per_second` 0: without limit. `burst` is what may be pushed at once after a pause, at least 1."""
        self._per_second = per_second
        self._burst = max(burst, 1)
        self._monotonic = monotonic
        self._lock = Lock()
        self._left = float(self._burst)
        self._at = monotonic()
        self._held_until = self._at

    def take(self, most: int) -> int:
        """How many of `most` pushes may begin now; they count as sent until they are given back."""
        with self._lock:
            if self._monotonic() < self._held_until:
                return 0
            if not self._per_second:
                return most
            self._fill()
            taken = min(most, int(self._left))
            self._left -= taken
            return taken

    def room(self) -> int:
        """How many pushes may begin now; a large number when there is no limit."""
        with self._lock:
            if self._monotonic() < self._held_until:
                return 0
            if not self._per_second:
                return UNLIMITED
            self._fill()
            return int(self._left)

    def give_back(self, count: int) -> None:
        with self._lock:
            self._left = min(self._left + count, self._burst)

    def wait(self) -> float:
        """Seconds until some pushes may begin; 0 when they may now."""
        if not self._per_second:
            return self.held()
        with self._lock:
            self._fill()
            lacking = min(FEW, self._burst) - self._left
        return max(lacking / self._per_second, self.held(), 0)

    def hold(self, seconds: float) -> None:
        """Nothing begins before then: FCM said so."""
        with self._lock:
            self._held_until = max(self._held_until, self._monotonic() + seconds)

    def held(self) -> float:
        """Seconds for which FCM is to be left alone."""
        return max(self._held_until - self._monotonic(), 0)

    def _fill(self) -> None:
        now = self._monotonic()
        self._left = min(self._left + (now - self._at) * self._per_second, self._burst)
        self._at = now


class Refusals:
    """Tells FCM's refusal of us from its refusal of single pushes, by answers in a row.

    A phone has a quota of its own (240 a minute, "Throttling and quotas") and single servers fail: one
    answer that asks to wait must not stop an alert. When the project's quota is used up, all answers ask.
    """

    IN_A_ROW = 50

    def __init__(self) -> None:
        self._asked: list[float] = []

    def note(self, retry_after: float | None) -> float | None:
        """How long to leave FCM alone, in seconds; None: go on."""
        if retry_after is None:
            self._asked.clear()
            return None
        self._asked.append(retry_after)
        return max(self._asked) if len(self._asked) >= self.IN_A_ROW else None
