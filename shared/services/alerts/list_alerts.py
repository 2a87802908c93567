"""Staff look at their municipality's alerts, newest change first."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.alert import Alert, State
from shared.ports import AlertStore, Page, Staff


def list_alerts(
    alerts: AlertStore, staff: Staff, states: Sequence[State], limit: int, after: str | None
) -> Page[Alert]:
    """`states` empty: all. Raises InvalidInput for an unknown `after`."""
    return alerts.list(staff.terc, states, limit, after)
