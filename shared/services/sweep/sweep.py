"""Whatever was lost, found and repaired: the last resort behind every event and every task."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from shared.services.sweep.anchor_audit import anchor_audit
from shared.services.sweep.begin_drills import begin_drills
from shared.services.sweep.call_again import call_again, tell_changes
from shared.services.sweep.clear_leftovers import end_places, prune_devices
from shared.services.sweep.erase_traces import erase_traces
from shared.services.sweep.expire_alerts import expire_alerts
from shared.services.sweep.follow_registers import follow_registers
from shared.services.sweep.freeze_reports import freeze_reports
from shared.services.sweep.gather_figures import gather_figures
from shared.services.sweep.hold_deliveries import hold_deliveries
from shared.services.sweep.index_residents import index_residents
from shared.services.sweep.make_series import make_series
from shared.services.sweep.measure_coverage import measure_coverage
from shared.services.sweep.publish_copies import publish_copies
from shared.services.sweep.remind_trials import remind_trials
from shared.services.sweep.remove_residents import remove_residents
from shared.services.sweep.restart_alerts import restart_alerts
from shared.services.sweep.resume_slices import resume_slices
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.seal_acts import seal_acts
from shared.services.sweep.send_heartbeats import send_heartbeats
from shared.services.sweep.sweep_ports import SweepPorts
from shared.services.sweep.warn_devices import warn_devices

log = logging.getLogger(__name__)

Step = Callable[[Run, Tally], None]
REPAIRS: Mapping[str, Step] = {  # most urgent first
    "held": hold_deliveries,
    "restarted": restart_alerts,
    "resumed": resume_slices,
    "expired": expire_alerts,
    "called": call_again,
    "sealed": seal_acts,
    "published": publish_copies,
    "indexed": index_residents,
}
ROUTINE: Mapping[str, Step] = {
    "told": tell_changes,
    "series": make_series,
    "coded": follow_registers,
    "heartbeats": send_heartbeats,
    "ended": end_places,
    "warned": warn_devices,
    "pruned": prune_devices,
    "removed": remove_residents,
    "erased": erase_traces,
    "gathered": gather_figures,
    "covered": measure_coverage,
    "anchored": anchor_audit,
    "reminded": remind_trials,
    "frozen": freeze_reports,
    "drilled": begin_drills,
}


@dataclass(frozen=True)
class Report:
    steps: Mapping[str, Tally]

    @property
    def repaired(self) -> int:
        """What should not have needed it; what is done regularly does not count."""
        return sum(self.steps[name].acted for name in REPAIRS)

    @property
    def failed(self) -> int:
        return sum(tally.failed for tally in self.steps.values())

    def counts(self) -> dict[str, object]:
        steps = {name: asdict(tally) for name, tally in self.steps.items()}
        return {"repaired": self.repaired, "failed": self.failed, "steps": steps}


def sweep(ports: SweepPorts) -> Report:
    """One run. Safe to repeat and to run beside another one: every step asks the documents first.

    Raises nothing: a step that fails is counted, and the others follow.
    """
    run = Run(ports)
    return Report({name: _tally(step, run) for name, step in {**REPAIRS, **ROUTINE}.items()})


def _tally(step: Step, run: Run) -> Tally:
    tally = Tally()
    try:
        step(run, tally)
    except Exception:
        tally.failed += 1
        log.exception("a step of the sweep failed; the next run tries again")
    return tally
