"""Public copies that do not say what their alert says, the event of its change was lost; or that could not be
signed for a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from shared.domain.alert import Alert
from shared.services.publishing.publish_alert import is_public, is_shown, publish_alert
from shared.services.sweep.run import Run, Tally, moment_at

CURSOR = "published"
WINDOW = timedelta(minutes=10)  # looked at in every run: clocks differ, and a copy may fail once
SMALLEST = timedelta(microseconds=1)


def publish_copies(run: Run, tally: Tally) -> None:
    """Those that ask to be looked at, and all that changed since the last run, however long ago it was."""
    ports, until = run.ports, run.now - run.ports.limits.grace
    began = look_from(run.position(CURSOR), until)
    changed = ports.alerts.changed(began, until, ports.limits.alerts)
    alerts = {alert.id: alert for alert in [*(item.value for item in run.woken), *changed]}
    public = [alert for alert in alerts.values() if is_public(alert) and alert.updated <= until]
    if run.each(tally, public, lambda alert: _publish(run, alert)) == len(public):
        run.move(CURSOR, next_position(began, until, changed, ports.limits.alerts).isoformat())


def _publish(run: Run, alert: Alert) -> int:
    """Read again before it is repaired: it may have changed since, and then its event is on the way."""
    ports = run.ports
    if is_shown(alert, ports.published, ports.signer):
        return 0
    current = ports.alerts.get(alert.id)
    if current is None or current.value.updated != alert.updated:
        return 0
    publish_alert(
        alert.id, alerts=ports.alerts, published=ports.published, signer=ports.signer, clock=ports.clock
    )
    return 1


def look_from(position: str, until: datetime) -> datetime:
    return moment_at(position) or until - WINDOW


def next_position(since: datetime, until: datetime, changed: Sequence[Alert], limit: int) -> datetime:
    if len(changed) < limit:
        return max(since, until - WINDOW)
    return max(changed[-1].updated, since + SMALLEST)
