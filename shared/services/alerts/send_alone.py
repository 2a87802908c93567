"""The steps without a second person: words of a template that two approved once, a prepared text in a thread,
what the sealed account sends, and what somebody on duty sends with a reason. Confirmed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.domain.alert import Alert, Content
from shared.domain.approval import Confirmed
from shared.domain.lifecycle import Action
from shared.ports import Staff
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.all_the_same import kept_tap, told_tap
from shared.services.alerts.approve_alert import start_if_due
from shared.services.alerts.area_change import require_answer
from shared.services.alerts.change_alert import change_alert
from shared.services.alerts.check_content import circumstances, recheck_content, retold
from shared.services.alerts.create_alert import on_behalf
from shared.services.alerts.edit_alert import with_writer
from shared.services.alerts.in_thread import is_grave, require_place
from shared.services.alerts.lock_approval import locked
from shared.services.sessions.fresh_factor import require_fresh


def send_alone(
    ports: AlertPorts,
    alert_id: str,
    expected_revision: int,
    staff: Staff,
    all_the_same: bool = False,
    confirmed: Confirmed | None = None,
) -> Alert:
    """The alert, scheduled, and started when it is due. Raises what approve_alert does."""

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        after = _alone(ports, alert, alert.content, staff, now, confirmed)
        return {**after, **kept_tap(all_the_same, now)}

    told = told_tap(all_the_same)
    alert = change_alert(ports, alert_id, expected_revision, staff, Action.SEND, changes, told)
    start_if_due(ports, alert)
    return alert


def send_now(
    ports: AlertPorts,
    alert_id: str,
    expected_revision: int,
    staff: Staff,
    reason: str,
    all_the_same: bool = False,
    confirmed: Confirmed | None = None,
) -> Alert:
    """The alert as it is, at once whatever moment it was meant for. Raises what approve_alert does."""

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        silent = alert.content.sound_at if alert.content.send_at is None else None
        content = replace(alert.content, send_at=None, sound_at=silent)
        tap = kept_tap(all_the_same, now)
        return {**_alone(ports, alert, content, staff, now, confirmed), **tap, "reason": reason}

    told = {"reason": reason, **told_tap(all_the_same)}
    alert = change_alert(ports, alert_id, expected_revision, staff, Action.SEND_NOW, changes, told)
    start_if_due(ports, alert)
    return alert


def _alone(
    ports: AlertPorts,
    alert: Alert,
    content: Content,
    staff: Staff,
    now: datetime,
    confirmed: Confirmed | None,
) -> dict[str, Any]:
    """What the step changes. Raises WrongState, Unauthenticated, NotSendable, InvalidInput."""
    require_place(ports, alert)
    if is_grave(ports, alert):
        require_fresh(staff, now)
    around = circumstances(ports, alert.terc)
    recheck_content(content, around)
    content, generation = on_behalf(retold(content, around), staff), alert.generation + 1
    return {
        "area_change": require_answer(ports, alert, around),
        "content": content,
        "writers": with_writer(alert, staff),
        "submitted": now,
        "approved": now,
        "approver": None,
        "sent_alone": True,
        "confirmed": None,
        "confirmer": None,
        "generation": generation,
        "interlock": locked(ports, alert, content, generation, now, confirmed),
        "attempt": 0,
        "held": None,
        "epoch": ports.epoch,
        "settled": True,
    }


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
