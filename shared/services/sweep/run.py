"""One run of `sweep`: what it has read already, until when it goes on, what it counted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from shared.domain.alert import Alert
from shared.domain.delivery import Delivery
from shared.domain.preferences import is_urgent
from shared.errors import Conflict
from shared.ports import Versioned
from shared.services.sweep.sweep_ports import SweepPorts

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass
class Tally:
    """Of one step: things looked at, acted on, failed, and left to the next run for want of time."""

    looked: int = 0
    acted: int = 0
    failed: int = 0
    left: int = 0


def moment_at(position: str) -> datetime | None:
    """A walk's position that is a time. None before the first, and for another form: the walk begins anew."""
    try:
        moment = datetime.fromisoformat(position)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


class Run:
    def __init__(self, ports: SweepPorts) -> None:
        self.ports = ports
        self.now = ports.clock.now()
        self._ends = ports.clock.monotonic() + ports.limits.run.total_seconds()

    def position(self, name: str) -> str:
        """How far the walk had come when this run began; empty before its first step."""
        return self._positions.get(name, "")

    def move(self, name: str, position: str) -> None:
        if position != self.position(name):
            self.ports.cursors.put(name, position)

    @cached_property
    def _positions(self) -> Mapping[str, str]:
        return self.ports.cursors.all()

    @cached_property
    def woken(self) -> Sequence[Versioned[Alert]]:
        """The alerts that ask the system to act, urgent ones first, then the longest due."""
        found = self.ports.alerts.waking(self.now, self.ports.limits.alerts)
        return sorted(found, key=lambda item: not is_urgent(item.value.content))

    @cached_property
    def deliveries(self) -> Sequence[Versioned[Delivery]]:
        """Those that are due or under way, whatever became of their alerts; urgent ones first."""
        found = [item for item in self._waking if item.value.epoch >= self.ports.epoch]
        return sorted(found, key=lambda item: not item.value.urgent)

    @property
    def older(self) -> Sequence[Versioned[Delivery]]:
        """Likewise, of before a restore of the database."""
        return [item for item in self._waking if item.value.epoch < self.ports.epoch]

    @cached_property
    def _waking(self) -> Sequence[Versioned[Delivery]]:
        return self.ports.delivery.waking(self.now, self.ports.limits.alerts)

    def each(self, tally: Tally, items: Sequence[T], act: Callable[[T], int]) -> int:
        """How many were looked at before the time was over; `act` answers how much it repaired.

        One that fails does not keep the others. A Conflict is no failure: somebody else is at work on it.
        """
        for number, item in enumerate(items):
            if self.ports.clock.monotonic() >= self._ends:
                tally.left += len(items) - number
                return number
            tally.looked += 1
            try:
                tally.acted += act(item)
            except Conflict:
                continue
            except Exception:
                tally.failed += 1
                log.exception("one of many could not be looked after; the next run tries again")
        return len(items)
