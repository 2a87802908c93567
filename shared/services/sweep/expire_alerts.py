"""Alerts whose time is over, and that nobody ended."""

from __future__ import annotations

from shared.domain.alert import Alert
from shared.services.expire_alert import LIVE, expire_alert
from shared.services.sweep.round import Round, Tally


def expire_alerts(round_: Round, tally: Tally) -> None:
    latest = round_.now - round_.ports.limits.grace
    over = [item.value for item in round_.woken if item.value.content.expires <= latest]

    def expire(alert: Alert) -> int:
        expire_alert(round_.ports, alert.id, alert.generation)
        return 1

    round_.each(tally, [alert for alert in over if alert.state in LIVE], expire)
