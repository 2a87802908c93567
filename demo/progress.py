"""Progress for people: one line that grows on a terminal, now and then a line in a log."""

from __future__ import annotations

import sys
import time

EVERY_LOG = 5.0  # seconds between two lines where nothing can be overwritten
EVERY_TERMINAL = 0.2


class Progress:
    """`step` announces a step; `count` tells how far it is; `done` ends it with what came of it."""

    def __init__(self) -> None:
        self._terminal = sys.stdout.isatty()
        self._title = ""
        self._began = self._shown = 0.0

    def step(self, title: str) -> None:
        self._title, self._began, self._shown = title, time.monotonic(), time.monotonic()
        self._print(f"{title} ...", end=False)

    def count(self, finished: int, total: int, unit: str) -> None:
        now = time.monotonic()
        if now - self._shown >= (EVERY_TERMINAL if self._terminal else EVERY_LOG):
            self._shown = now
            self._print(f"{self._title} ... {finished:,} of {total:,} {unit}", end=False)

    def done(self, result: str) -> None:
        self._print(f"{self._title}: {result} ({time.monotonic() - self._began:.1f} s)", end=True)

    def _print(self, text: str, end: bool) -> None:
        if self._terminal:
            print(f"\r\x1b[K{text}", end="\n" if end else "", flush=True)
        else:
            print(text, flush=True)
