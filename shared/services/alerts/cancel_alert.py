"""Staff call an alert off: what is not yet sent stays unsent, and residents see it as cancelled."""

from __future__ import annotations

from shared.domain.alert import Alert, State
from shared.domain.lifecycle import Action
from shared.errors import WrongState
from shared.ports import Staff
from shared.services.alerts.alert_guards import visible
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.change_alert import change_alert


def cancel_alert(ports: AlertPorts, alert_id: str, expected_revision: int | None, staff: Staff) -> Alert:
    """Again is as good as once. What was approved is stopped whatever revision the caller saw, if any.

    Raises what change_alert does.
    """
    try:
        return change_alert(
            ports, alert_id, expected_revision, staff, Action.CANCEL, lambda _, now: {"finished": now}
        )
    except WrongState:
        alert = visible(ports.alerts, alert_id, staff).value
        if alert.state is State.CANCELLED:
            return alert
        raise
