"""A way to reach people. Push is one; each is a folder of shared/channels and knows nothing of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from shared.domain.alert import Alert, Content
from shared.domain.audience import AudienceEntry
from shared.domain.notice import Notice
from shared.domain.wave import Address, Answer, Consignment, Refusal

Way = tuple[str, str]  # queue, function


@dataclass(frozen=True)
class Ways:
    """The queues and functions of a channel's deliveries."""

    begin: Way
    deliver: Way


@dataclass(frozen=True)
class Pace:
    """How a worker goes about its slice.

    `run`: the longest a worker goes on before it hands over to a fresh task; far below the 600 seconds
    after which Cloud Tasks gives a dispatch up, and the 300 of a Firestore query.
    `retry`: before the first round of retrying; doubles from round to round.
    """

    lease: timedelta = timedelta(seconds=120)
    run: timedelta = timedelta(seconds=240)
    slice: int = 5000  # places
    wave: int = 1000  # messages
    reads_ahead: bool = True  # a wave is read while the one before is sent
    retry: timedelta = timedelta(seconds=10)
    retry_limit: int = 20  # rounds
    workers: int = 8  # of each kind at once; infra/functions.yaml, `instances`
    rate: int = 2400  # messages a second of all workers together, once each has sent its burst
    rate_urgent: int = 4400
    pause_above: int = 500  # messages waiting for a retry: the provider is in trouble, nothing new is begun


class Channel(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def pace(self) -> Pace: ...

    def ways(self, urgent: bool) -> Ways: ...

    def moments(self, content: Content, now: datetime) -> Sequence[datetime]:
        """When its deliveries of an alert that starts now are due, in order; the first one is number 1."""

    def addresses(self, entry: AudienceEntry) -> Sequence[Address]:
        """Where this channel reaches the resident of an entry; pure, and asked by the index as well."""

    def check(self, alert: Alert) -> Sequence[Refusal]:
        """Whether the alert can be told at all, before anybody is: a refusal fails the delivery.

        When the channel cannot say, it may be sent: an outage must not lose it, and its waves try again.
        """

    def carried(self, content: Content) -> Mapping[str, int | None]:
        """By language, how many characters of the body it carries; None: all of it."""

    def send(self, wave: Consignment, deadline: float) -> Iterator[Answer]:
        """Answers as they come, one for each recipient; `deadline` on the monotonic clock.

        What is not handed over by then is answered `sent=False`.

        Raises Unavailable, before anything is sent, when it cannot send at all.
        """

    def notify(self, entry: AudienceEntry, device: str, notice: Notice) -> bool:
        """Send a notice to one device of an entry of the index; whether it was handed over.

        Raises Unavailable.
        """

    def may_have(self, outcome: str) -> bool:
        """Whether who has this outcome in the ledger may have got the message."""

    def settle(self, wave: Consignment, answers: Sequence[Answer]) -> None:
        """What follows from the answers of a recorded wave: dead addresses forgotten, operators told.

        Never raises: the wave was sent and recorded, and the next one waits.
        """

    def room(self) -> int:
        """How many messages could begin at once, without waiting for this process's share of a quota."""
