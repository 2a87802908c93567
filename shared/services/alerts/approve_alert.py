"""A second person approves; what is due starts at once."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.domain.alert import Alert, Content
from shared.domain.approval import Confirmed, Unseen
from shared.domain.lifecycle import Action
from shared.domain.start import start_function
from shared.ports import Staff
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.all_the_same import kept_tap, told_tap
from shared.services.alerts.area_change import require_answer
from shared.services.alerts.change_alert import change_alert
from shared.services.alerts.check_content import circumstances, recheck_content, retold
from shared.services.alerts.create_alert import on_behalf
from shared.services.alerts.in_thread import is_grave, require_place
from shared.services.alerts.lock_approval import locked
from shared.services.schedule.alert_tasks import start_task
from shared.services.sessions.fresh_factor import require_fresh

log = logging.getLogger(__name__)


def approve_alert(
    ports: AlertPorts,
    alert_id: str,
    expected_revision: int,
    staff: Staff,
    unseen: Sequence[Unseen] = (),
    all_the_same: bool = False,
    confirmed: Confirmed | None = None,
) -> Alert:
    """The alert, scheduled; for one that is due the start has been called directly, and enqueued beside it.

    `unseen`: what the page could not show the approver, for the history; `all_the_same`: they were told
    what it leaves unsaid; `confirmed`: the number that they were shown, None of a client that shows none.

    Raises what change_alert does, Forbidden for its own writers, InvalidInput when it cannot be sent
    any more or the number is another one now, Unauthenticated when a severe one asks for a fresh factor.
    """

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        require_place(ports, alert)
        if is_grave(ports, alert):
            require_fresh(staff, now)
        around = circumstances(ports, alert.terc)
        recheck_content(_as_it_goes(alert, now), around)
        require_answer(ports, alert, around)
        content, generation = on_behalf(retold(alert.content, around), staff), alert.generation + 1
        return {
            "content": content,
            "approved": now,
            "approver": staff.person,
            "generation": generation,
            "interlock": locked(ports, alert, content, generation, now, confirmed),
            "attempt": 0,
            "held": None,
            "epoch": ports.epoch,
            **kept_tap(all_the_same, now),
        }

    details = {**({"unseen": ", ".join(unseen)} if unseen else {}), **told_tap(all_the_same)}
    alert = change_alert(ports, alert_id, expected_revision, staff, Action.APPROVE, changes, details)
    start_if_due(ports, alert)
    return alert


def _as_it_goes(alert: Alert, now: datetime) -> Content:
    """The content that is judged: one that was held goes now, though its moment was before."""
    content = alert.content
    if alert.held is None:
        return content
    silent = content.sound_at if content.sound_at and content.sound_at > now else None
    return replace(content, send_at=None, sound_at=silent)


def start_if_due(ports: AlertPorts, alert: Alert) -> None:
    """The task first: it starts the alert should the call be lost, which saves the seconds of the queue.

    The approval stands, whatever becomes of either: the trigger enqueues the same task once more.
    """
    due, now = alert.due(), ports.clock.now()
    if due is None or due > now:
        return
    try:
        ports.tasks.enqueue(start_task(alert, now))
    except Exception:
        log.exception("the start could not be enqueued; the trigger will do it")
    _call(ports, alert)


def _call(ports: AlertPorts, alert: Alert) -> None:
    """`direct`: it answers once the plan is made, and leaves the first slice to the queue like the others."""
    payload: dict[str, str | int] = {"alert": alert.id, "generation": alert.generation, "direct": 1}
    try:
        reached = ports.caller.call(start_function(alert), payload)
    except Exception:
        log.exception("the direct call failed; the task will start the alert")
    else:
        if not reached:
            log.warning("the direct call reached nobody; the task will start the alert")
