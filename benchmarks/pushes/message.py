"""The message that every sender of the benchmark sends: an alert of usual length to an Android phone."""

from __future__ import annotations

import json
from collections.abc import Iterator

from shared.channels.push.outcome import PushRequest

TTL = 21_600  # seconds
DATA = {
    "title": "Awaria wodociągu: ul. Główna, brak wody do godziny 18",
    "body": "Pękła rura przy ul. Głównej 12. Do godziny 18 nie będzie wody w budynkach od numeru 1 do 64. "
    "Beczkowóz stoi przy szkole podstawowej. Prosimy nie zastawiać jezdni: ekipa musi dojechać z koparką.",
    "alert": "Zk3pQ8vT1mXcY7bN2aLd",
    "thread": "Zk3pQ8vT1mXcY7bN2aLd",
    "version": "1",
    "category": "utilities",
    "severity": "severe",
    "url": "https://alert.example/a/Zk3pQ8vT1mXcY7bN2aLd",
    "sent": "2026-03-01T10:00:00Z",
    "expires": "2026-03-01T16:00:00Z",
    "language": "pl",
    "terc": "1099013",
    "proof": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
_MESSAGE = {"android": {"priority": "HIGH", "ttl": f"{TTL}s"}, "data": DATA}
_HEAD = json.dumps({"message": _MESSAGE}, ensure_ascii=False).removesuffix("}}").encode()


def target(number: int) -> str:
    """As long as a registration token."""
    return f"{number:022d}:APA91b".ljust(163, "x")


def body(number: int) -> bytes:
    """Serialised once, joined with the target, as the composer of pushes does."""
    return b"".join((_HEAD, b',"token":"', target(number).encode(), b'"}}'))


def requests(count: int, first: int = 0) -> Iterator[PushRequest]:
    return (PushRequest(str(number), body(number)) for number in range(first, first + count))
