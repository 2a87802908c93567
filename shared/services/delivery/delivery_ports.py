"""What the steps of a delivery need from outside, handed from one to the next as one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from shared.ports import (
    AlertStore,
    AudienceStore,
    Clock,
    DeliveryStore,
    PublishedStore,
    PushSender,
    ResidentStore,
    SummaryStore,
    TaskQueue,
)


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
    wave: int = 1000  # pushes
    reads_ahead: bool = True  # a wave is read while the one before is sent
    retry: timedelta = timedelta(seconds=10)
    retry_limit: int = 20  # rounds
    workers: int = 8  # of each kind at once; infra/functions.yaml, `instances`
    rate: int = 2400  # pushes a second of all workers together, once each has sent its burst
    rate_urgent: int = 4400
    pause_above: int = 500  # pushes waiting for a retry: FCM is in trouble, so nothing new is begun


@dataclass(frozen=True, kw_only=True)
class SchedulePorts:
    """Enough to see what an alert's state calls for, and to enqueue it."""

    alerts: AlertStore
    delivery: DeliveryStore
    tasks: TaskQueue
    clock: Clock
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, kw_only=True)
class FinishPorts(SchedulePorts):
    """Enough to end a delivery, and to say how it went."""

    published: PublishedStore
    summaries: SummaryStore


@dataclass(frozen=True, kw_only=True)
class DeliveryPorts(FinishPorts):
    """Enough to deliver as well. `public_url` is where residents read the whole alert."""

    audience: AudienceStore
    residents: ResidentStore
    push: PushSender
    public_url: str
