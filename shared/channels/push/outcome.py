"""What a push asks for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple, Protocol


class Sound(StrEnum):
    """What a push asks of the phone; docs/app-developers.md."""

    ON = "on"
    OFF = "off"  # shown without a sound
    AGAIN = "again"  # was shown without a sound; shown once more in its place, now with sound


class Outcome(StrEnum):
    """What became of one push (FCM docs, "ErrorCode"; docs/delivery.md)."""

    ACCEPTED = "accepted"
    UNREGISTERED = "unregistered"  # 404: the app is gone from the phone
    SENDER_MISMATCH = "sender-mismatch"  # 403: the target belongs to another project
    BAD_TARGET = "bad-target"  # 400 about the target: it can never work
    BAD_PAYLOAD = "bad-payload"  # any other 400: our fault, no device is to blame
    UNAUTHORISED = "unauthorised"  # 401, 403, 404: our credentials, permission or project
    THROTTLED = "throttled"  # 429
    UNAVAILABLE = "unavailable"  # 5xx
    NETWORK = "network"  # no answer: FCM may or may not have taken it

    @property
    def accepted(self) -> bool:
        return self is Outcome.ACCEPTED

    @property
    def passing(self) -> bool:
        """A later attempt can succeed."""
        return self in {Outcome.UNAUTHORISED, Outcome.THROTTLED, Outcome.UNAVAILABLE, Outcome.NETWORK}

    @property
    def target_is_dead(self) -> bool:
        return self in {Outcome.UNREGISTERED, Outcome.SENDER_MISMATCH, Outcome.BAD_TARGET}


class PushRequest(NamedTuple):
    """`key` is the caller's, and comes back with the answer; `body` is the complete FCM v1 JSON."""

    key: str
    body: bytes


class PushAnswer(NamedTuple):
    """A domain.wave.Answer with an outcome of FCM's."""

    key: str
    outcome: Outcome
    retry_after: float | None = None  # seconds, as FCM asked
    detail: str = ""  # FCM's status and error code; never the target
    sent: bool = True  # False: not handed over before the deadline


class PushSender(Protocol):
    def send(self, requests: Iterable[PushRequest], deadline: float) -> Iterator[PushAnswer]:
        """Send all, answers as they come; `deadline` on the monotonic clock, then Outcome.NETWORK."""

    def room(self) -> int:
        """How many pushes could begin at once, without waiting for this process's share of the quota."""
