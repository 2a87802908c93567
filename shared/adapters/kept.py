"""What a process remembers of what it read, for so long as it may be old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from shared.ports import Clock

T = TypeVar("T")


class Kept(Generic[T]):
    """By a name. An answer that is empty is not kept: what is missing may be there in a moment."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, tuple[float, T]] = {}

    def get(self, name: str, max_age: float, read: Callable[[T | None], T]) -> T:
        """What is known, at most `max_age` seconds old; else what `read` makes of it, or of None."""
        now = self._clock.monotonic()
        read_at, known = self._known.get(name, (now, None))
        if known and now - read_at <= max_age:
            return known
        found = read(known)
        if found:
            self._known[name] = (now, found)
        return found
