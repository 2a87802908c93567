"""Where the stub's letters go."""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from shared.domain.alert import Alert
from shared.domain.wave import Recipient
from tests.channels.stub.channel import LetterBox, Posted

Answering = Callable[[str, int], Posted]  # uid, and how often a letter to it was tried


def posted(uid: str, tried: int) -> Posted:
    return Posted.POSTED


@dataclass
class ListPost:
    """Letters in memory, answered as the test says; `waves` has the uids of each alert's letters in order."""

    answering: Answering = posted
    during: Callable[[], None] = lambda: None  # called before every letter
    letters: list[tuple[str, int, str]] = field(default_factory=list)  # alert, delivery's number, uid
    tried: Counter[str] = field(default_factory=Counter)

    def hand_over(self, alert: Alert, number: int, recipient: Recipient, box: LetterBox) -> Posted:
        self.during()
        self.tried[box.uid] += 1
        self.letters.append((alert.id, number, box.uid))
        return self.answering(box.uid, self.tried[box.uid])

    @property
    def sent(self) -> Counter[str]:
        """How often each resident was sent something."""
        return Counter(uid for _, _, uid in self.letters)


class FilePost:
    """One line a letter, appended whole by whichever process; a share of them comes back at first.

    `STUB_FULL` is that share (0 to 1): the answer is `box-full`, and nothing is written. `STUB_SECONDS`: what
    a letter takes.
    """

    def __init__(self, file: str) -> None:
        self._file = Path(file)
        self._full = float(os.environ.get("STUB_FULL", "0"))
        self._seconds = float(os.environ.get("STUB_SECONDS", "0"))
        self._random = random.Random()

    def hand_over(self, alert: Alert, number: int, recipient: Recipient, box: LetterBox) -> Posted:
        time.sleep(self._seconds)
        if self._random.random() < self._full:
            return Posted.FULL
        line = json.dumps({"alert": alert.id, "version": alert.version, "number": number, "uid": box.uid})
        descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)
        return Posted.POSTED
