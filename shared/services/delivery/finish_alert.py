"""The last slice is done: the alert is no longer being sent."""

from __future__ import annotations

from datetime import timedelta

from shared.domain.alert import State
from shared.domain.lifecycle import Action
from shared.errors import Conflict
from shared.services.alerts.change_state import changed
from shared.services.delivery.delivery_ports import FinishPorts
from shared.services.delivery.gather_summary import gather_summary

TRIES = 5


def finish_alert(ports: FinishPorts, alert_id: str, generation: int) -> None:
    """Called by whoever ends a slice, and again for every repetition: only the last slice changes the alert.

    Slices are counted, not subtracted from a number, so nobody's crash can make the count wrong.
    """
    finished = _finish(ports, alert_id, generation)
    gather_summary(
        alert_id,
        alerts=ports.alerts,
        delivery=ports.delivery,
        published=ports.published,
        summaries=ports.summaries,
        clock=ports.clock,
        at_most_every=timedelta() if finished else None,
    )


def _finish(ports: FinishPorts, alert_id: str, generation: int) -> bool:
    """Whether all slices are done. Raises Conflict when others keep changing the alert."""
    for _ in range(TRIES):
        before = ports.alerts.get(alert_id)
        if before is None or before.value.generation != generation or before.value.slices_total is None:
            return False
        done = ports.delivery.done(alert_id)
        if done < before.value.slices_total:
            return False
        if before.value.state is not State.SENDING:
            return True
        details = {"round": "2"} if before.value.rung else {}
        after, entry = changed(before.value, Action.FINISH, ports.clock.now(), details, slices_done=done)
        try:
            ports.alerts.replace(before, after, entry)
        except Conflict:
            continue
        return True
    raise Conflict
