"""An author hands a draft to a second person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.domain.alert import Alert
from shared.domain.lifecycle import Action
from shared.ports import Staff
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.change_alert import change_alert
from shared.services.alerts.check_content import circumstances, recheck_content
from shared.services.alerts.edit_alert import with_writer


def submit_alert(ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff) -> Alert:
    """Raises what change_alert does, InvalidInput when the draft cannot be sent any more."""

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        recheck_content(alert.content, circumstances(ports, alert.terc))
        return {"submitted": now, "writers": with_writer(alert, staff)}

    return change_alert(ports, alert_id, expected_revision, staff, Action.SUBMIT, changes)
