"""Staff look at one alert of their municipality, and at what was done to it."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.alert import Alert, HistoryEntry
from shared.ports import AlertStore, Staff
from shared.services.alerts.alert_guards import visible


def get_alert(alerts: AlertStore, alert_id: str, staff: Staff) -> Alert:
    """Raises NotFound."""
    return visible(alerts, alert_id, staff).value


def get_history(alerts: AlertStore, alert_id: str, staff: Staff) -> Sequence[HistoryEntry]:
    """Oldest first. Raises NotFound."""
    return alerts.history(visible(alerts, alert_id, staff).value.id)
