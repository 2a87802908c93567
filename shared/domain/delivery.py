"""What the system does about an alert over one channel, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from shared.domain.alert import Alert, State
from shared.domain.content_digest import differs
from shared.domain.statistics import SentFigures
from shared.domain.words import Word


class DeliveryState(Word):
    PLANNED = "planned"  # waits for its moment, which may be now
    SENDING = "sending"
    DONE = "done"  # everybody was tried
    STOPPED = "stopped"  # the alert was cancelled or ran out before that
    FAILED = "failed"  # the channel refuses the message itself: nobody was sent anything


BY_STAFF = "stopped"  # in the figures, why it ended before its last place
ALTERED = "altered"  # likewise: the alert says something that nobody approved
OVER = frozenset({DeliveryState.DONE, DeliveryState.STOPPED, DeliveryState.FAILED})


class DeliveryRef(NamedTuple):
    """Names a delivery; `alerts/{alert}/deliveries/{id}`."""

    alert: str
    id: str  # "{channel}.{number}"


@dataclass(frozen=True)
class Delivery:
    """One way of telling one alert; `alerts/{id}/deliveries/{channel}.{number}`.

    Number 2 of a channel tells the same people once more: with sound, what number 1 told silently. It belongs
    to one approval (`generation`) of one content (`version`).
    """

    alert: str
    channel: str
    number: int
    generation: int
    version: int
    urgent: bool
    due: datetime
    expires: datetime  # as the alert's
    quiet: bool = False  # nobody said that it still holds: without a sound
    epoch: int = 0  # of the deployment that made it; nothing is sent of an older one
    direct: bool = False  # begun by whoever starts the alert; its task is for when that one died
    state: DeliveryState = DeliveryState.PLANNED
    attempt: int = 0  # of the task that begins it; raised by `sweep` when that was lost
    read_time: datetime | None = None  # the audience is read as of this moment; None until it is planned
    started: datetime | None = None
    finished: datetime | None = None
    slices: int = 0  # of the plan
    refusal: str = ""  # why it failed, in the channel's words
    figures: SentFigures | None = None  # final, of one that is over; its slices need not be there any more
    by_parts: bool = False  # planned by the parts of the area; else by its outline, as releases before do
    units: tuple[str, ...] = ()  # cells of the whole units that are meant, as decided by the plan
    codes: tuple[str, ...] = ()  # of its queries, in order, where it asks others than those of the parts
    digest: str = ""  # of the area and text that were approved; empty: of a release before
    # Of the thread, the newest first: whoever their ledgers name is told, beside the area or instead of it.
    recipients_of: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.channel}.{self.number}"

    @property
    def ref(self) -> DeliveryRef:
        return DeliveryRef(self.alert, self.id)

    @property
    def over(self) -> bool:
        return self.state in OVER

    @property
    def to_nobody(self) -> bool:
        """It was planned, and there was nobody in the ranges of its area."""
        return self.read_time is not None and not self.slices

    def wake(self) -> datetime | None:
        """From when on something has to happen by itself; None when it is over. Stored, for one query."""
        if self.state is DeliveryState.PLANNED:
            return self.due
        return self.started if self.state is DeliveryState.SENDING else None


def why_over(alert: Alert | None, delivery: Delivery, now: datetime) -> str | None:
    """Why nothing more may be sent; None while the alert says what it said when the delivery was made.

    What is active changes only by being valid for longer, which makes another version of the same approval.
    """
    if alert is None:
        return State.CANCELLED
    if alert.state is not State.ACTIVE:
        return alert.state
    if alert.stopped is not None:
        return BY_STAFF
    if alert.generation != delivery.generation or alert.version < delivery.version:
        return State.CANCELLED
    if differs(delivery.digest, alert.terc, alert.content):
        return ALTERED
    return State.EXPIRED if now >= alert.content.expires else None


@dataclass(frozen=True)
class Handed:
    """Messages of one kind of address: in committed waves, taken by the channel, given up."""

    targeted: int = 0
    accepted: int = 0
    failed: int = 0
    residents: int = 0  # whose addresses they are


@dataclass(frozen=True)
class Slice:
    """A part of one delivery: up to 5,000 places in some ranges of cells; `.../slices/{index}`.

    `code`: those only that have any of its codes (domain/found_by.py), "" for all; None: all, of a plan by
    cells alone. `told`: whoever was sent a message of the thread before; the ranges are of tokens
    (domain/ledger.py), and so is the cursor.
    """

    index: int
    ranges: tuple[tuple[str, str], ...]  # inclusive (lo, hi), resolution 13 or whole units, in string order
    count: int  # audience documents in the ranges at read_time
    cursor: tuple[str, str] | None = None  # (cell, document id) of the last place in a committed wave
    waves: int = 0
    exhausted: bool = False  # every place was read; only retries may remain
    done: bool = False
    stopped: bool = False  # done before its last place: the alert was cancelled or ran out
    attempt: int = 0  # of its task; a task of an older attempt does no work
    retries: int = 0  # rounds of retrying so far
    resume_at: datetime | None = None  # the next attempt does not begin earlier
    held_until: datetime | None = None  # the lease of whoever works on it
    devices: int = 0  # addresses in committed waves
    residents: int = 0  # whose addresses they are
    accepted: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)  # given up, by outcome or the alert's end
    kinds: Mapping[str, Handed] = field(default_factory=dict)  # by kind of address: a push's platform
    places: Mapping[str, int] = field(default_factory=dict)  # accepted, by H3 cell (resolution 7)
    homes: Mapping[str, int] = field(default_factory=dict)  # residents, by the same cells
    retry: tuple[str, ...] = ()  # keys "uid.place/address" still to be tried again
    code: str | None = None
    told: bool = False
    in_doubt: bool = False  # whoever worked on it may have sent a wave that is not recorded


def left_in_doubt(part: Slice) -> bool:
    """Whether the slice is taken from a worker that did not let go of it."""
    return part.in_doubt or part.held_until is not None
