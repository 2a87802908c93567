"""Things that become due: the timer of the stand-ins for Cloud Tasks and Eventarc."""

from __future__ import annotations

import asyncio
import heapq
import time
from contextlib import suppress

LONGEST_WAIT = 1.0  # seconds: the wall clock may be set, or the machine sleep


class DueQueue:
    """Keys in the order of their due times (seconds since the epoch); for a single consumer.

    A key may be put again with another time: the consumer compares with what is stored and skips the rest.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[float, str]] = []
        self._changed = asyncio.Event()

    def put(self, due: float, key: str) -> None:
        heapq.heappush(self._heap, (due, key))
        if self._heap[0] == (due, key):
            self._changed.set()

    def clear(self) -> None:
        self._heap.clear()

    async def next(self) -> tuple[float, str]:
        """Waits until the first key is due, and takes it."""
        while True:
            wait = self._heap[0][0] - time.time() if self._heap else LONGEST_WAIT
            if wait <= 0:
                return heapq.heappop(self._heap)
            self._changed.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), min(wait, LONGEST_WAIT))
