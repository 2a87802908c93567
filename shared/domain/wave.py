"""What goes out together: to whom, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from shared.domain.alert import Alert
from shared.domain.audience import AudienceEntry


class Address(Protocol):
    """Where a channel reaches a resident."""

    @property
    def id(self) -> str:
        """Told apart by it among the addresses of one entry; no "/" in it."""

    @property
    def kind(self) -> str:
        """What figures are told apart by: a push's platform."""


@dataclass(frozen=True)
class Recipient:
    """One address of one resident. `aside`: they are told that it no longer concerns their place."""

    entry: AudienceEntry
    address: Address
    aside: bool = False

    @cached_property
    def key(self) -> str:
        return f"{self.entry.key}/{self.address.id}"


class Outcome(Protocol):
    """What became of one message; each channel has words of its own."""

    @property
    def value(self) -> str: ...

    @property
    def accepted(self) -> bool: ...

    @property
    def passing(self) -> bool:
        """A later attempt can succeed."""


class Unheard(StrEnum):
    """Outcomes that no channel told."""

    UNANSWERED = "unanswered"  # it may have been taken or not
    GONE = "gone"  # the address was no longer there when it was to be tried again

    @property
    def accepted(self) -> bool:
        return False

    @property
    def passing(self) -> bool:
        return self is Unheard.UNANSWERED


class Answer(NamedTuple):
    """`key` of the recipient; `detail` for operators, never an address.

    `sent` False: the wave's time was over before it was handed over, so no round of retrying is spent on it.
    """

    key: str
    outcome: Outcome
    retry_after: float | None = None  # seconds, as the channel's provider asked
    detail: str = ""
    sent: bool = True


class Refusal(NamedTuple):
    """A message that the channel will not take for anybody: which one, and why."""

    message: str
    detail: str


@dataclass(frozen=True)
class Consignment:
    """One wave on its way: the alert, whom it goes to, and which telling of it this is (Delivery.number)."""

    alert: Alert
    number: int
    recipients: Sequence[Recipient]
    proof_key: str  # of the proofs in receipts; docs/data.md
    now: datetime
    quiet: bool = False  # without a sound, whatever the alert and its readers say
    aside: Alert | None = None  # as it is told to recipients whose place it no longer concerns
