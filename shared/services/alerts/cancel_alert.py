"""Staff call an alert off: what is not yet sent stays unsent, and residents see it as cancelled."""

from __future__ import annotations

from shared.domain.alert import Alert
from shared.domain.lifecycle import Action
from shared.ports import Staff
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.change_alert import change_alert


def cancel_alert(ports: AlertPorts, alert_id: str, seen: int, staff: Staff) -> Alert:
    """Raises what change_alert does."""
    return change_alert(ports, alert_id, seen, staff, Action.CANCEL, lambda _, now: {"finished": now})
