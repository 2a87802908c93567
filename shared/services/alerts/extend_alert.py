"""What is active stays valid for longer; nothing else of it changes, and its delivery goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.domain.alert import Alert, renumbered
from shared.domain.lifecycle import Action
from shared.errors import FieldError, InvalidInput, WrongState
from shared.ports import Staff
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.change_alert import change_alert
from shared.services.alerts.check_content import time_errors


def extend_alert(
    ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff, expires: datetime
) -> Alert:
    """The alert as its next version, of the same approval. Raises what change_alert does, InvalidInput for a
    moment that is not later or too far."""

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        if alert.content.expires <= now:
            raise WrongState
        errors = list(time_errors(expires, None, now))
        if expires <= alert.content.expires:
            errors.append(FieldError("/expires", "expires-not-later"))
        if errors:
            raise InvalidInput(errors)
        after = renumbered(alert, alert.version + 1)
        return {
            "version": after.version,
            "worded": after.worded,
            "prepared": after.prepared,
            "content": replace(alert.content, expires=expires),
        }

    return change_alert(ports, alert_id, expected_revision, staff, Action.EXTEND, changes)
