"""Alerts whose time is over, and that nobody ended."""

from __future__ import annotations

from shared.domain.alert import Alert
from shared.services.delivery.expire_alert import LIVE, expire_alert
from shared.services.sweep.run import Run, Tally


def expire_alerts(run: Run, tally: Tally) -> None:
    latest = run.now - run.ports.limits.grace
    over = [item.value for item in run.woken if item.value.content.expires <= latest]

    def expire(alert: Alert) -> int:
        expire_alert(run.ports, alert.id, alert.generation)
        return 1

    run.each(tally, [alert for alert in over if alert.state in LIVE], expire)
