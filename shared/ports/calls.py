"""Calls of staff, and the roster of who is on duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from shared.domain.audit import Act
from shared.domain.call import Call
from shared.domain.duty import Roster
from shared.ports.stored import Versioned


class CallStore(Protocol):
    def get(self, call_id: str) -> Versioned[Call] | None: ...

    def create(self, call: Call, acts: Sequence[Act] = ()) -> None:
        """Raises Conflict when the matter has its call."""

    def replace(self, before: Versioned[Call], after: Call, acts: Sequence[Act] = ()) -> Versioned[Call]:
        """Raises Conflict if `before` is stale."""

    def of(self, alert_id: str) -> Sequence[Versioned[Call]]:
        """All about one alert."""

    def open(self, terc: str, limit: int) -> Sequence[Versioned[Call]]:
        """Those of a municipality that are not over."""

    def drills(self, terc: str) -> Sequence[Call]:
        """As far as they are kept."""

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Call]]:
        """Those of any municipality whose `wake` is at `until` or before, the longest due first."""


class DutyStore(Protocol):
    def get(self, terc: str) -> Versioned[Roster] | None: ...

    def put(self, before: Versioned[Roster] | None, after: Roster, acts: Sequence[Act] = ()) -> None:
        """Raises Conflict if `before` is stale."""
