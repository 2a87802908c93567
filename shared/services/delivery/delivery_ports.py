"""What the steps of a delivery need from outside, handed from one to the next as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.domain.delivery import Delivery
from shared.errors import Unserved

if TYPE_CHECKING:
    from shared.ports import (
        AlertStore,
        AreaLibrary,
        AudienceStore,
        Channel,
        Clock,
        DeliveryStore,
        PublishedStore,
        SummaryStore,
        TaskQueue,
    )


@dataclass(frozen=True, kw_only=True)
class SchedulePorts:
    """Enough to see what an alert's state calls for, and to enqueue it."""

    alerts: AlertStore
    delivery: DeliveryStore
    tasks: TaskQueue
    clock: Clock
    channels: Mapping[str, Channel]  # by name, in the order in which they begin
    epoch: int = 0  # of the deployment; kept outside the database, and raised when that is restored

    def channel(self, delivery: Delivery) -> Channel:
        """Raises Unserved for one that this instance does not have: another one does, or will."""
        try:
            return self.channels[delivery.channel]
        except KeyError:
            raise Unserved from None


@dataclass(frozen=True, kw_only=True)
class FinishPorts(SchedulePorts):
    """Enough to end a delivery, and to say how it went."""

    published: PublishedStore
    summaries: SummaryStore


@dataclass(frozen=True, kw_only=True)
class DeliveryPorts(FinishPorts):
    """Enough to deliver as well."""

    audience: AudienceStore
    areas: AreaLibrary | None = None  # None: no registers, and nobody who chose a whole village
