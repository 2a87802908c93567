"""A second person approves; what is due starts at once."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from shared.domain.alert import Alert
from shared.domain.approval import Unseen
from shared.domain.lifecycle import Action
from shared.domain.start import start_function
from shared.ports import Staff
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.change_alert import change_alert
from shared.services.alerts.check_content import circumstances, recheck_content

log = logging.getLogger(__name__)


def approve_alert(
    ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff, unseen: Sequence[Unseen] = ()
) -> Alert:
    """The alert, scheduled; for one that is due the delivery has been called directly.

    `unseen`: what the page could not show the approver, for the history.

    Raises what change_alert does, Forbidden for its own writers, InvalidInput when it cannot be sent
    any more.
    """

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        recheck_content(alert.content, circumstances(ports, alert.terc))
        return {
            "approved": now,
            "approver": staff.person,
            "generation": alert.generation + 1,
            "attempt": 0,
        }

    details = {"unseen": ", ".join(unseen)} if unseen else {}
    alert = change_alert(ports, alert_id, expected_revision, staff, Action.APPROVE, changes, details)
    _start_if_due(ports, alert)
    return alert


def _start_if_due(ports: AlertPorts, alert: Alert) -> None:
    """The call saves the seconds that trigger and queue take; without it they start the alert alone."""
    due = alert.due()
    if due is None or due > ports.clock.now():
        return
    try:
        reached = ports.caller.call(
            start_function(alert), {"alert": alert.id, "generation": alert.generation}
        )
    except Exception:  # the approval stands, whatever becomes of the shortcut
        log.exception("the direct call failed; the trigger will start the alert")
    else:
        if not reached:
            log.warning("the direct call reached nobody; the trigger will start the alert")
