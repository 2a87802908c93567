"""A second person does not approve: the alert goes back to its author, or is not to be sent at all."""

from __future__ import annotations

from shared.domain.alert import Alert
from shared.domain.lifecycle import Action
from shared.ports import Staff
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.change_alert import change_alert


def return_alert(
    ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff, reason: str
) -> Alert:
    """Its author edits it, or hands it on once more. Raises what change_alert does."""
    return _decide(ports, alert_id, expected_revision, staff, Action.RETURN, reason)


def reject_alert(
    ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff, reason: str
) -> Alert:
    """Nobody takes it up again. Raises what change_alert does."""
    return _decide(ports, alert_id, expected_revision, staff, Action.REJECT, reason)


def _decide(
    ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff, action: Action, reason: str
) -> Alert:
    def changes(_alert: Alert, _now: object) -> dict[str, object]:
        return {"reason": reason}

    return change_alert(ports, alert_id, expected_revision, staff, action, changes, {"reason": reason})
