"""Series of alerts that come again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shared.domain.alert import Alert, HistoryEntry
    from shared.domain.audit import Act
    from shared.domain.series import Series
    from shared.ports.stored import Versioned

Step = tuple["Versioned[Alert]", "Alert", "HistoryEntry"]  # before, after, what the history says


class SeriesStore(Protocol):
    def new_id(self) -> str: ...

    def get(self, series_id: str) -> Versioned[Series] | None:
        """Raises Unreadable; the queries below leave such a series out."""

    def list(self, terc: str) -> Sequence[Series]:
        """Newest change first, at most 200."""

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Series]]:
        """Those with `wake` at `until` or before, the longest due first."""

    def waiting(self, series: Series) -> Sequence[Versioned[Alert]]:
        """Its occurrences that were made and have not started, at most 200."""

    def create(self, series: Series, acts: Sequence[Act] = ()) -> None:
        """Raises Conflict where there is one of that id."""

    def replace(
        self,
        before: Versioned[Series],
        after: Series,
        acts: Sequence[Act] = (),
        occurrences: Sequence[Step] = (),
    ) -> None:
        """The series and steps of its occurrences in one commit; raises Conflict if any of them is stale."""

    def make(
        self,
        before: Versioned[Series],
        after: Series,
        occurrence: Alert,
        entry: HistoryEntry,
        acts: Sequence[Act] = (),
    ) -> None:
        """The series with the alert that it makes; raises Conflict if stale, or the alert is there."""
