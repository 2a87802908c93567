"""What could not wait for the audit's chain when it was done is sealed into it as soon as it can be."""

from __future__ import annotations

from shared.services.sweep.run import Run, Tally


def seal_acts(run: Run, tally: Tally) -> None:
    """One read in a run while none waits."""
    log = run.ports.audit
    if log is not None:
        tally.acted += log.seal_waiting(run.ports.limits.waiting)
