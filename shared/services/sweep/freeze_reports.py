"""Threads that are over for a day get the report that never changes again."""

from __future__ import annotations

from datetime import timedelta

from shared.domain.after_action import SETTLED
from shared.domain.alert import Alert
from shared.services.reports.freeze_report import freeze_report
from shared.services.sweep.run import Run, Tally, moment_at

CURSOR = "reports"
TRIED = timedelta(days=2)  # so long one that fails is tried again, with the others about it
SMALLEST = timedelta(microseconds=1)


def freeze_reports(run: Run, tally: Tally) -> None:
    """By the alerts' last change: whatever ends a thread or is confirmed after it changes one. Costs a read
    for each alert, once, and two queries for its thread."""
    ports = run.ports.reports
    if ports is None:
        return
    until = run.now - SETTLED
    since = max(moment_at(run.position(CURSOR)) or until - TRIED, until - TRIED)
    changed = run.ports.alerts.changed(since, until, run.ports.limits.reports)
    threads = {alert.thread_id: alert for alert in changed if alert.started is not None}

    def freeze(alert: Alert) -> int:
        found = freeze_report(ports, alert.terc, alert.thread_id)
        del threads[alert.thread_id]
        return int(found is not None)

    run.each(tally, list(threads.values()), freeze)
    beyond = [alert.updated for alert in changed if alert.thread_id in threads]
    beyond += [alert.updated + SMALLEST for alert in changed[-1:]]
    if beyond:
        run.move(CURSOR, beyond[0].isoformat())
