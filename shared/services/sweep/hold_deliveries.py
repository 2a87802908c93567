"""Deliveries that a restored database says are under way: nobody knows what was sent after its moment."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.delivery import Delivery, DeliveryState
from shared.ports import Versioned
from shared.services.delivery.finish_delivery import gather
from shared.services.delivery.sum_slices import sum_slices
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep_ports import SweepPorts

RESTORED = "restored"  # in the figures, why it was stopped


def hold_deliveries(run: Run, tally: Tally) -> None:
    """Ended as they are, whatever their severity: whoever wants people told again sends another alert."""
    run.each(tally, run.older, lambda item: _end(run.ports, run, item))


def _end(ports: SweepPorts, run: Run, before: Versioned[Delivery]) -> int:
    figures = sum_slices(ports.delivery.slices(before.value.ref))
    ended = replace(
        before.value, state=DeliveryState.STOPPED, finished=run.now, refusal=RESTORED, figures=figures
    )
    ports.delivery.replace(before, ended)
    gather(ports, before.value.alert, finished=True)
    return 1
