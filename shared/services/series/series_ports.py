"""What the use cases of series need from outside."""

from __future__ import annotations

from dataclasses import dataclass

from shared.ports import SeriesStore
from shared.services.alerts.alert_ports import AlertPorts


@dataclass(frozen=True)
class SeriesPorts:
    """`alerts`: as the use cases of an alert have them, for area, languages, scopes and the clock."""

    store: SeriesStore
    alerts: AlertPorts
