"""The plan, the progress and the figures of an alert's deliveries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.alert import Alert, HistoryEntry
from shared.domain.audit import Act
from shared.domain.delivery import Delivery, DeliveryRef, Slice
from shared.domain.statistics import Summary
from shared.ports.stored import Versioned


@dataclass(frozen=True)
class Wave:
    """The ledger of one wave: who was sent what, as of its commit."""

    slice: int
    at: datetime
    outcomes: Mapping[str, str]  # "uid.place/address" -> outcome, in the channel's words
    aside: Collection[str] = ()  # those of them who were told that it no longer concerns their place


@dataclass(frozen=True)
class Progress:
    """A slice, and when it was last claimed, recorded or handed over, or planned if nobody began it."""

    part: Versioned[Slice]
    moved: datetime


@dataclass(frozen=True)
class Replacement:
    """What becomes of the message in whose place an alert starts, in the same commit."""

    before: Versioned[Alert]
    after: Alert
    entry: HistoryEntry


class DeliveryStore(Protocol):
    """Deliveries, their slices and waves."""

    def start(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry,
        deliveries: Sequence[Delivery],
        proof_key: str,
        acts: Sequence[Act] = (),
        replaced: Replacement | None = None,
    ) -> Sequence[Versioned[Delivery]]:
        """All at once, with the key of the receipts' proofs. Raises Conflict, also if what is replaced was
        written meanwhile."""

    def get(self, ref: DeliveryRef) -> Versioned[Delivery] | None: ...

    def of(self, alert_id: str) -> Sequence[Versioned[Delivery]]:
        """All of an alert, by their ids."""

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Delivery]]:
        """Those of any alert whose `wake` is at `until` or before, the longest due first."""

    def plan(self, before: Versioned[Delivery], after: Delivery, slices: Sequence[Slice]) -> None:
        """Write the delivery and its slices in one commit; raises Conflict."""

    def replace(self, before: Versioned[Delivery], after: Delivery) -> Versioned[Delivery]:
        """Raises Conflict."""

    def proof_key(self, alert_id: str) -> str:
        """Raises NotFound before the alert was started."""

    def slice(self, ref: DeliveryRef, index: int) -> Versioned[Slice] | None: ...

    def slices(self, ref: DeliveryRef) -> Sequence[Slice]:
        """In order of their index."""

    def progress(self, ref: DeliveryRef) -> Sequence[Progress]:
        """All slices in order of their index, ready to be saved."""

    def done(self, ref: DeliveryRef) -> int:
        """Number of slices that are done."""

    def ledger(self, ref: DeliveryRef) -> Iterator[Wave]:
        """All waves that were recorded, in no particular order."""

    def save(
        self, ref: DeliveryRef, before: Versioned[Slice], after: Slice, wave: Wave | None
    ) -> Versioned[Slice]:
        """Write the slice's progress and its wave in one commit; raises Conflict if it was written since."""


class SummaryStore(Protocol):
    def get(self, alert_id: str) -> Versioned[Summary] | None: ...

    def put(self, alert_id: str, summary: Summary, expected: Versioned[Summary] | None) -> None:
        """Raises Conflict when someone else gathered meanwhile."""
