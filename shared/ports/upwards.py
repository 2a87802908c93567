"""What crisis centres were told, and where they are reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from shared.domain.audit import Act
from shared.domain.upwards import Centres, Upwards
from shared.ports.stored import Versioned


class UpwardsStore(Protocol):
    def get(self, alert_id: str) -> Versioned[Upwards] | None:
        """Raises Unreadable."""

    def put(
        self, before: Versioned[Upwards] | None, after: Upwards, acts: Sequence[Act] = ()
    ) -> Versioned[Upwards]:
        """Raises Conflict if `before` is stale."""


class CentreStore(Protocol):
    def get(self, terc: str) -> Versioned[Centres] | None: ...

    def put(self, before: Versioned[Centres] | None, after: Centres, acts: Sequence[Act] = ()) -> None:
        """Raises Conflict if `before` is stale."""
