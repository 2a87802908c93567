"""What an alert's change has to be told, found by comparing the alert with the calls that there are."""

from __future__ import annotations

import logging

from shared.domain.alert import Alert
from shared.domain.call import End
from shared.domain.delivery import DeliveryState
from shared.domain.matters import call_of, is_past, matters
from shared.errors import Conflict
from shared.services.calls.call_ports import CallPorts
from shared.services.calls.call_tasks import ask_call

log = logging.getLogger(__name__)


def tell(ports: CallPorts, alert_id: str) -> int:
    """How many calls were begun. Safe to repeat: a matter has one call, and a call's step one task.

    Costs a read for each entry of the history, each call about the alert, each delivery. Raises Unavailable.
    """
    found = ports.alerts.get(alert_id)
    if found is None:
        return 0
    alert, now = found.value, ports.clock.now()
    known = {one.value.id for one in ports.calls.of(alert_id)}
    _follow(ports, alert)
    begun = 0
    for matter in matters(alert, ports.alerts.history(alert_id), _failed(ports, alert), now):
        call = call_of(alert, matter, now)
        if call.id in known:
            continue
        try:
            ports.calls.create(call)
        except Conflict:  # another one who was told of the same change
            continue
        begun += 1
        ask_call(ports.tasks, call, now)
    return begun


def _follow(ports: CallPorts, alert: Alert) -> None:
    """What is no matter any more ends; what still is has its task, should who began it have died."""
    now = ports.clock.now()
    for found in ports.calls.of(alert.id):
        if not found.value.is_open:
            continue
        if is_past(found.value, alert):
            try:
                ports.calls.replace(found, found.value.over(End.ACTED, now))
            except Conflict:  # its worker sees the same before it goes on
                log.info("a call that is over is being worked on")
        else:
            ask_call(ports.tasks, found.value, now)


def _failed(ports: CallPorts, alert: Alert) -> bool:
    if alert.started is None:
        return False
    return any(
        one.value.state is DeliveryState.FAILED and one.value.generation == alert.generation
        for one in ports.delivery.of(alert.id)
    )
