"""What happens to one push, and what is remembered of a delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Platform(StrEnum):
    ANDROID = "android"
    IOS = "ios"
    WEB = "web"


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
    def passing(self) -> bool:
        """A later attempt can succeed."""
        return self in {Outcome.UNAUTHORISED, Outcome.THROTTLED, Outcome.UNAVAILABLE, Outcome.NETWORK}

    @property
    def target_is_dead(self) -> bool:
        return self in {Outcome.UNREGISTERED, Outcome.SENDER_MISMATCH, Outcome.BAD_TARGET}


@dataclass(frozen=True)
class Target:
    """Where a push goes: a registration token or, its successor, an installation id."""

    kind: str  # "token" | "fid"
    value: str


class PushRequest(NamedTuple):
    """`key` is the caller's, and comes back with the answer; `body` is the complete FCM v1 JSON."""

    key: str
    body: bytes


class PushAnswer(NamedTuple):
    key: str
    outcome: Outcome
    retry_after: float | None = None  # seconds, as FCM asked
    detail: str = ""  # FCM's status and error code; never the target


@dataclass(frozen=True)
class Lease:
    """Who may work on a slice: a commit is refused once the generation has moved on."""

    generation: int = 0
    until: datetime | None = None


@dataclass(frozen=True)
class Handed:
    """Phones of one platform: in committed waves, taken by FCM, given up."""

    targeted: int = 0
    accepted: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Slice:
    """A part of one delivery: up to 5,000 places in some ranges of cells; `alerts/{id}/slices/{index}`."""

    index: int
    ranges: tuple[tuple[str, str], ...]  # inclusive (lo, hi), resolution 13, in string order
    count: int  # audience documents in the ranges at read_time
    round: int = 1  # 2: what was delivered silently is delivered once more, with sound
    cursor: tuple[str, str] | None = None  # (cell, document id) of the last place in a committed wave
    waves: int = 0
    exhausted: bool = False  # every place was read; only retries may remain
    done: bool = False
    stopped: bool = False  # done before its last place: the alert was cancelled or ran out
    attempt: int = 0  # of its task; a task of an older attempt does no work
    retries: int = 0  # rounds of retrying so far
    resume_at: datetime | None = None  # the next attempt does not begin earlier
    lease: Lease = Lease()
    devices: int = 0  # phones in committed waves
    accepted: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)  # given up, by Outcome or the alert's end
    platforms: Mapping[str, Handed] = field(default_factory=dict)  # by Platform; of the first round only
    places: Mapping[str, int] = field(default_factory=dict)  # accepted, by H3 cell (resolution 7); likewise
    retry: tuple[str, ...] = ()  # keys "uid.place/device" still to be tried again
