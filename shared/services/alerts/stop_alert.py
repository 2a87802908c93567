"""One person sees that something is wrong: from now on nobody more is sent it."""

from __future__ import annotations

from shared.domain.alert import Alert, State
from shared.domain.lifecycle import Action
from shared.errors import WrongState
from shared.ports import Staff
from shared.services.alerts.alert_guards import visible
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.change_alert import change_alert


def stop_alert(
    ports: AlertPorts, alert_id: str, expected_revision: int | None, staff: Staff, reason: str = ""
) -> Alert:
    """Still active: what residents are told of it is said by a message of its thread. Again is as good as
    once, whatever revision the caller saw, if any. Raises what change_alert does."""
    details = {"reason": reason} if reason else {}
    try:
        return change_alert(
            ports,
            alert_id,
            expected_revision,
            staff,
            Action.STOP,
            lambda _, now: {"stopped": now},
            details,
        )
    except WrongState:
        alert = visible(ports.alerts, alert_id, staff).value
        if alert.state is State.ACTIVE and alert.stopped is not None:
            return alert
        raise
