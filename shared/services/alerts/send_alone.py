"""The one step without a second person: the words of a template that two approved once, or what the sealed
account sends; confirmed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.domain.alert import Alert
from shared.domain.lifecycle import Action
from shared.ports import Staff
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.all_the_same import kept_tap, told_tap
from shared.services.alerts.approve_alert import LESSER, start_if_due
from shared.services.alerts.change_alert import change_alert
from shared.services.alerts.check_content import circumstances, recheck_content, retold
from shared.services.alerts.create_alert import on_behalf
from shared.services.alerts.edit_alert import with_writer
from shared.services.sessions.fresh_factor import require_fresh


def send_alone(
    ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff, all_the_same: bool = False
) -> Alert:
    """The alert, scheduled, and started when it is due. Raises what approve_alert does."""

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        if alert.content.severity not in LESSER:
            require_fresh(staff, now)
        around = circumstances(ports, alert.terc)
        recheck_content(alert.content, around)
        return {
            "content": on_behalf(retold(alert.content, around), staff),
            "writers": with_writer(alert, staff),
            "submitted": now,
            "approved": now,
            "sent_alone": True,
            "generation": alert.generation + 1,
            "attempt": 0,
            "held": None,
            "epoch": ports.epoch,
            **kept_tap(all_the_same, now),
        }

    told = told_tap(all_the_same)
    alert = change_alert(ports, alert_id, expected_revision, staff, Action.SEND, changes, told)
    start_if_due(ports, alert)
    return alert


def confirm_alone(ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff) -> Alert:
    """An approver says afterwards that it was right. Raises what change_alert does."""
    return change_alert(
        ports,
        alert_id,
        expected_revision,
        staff,
        Action.CONFIRM,
        lambda _, now: {"confirmed": now, "confirmer": staff.person},
    )
