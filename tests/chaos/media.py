"""The channels that chaos goes over: where what they handed over is found, and how they tell it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import requests

from infra.local.stack import Stack
from shared.domain.audience import AudienceEntry
from tests.channels.stub.channel import LetterBox, Posted

PROMPT = 5.0  # seconds for a request while things fail
UNHEARD = "unanswered"  # shared.domain.wave.Unheard: it may have been taken or not


class Medium(Protocol):
    """`accepted`: the outcome of what was taken; `unheard`: of what may have been. `tagged`: a phone shows
    two messages of the same tag once."""

    name: str
    accepted: str
    unheard: tuple[str, ...]
    tagged: bool

    def addresses(self, entry: AudienceEntry) -> Iterator[tuple[str, str]]:
        """Keys of the ledger, and whom they name: the target of a message."""

    def messages(self, alert: str) -> list[dict[str, Any]]:
        """All that was handed over: `target`, and `message` when they are tagged."""

    def count(self, alert: str) -> float:
        """Of those told at least once, or about so; asked often."""

    def forget(self) -> None: ...


class Pushes:
    """As FCM recorded them."""

    name, accepted, tagged = "push", "accepted", True
    unheard: tuple[str, ...] = ("network", UNHEARD)

    def __init__(self, stack: Stack) -> None:
        self._control = stack.address("fcm_control")
        self._session = requests.Session()
        self._session.trust_env = False

    def addresses(self, entry: AudienceEntry) -> Iterator[tuple[str, str]]:
        for device in entry.devices:
            yield f"{entry.key}/{device.id}", device.target.value

    def messages(self, alert: str) -> list[dict[str, Any]]:
        answer = self._session.get(f"{self._control}/messages", params={"alert": alert}, timeout=60)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    def count(self, alert: str) -> float:
        """Raises requests' errors while FCM is down."""
        counts = self._session.get(f"{self._control}/counts", timeout=PROMPT).json()["by_alert"]
        return float(counts.get(alert, 0))

    def forget(self) -> None:
        self._session.delete(f"{self._control}/messages", timeout=60).raise_for_status()


class Letters:
    """The stub's, lines of a file; a letter for everybody with a place."""

    name, accepted, tagged = "stub", Posted.POSTED.value, False
    unheard: tuple[str, ...] = (UNHEARD,)

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read = 0  # bytes
        self._counts: Counter[str] = Counter()

    def addresses(self, entry: AudienceEntry) -> Iterator[tuple[str, str]]:
        yield f"{entry.key}/{LetterBox(entry.uid).id}", entry.uid

    def messages(self, alert: str) -> list[dict[str, Any]]:
        letters = [json.loads(line) for line in self._lines(0)]
        return [{"target": letter["uid"]} for letter in letters if letter["alert"] == alert]

    def count(self, alert: str) -> float:
        for line in self._lines(self._read):
            self._read += len(line)
            self._counts[json.loads(line)["alert"]] += 1
        return float(self._counts[alert])

    def forget(self) -> None:
        """The file stays: its letters name their alerts."""

    def _lines(self, start: int) -> Iterator[bytes]:
        """Whole ones: the last may be on its way."""
        if not self._file.exists():
            return
        with self._file.open("rb") as file:
            file.seek(start)
            yield from (line for line in file if line.endswith(b"\n"))


def function_env(channel: str, letters: Path) -> Mapping[str, str]:
    """What the functions, and whoever asks the index, are to be told of the channel."""
    if channel == Pushes.name:
        return {}
    return {
        "CHANNELS": "tests.channels.stub",
        "STUB_LETTERS": str(letters),
        "STUB_FULL": "0.1",
        "STUB_SECONDS": "0.002",
    }
