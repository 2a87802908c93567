"""A report as values. Seconds are whole; None: not known, or not told of so few people (domain.figures)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shared.domain.content import Text
from shared.domain.figures import Figure
from shared.domain.statistics import Point, Summary
from shared.domain.upwards import Telling

FORMAT = 1  # of the JSON; another one where a reader of this could misread it


@dataclass(frozen=True)
class Line:
    """One thing that happened. `what`: "noun.verb" as in the audit, or a moment of the system's own.

    `count` of the same by the same person in a row, the last at `until`; `proved`: by an entry of the audit.
    """

    at: datetime
    what: str
    message: str
    who: str = ""  # "": the system
    why: str = ""
    outcome: str = "done"
    details: Mapping[str, str] = field(default_factory=dict)
    count: int = 1
    until: datetime | None = None
    proved: bool = False


@dataclass(frozen=True)
class Steps:
    """Seconds from one step of a message to the next."""

    noticed_to_draft: int | None = None
    draft_to_submitted: int | None = None
    submitted_to_approved: int | None = None
    approved_to_started: int | None = None
    due_to_started: int | None = None
    started_to_first: int | None = None
    first_to_last: int | None = None
    started_to_half: int | None = None
    noticed_to_started: int | None = None


@dataclass(frozen=True)
class ChannelCurve:
    """How many addresses a channel's provider had taken how many seconds after the start."""

    channel: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Reach:
    """Of the figures staff see; `unreached` and `unconfirmed` follow from them, and say of nobody who."""

    summary: Summary
    curves: tuple[ChannelCurve, ...] = ()

    @property
    def unreached(self) -> Figure:
        return _less(self.summary.targeted, self.summary.accepted)

    @property
    def unconfirmed(self) -> Figure:
        return _less(self.summary.accepted, self.summary.received)


@dataclass(frozen=True)
class Message:
    """One message of the thread that was sent."""

    id: str
    number: str
    version: int
    kind: str
    ends_what: str | None
    state: str
    category: str
    severity: str
    event: str | None
    exercise: bool
    area_name: str
    addresses: int | None
    author: str
    approver: str | None
    confirmer: str | None
    sent_alone: bool
    noticed: datetime | None
    created: datetime
    submitted: datetime | None
    approved: datetime | None
    due: datetime | None
    started: datetime | None
    finished: datetime | None
    stopped: datetime | None
    confirmed: datetime | None
    expires: datetime
    next_info: datetime | None
    reason: str
    texts: Mapping[str, Text]
    steps: Steps
    reach: Reach | None


@dataclass(frozen=True)
class Unsent:
    """One that nobody was sent."""

    id: str
    number: str
    kind: str
    state: str
    author: str
    created: datetime
    reason: str


@dataclass(frozen=True)
class Promise:
    """That residents hear more by `promised`; `kept` None: they did not, so far."""

    message: str
    promised: datetime
    kept: datetime | None
    late_s: int


@dataclass(frozen=True)
class CalledStaff:
    """A call about the thread. Seconds from the first attempt until somebody said that they see to it, and
    until it was over."""

    message: str
    kind: str
    at: datetime
    rounds: int
    told: int  # attempts that a provider took
    acknowledged_s: int | None
    by: str
    ended_s: int | None
    end: str
    deaf: bool


@dataclass(frozen=True)
class Gap:
    """What the report could not say: "audit-unreadable", "no-figures" ...; `count` of such."""

    what: str
    message: str = ""
    count: int = 1


@dataclass(frozen=True)
class Report:
    terc: str
    office: str
    thread: str
    number: str
    made: datetime
    messages: tuple[Message, ...]
    unsent: tuple[Unsent, ...]
    lines: tuple[Line, ...]
    calls: tuple[CalledStaff, ...]
    upwards: Mapping[str, tuple[Telling, ...]]  # by message
    promises: tuple[Promise, ...]
    gaps: tuple[Gap, ...]


def _less(of: Figure, those: Figure) -> Figure:
    """Both are rounded already, so what is left tells nothing that they do not."""
    from shared.domain.figures import shown

    return None if of is None or those is None else shown(max(0, of - those))
