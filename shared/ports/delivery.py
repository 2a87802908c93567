"""The plan, the progress and the figures of an alert's delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.alert import Alert, HistoryEntry
from shared.domain.delivery import Slice
from shared.domain.statistics import Summary
from shared.ports.stored import Versioned


@dataclass(frozen=True)
class Wave:
    """The ledger of one wave: who was sent what, as of its commit."""

    slice: int
    at: datetime
    outcomes: Mapping[str, str]  # "uid.place/device" -> Outcome


@dataclass(frozen=True)
class Progress:
    """A slice, and when it was last claimed, recorded or handed over, or planned if nobody began it."""

    part: Versioned[Slice]
    moved: datetime


class DeliveryStore(Protocol):
    """Plan, slices and waves of an alert's delivery."""

    def plan(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry,
        slices: Sequence[Slice],
        proof_key: str | None,
    ) -> None:
        """Write alert, history, slices and the key of the receipts' proofs in one commit; raises Conflict.

        `proof_key` None: the second round keeps the key of the first.
        """

    def proof_key(self, alert_id: str) -> str: ...

    def slice(self, alert_id: str, index: int) -> Versioned[Slice] | None: ...

    def slices(self, alert_id: str) -> Sequence[Slice]:
        """In order of their index."""

    def progress(self, alert_id: str) -> Sequence[Progress]:
        """All slices in order of their index, ready to be saved."""

    def done(self, alert_id: str) -> int:
        """Number of slices that are done."""

    def save(
        self, alert_id: str, before: Versioned[Slice], after: Slice, wave: Wave | None
    ) -> Versioned[Slice]:
        """Write the slice's progress and its wave in one commit; raises Conflict if the lease moved on."""


class SummaryStore(Protocol):
    def get(self, alert_id: str) -> Versioned[Summary] | None: ...

    def put(self, alert_id: str, summary: Summary, expected: Versioned[Summary] | None) -> None:
        """Raises Conflict when someone else gathered meanwhile."""
