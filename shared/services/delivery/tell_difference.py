"""What endangers people never waits for a count: its approver is told afterwards that it reached others than
they were shown."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.alert import Alert, HistoryEntry
from shared.domain.delivery import Delivery
from shared.domain.interlock import Interlock, is_other_than_shown, of_generation
from shared.domain.lifecycle import LESSER, Action
from shared.services.alerts.change_state import act
from shared.services.delivery.delivery_ports import SchedulePorts


def tell_difference(ports: SchedulePorts, delivery: Delivery, sent_to: int) -> None:
    """Called before the delivery is ended, so that a death in between forgets nothing; told once.

    `sent_to`: the phones that it was sent to. Costs a read. Raises Conflict when the alert changed meanwhile.
    """
    if not delivery.direct:
        return  # the others tell the same people
    before = ports.alerts.get(delivery.alert)
    if before is None or (approved := _to_compare(before.value)) is None:
        return
    shown = approved.shown
    if shown is None or not is_other_than_shown(shown, sent_to):
        return
    alert, now = before.value, ports.clock.now()
    entry = HistoryEntry(Action.DIFFER, now, None, alert.state, alert.revision, alert.version)
    after = replace(alert, interlock=replace(approved, told=now))
    ports.alerts.replace(before, after, entry, [act(alert, entry)])


def _to_compare(alert: Alert) -> Interlock | None:
    approved = of_generation(alert.interlock, alert.generation)
    if approved is None or approved.told is not None or alert.content.severity in LESSER:
        return None
    return approved
