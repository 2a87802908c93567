"""An alert as staff compose it and as it moves through its life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from shared.domain.content import Category, Content, Severity, Text
from shared.domain.interlock import Interlock
from shared.domain.words import Word


class State(Word):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"  # to its author, with a reason
    REJECTED = "rejected"  # for good, with a reason
    SCHEDULED = "scheduled"  # approved; waits for its moment, which may be now
    HELD = "held"  # neither published nor sent before a person says that it still is to be
    ACTIVE = "active"  # from its moment on, whatever becomes of its deliveries
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"  # a newer message of its thread stands in its place
    ENDED = "ended"  # by an all-clear
    EXPIRED = "expired"


class Kind(Word):
    """What a message is in its thread; its followers have the same `thread` and a higher `version`."""

    ALERT = "alert"
    UPDATE = "update"
    CORRECTION = "correction"
    ALL_CLEAR = "all_clear"


PUBLIC_STATES = frozenset({State.ACTIVE, State.CANCELLED, State.SUPERSEDED, State.ENDED, State.EXPIRED})
# What a newer message of the thread can take the place of: also what ran out, which is no all-clear.
AREA_CHANGES = ("eased", "wrong")  # Alert.area_change
FOLLOWED = frozenset({State.ACTIVE, State.EXPIRED})


@dataclass(frozen=True)
class Person:
    uid: str
    name: str


@dataclass(frozen=True)
class Worded:
    """The template that the server made a content of, its words by their digest, and the version."""

    template: str
    words: str
    version: int


@dataclass(frozen=True)
class Alert:
    """One alert; `alerts/{id}`.

    `revision` counts staff's changes (the ETag), `version` the content's, `generation` the approvals:
    a task made for an older generation does nothing.
    """

    id: str
    terc: str
    content: Content
    author: Person
    created: datetime
    updated: datetime
    state: State = State.DRAFT
    revision: int = 1
    version: int = 1
    generation: int = 0
    writers: tuple[str, ...] = ()  # uids of all who wrote, edited or submitted it: none of them may approve
    approver: Person | None = None
    submitted: datetime | None = None
    approved: datetime | None = None
    started: datetime | None = None  # it became active
    finished: datetime | None = None  # cancelled, superseded, ended or expired
    attempt: int = 0  # of the task that starts it; raised by `sweep` when that was lost
    held: datetime | None = None  # since then it waits for somebody to say that it still is to be sent
    epoch: int = 0  # of the deployment when it was approved; a restore raises the deployment's
    worded: Worded | None = None  # None, or of an older version: somebody's own words
    sent_alone: bool = False  # of words that two approved as a template
    confirmed: datetime | None = None  # afterwards, of what was sent alone
    confirmer: Person | None = None
    kind: Kind = Kind.ALERT
    thread: str = ""  # id of the first message; empty: itself
    replaces: str | None = None  # id of the message in whose place it comes
    ends_what: State | None = None  # what that one becomes when this one starts
    prepared: int | None = None  # the version whose words are the system's own
    reason: str = ""  # why it was returned, rejected, or sent by one person
    stopped: datetime | None = None  # nobody more is sent it; those who have it still do
    settled: bool = False  # handed on once: whether it is an exercise stays as it is
    all_the_same: datetime | None = None  # somebody handed it on though they were told what it leaves unsaid
    series: str | None = None  # that made it
    interlock: Interlock | None = None  # what was approved; None: by nobody, or by a release before
    area_change: str = ""  # why an update's area is smaller: "eased", danger elsewhere; "wrong", it never was
    noticed: datetime | None = None  # what it is about; asked once, for staff alone

    @property
    def thread_id(self) -> str:
        return self.thread or self.id

    @property
    def is_prepared(self) -> bool:
        """Nobody changed the words that the system put there."""
        return self.prepared is not None and self.prepared == self.version

    @property
    def template(self) -> str | None:
        """What its words are still those of."""
        return self.worded.template if self.worded and self.worded.version == self.version else None

    def due(self) -> datetime | None:
        """The moment to send: as scheduled, else when it was approved."""
        return self.content.send_at or self.approved


def renumbered(alert: Alert, version: int) -> Alert:
    """Another version with the same words: still those of whatever they were of."""
    worded = alert.worded
    if worded is not None and worded.version == alert.version:
        worded = replace(worded, version=version)
    prepared = version if alert.is_prepared else alert.prepared
    return replace(alert, version=version, worded=worded, prepared=prepared)


@dataclass(frozen=True)
class HistoryEntry:
    """Who did what when; `alerts/{id}/history/{revision}-{action}`, written with the change itself."""

    action: str
    at: datetime
    by: Person | None  # None: the system
    state: State  # after the action
    revision: int
    version: int
    details: Mapping[str, str] = field(default_factory=dict)


__all__ = [
    "FOLLOWED",
    "PUBLIC_STATES",
    "Alert",
    "Category",
    "Content",
    "HistoryEntry",
    "Kind",
    "Person",
    "Severity",
    "State",
    "Text",
    "renumbered",
    "replace",
]
