"""Reports of threads that are over, and what of a delivery tells how fast it went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from shared.domain.after_action import Frozen, WaveCount
from shared.domain.audit import Act
from shared.domain.delivery import DeliveryRef


class WaveStore(Protocol):
    def counts(self, ref: DeliveryRef) -> Sequence[WaveCount]:
        """In the order of their moments; whom a wave went to is not read. Empty for what was deleted."""


class ReportStore(Protocol):
    """Frozen reports; none is ever written over."""

    def of(self, terc: str, thread: str) -> Sequence[Frozen]:
        """All editions, the oldest first; what cannot be read is left out."""

    def create(self, frozen: Frozen, acts: Sequence[Act]) -> None:
        """Raises Conflict where the edition is there."""
