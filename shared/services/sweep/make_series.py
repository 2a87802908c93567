"""Occurrences of approved series whose moment has come near become alerts."""

from __future__ import annotations

from shared.services.series.make_occurrences import make_occurrences
from shared.services.sweep.run import Run, Tally


def make_series(run: Run, tally: Tally) -> None:
    ports = run.ports
    store = ports.series
    if store is None:
        return
    due = store.waking(run.now, ports.limits.series)
    run.each(tally, due, lambda item: make_occurrences(store, ports.alerts, item, run.now))
