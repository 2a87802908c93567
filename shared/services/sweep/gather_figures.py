"""Figures of alerts that nobody watches: what phones confirm late belongs to them, too."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.domain.alert import Alert
from shared.domain.statistics import POINTS_PER_E_FOLD
from shared.services.delivery.gather_summary import gather_summary
from shared.services.sweep.run import Run, Tally, moment_at
from shared.services.sweep.sweep_ports import SweepPorts

CURSOR = "figures"
DAY = timedelta(days=1)
SHORTEST = timedelta(minutes=1)
SMALLEST = timedelta(microseconds=1)


def gather_figures(run: Run, tally: Tally) -> None:
    """Of alerts that changed in the past day, as often as their series has room for another point: every
    minute at first, every three hours at the end.

    A run reads as many alerts as one query gives and the next one goes on from there; then it begins anew.
    Costs a read for each alert and one for its summary, and a gathering (about 10 reads) some 50 times a day.
    """
    ports, day_ago = run.ports, run.now - DAY
    known = run.position(CURSOR)
    since = max(day_ago, moment_at(known) or day_ago)
    changed = ports.alerts.changed(since, run.now, ports.limits.alerts)
    begun = [alert for alert in changed if alert.started is not None]
    looked = run.each(tally, begun, lambda alert: _gather(ports, run.now, alert))
    if looked < len(begun):
        position = begun[looked].updated.isoformat()
    elif len(changed) == ports.limits.alerts:
        position = (changed[-1].updated + SMALLEST).isoformat()
    else:
        position = ""
    run.move(CURSOR, position)


def _gather(ports: SweepPorts, now: datetime, alert: Alert) -> int:
    figures = gather_summary(
        alert.id,
        alerts=ports.alerts,
        delivery=ports.delivery,
        published=ports.published,
        summaries=ports.summaries,
        clock=ports.clock,
        at_most_every=spacing(alert, now),
    )
    return int(figures.updated >= now)


def spacing(alert: Alert, now: datetime) -> timedelta:
    """Between two points of the series at the alert's age."""
    age = now - (alert.started or now)
    return max(SHORTEST, age / POINTS_PER_E_FOLD)
