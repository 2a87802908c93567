"""An alert as staff compose it and as it moves through its life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from shared.domain.content import Category, Content, Severity, Text
from shared.domain.words import Word


class State(Word):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SCHEDULED = "scheduled"  # approved; waits for its moment, which may be now
    ACTIVE = "active"  # from its moment on, whatever becomes of its deliveries
    CANCELLED = "cancelled"
    EXPIRED = "expired"


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
    finished: datetime | None = None  # cancelled or expired
    attempt: int = 0  # of the task that starts it; raised by `sweep` when that was lost
    held: datetime | None = None  # too late: since then it waits for somebody to say that it still holds
    epoch: int = 0  # of the deployment when it was approved; a restore raises the deployment's
    worded: Worded | None = None  # None, or of an older version: somebody's own words
    sent_alone: bool = False  # of words that two approved as a template
    confirmed: datetime | None = None  # afterwards, of what was sent alone
    confirmer: Person | None = None
    series: str | None = None  # that made it

    @property
    def template(self) -> str | None:
        """What its words are still those of."""
        return self.worded.template if self.worded and self.worded.version == self.version else None

    def due(self) -> datetime | None:
        """The moment to send: as scheduled, else when it was approved."""
        return self.content.send_at or self.approved


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


__all__ = ["Alert", "Category", "Content", "HistoryEntry", "Person", "Severity", "State", "Text", "replace"]
