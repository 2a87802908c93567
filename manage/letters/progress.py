"""How far a printing is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import TextIO

WIDTH = 30  # characters
EVERY_S = 2.0  # where every line stays, as in a log


class Bar:
    """Drawn over itself on a terminal, else a line now and then."""

    def __init__(self, total: int, clock: Callable[[], float] = monotonic, to: TextIO | None = None) -> None:
        self._total, self._clock, self._to = total, clock, to or sys.stderr
        self._done = 0
        self._started = self._said = clock()

    def __call__(self, more: int) -> None:
        self._done += more
        over = self._to.isatty()
        if not over and self._clock() - self._said < EVERY_S and self._done < self._total:
            return
        self._said = self._clock()
        full = WIDTH * self._done // max(self._total, 1)
        bar = "#" * full + "." * (WIDTH - full)
        start, end = ("\r", "") if over and self._done < self._total else ("\r" if over else "", "\n")
        print(f"{start}[{bar}] {self._done:,} of {self._total:,} letters", end=end, file=self._to, flush=True)

    @property
    def seconds(self) -> float:
        return self._clock() - self._started
