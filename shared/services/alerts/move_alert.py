"""Staff move what was approved to another moment, until it starts: what was approved is sent then instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.alert import Alert, Content
from shared.domain.interlock import moved_on
from shared.domain.lifecycle import Action, Guard, Role, holds
from shared.errors import FieldError, InvalidInput
from shared.formats.alert_json import time_json
from shared.formats.move_json import Move
from shared.ports import Staff
from shared.services.alerts.alert_guards import visible
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.approve_alert import start_if_due
from shared.services.alerts.bounds import Bounds
from shared.services.alerts.change_alert import change_alert
from shared.services.alerts.check_content import announced_errors, sound_errors, time_errors
from shared.services.alerts.in_thread import is_grave
from shared.services.sessions.fresh_factor import require_fresh

NOTICE = timedelta(minutes=15)  # whoever approved it is told of an earlier moment, and can still stop it
_SECOND = frozenset({Role.APPROVER.value, Role.CRISIS.value})
ALONG = ("expires", "event_ends", "next_info", "sound_at")  # as far from the moment to send as they were


def move_alert(ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff, move: Move) -> Alert:
    """The alert, scheduled for the new moment under a new generation, so that the task of the old one does
    nothing; started when that moment is now.

    The words, the area and who approved them stay. The history says from when to when, and whom to tell:
    the approver, unless the approver moved it. Only who could have approved it brings it forward to within
    NOTICE of now. Raises what change_alert does, InvalidInput naming the time,
    Unauthenticated when a severe one asks for a fresh factor.
    """

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        if is_grave(ports, alert):
            require_fresh(staff, now)
        content = moved(alert, move)
        errors = [*_faults(content, now), *_too_soon(ports, alert, move, staff, now)]
        if errors:
            raise InvalidInput(errors)
        generation = alert.generation + 1
        kept = moved_on(alert.interlock, alert.generation, generation)
        return {"content": content, "generation": generation, "attempt": 0, "interlock": kept}

    before = visible(ports.alerts, alert_id, staff).value  # what it is moved from, as the revision says
    details = _details(before, move, staff)
    alert = change_alert(ports, alert_id, expected_revision, staff, Action.MOVE, changes, details)
    start_if_due(ports, alert)
    return alert


def moved(alert: Alert, move: Move) -> Content:
    """All that is promised goes along; `expires` where it is said."""
    content, by = alert.content, move.send_at - (alert.due() or move.send_at)
    times = {name: at + by for name in ALONG if (at := getattr(content, name)) is not None}
    given = {} if move.expires is None else {"expires": move.expires}
    return replace(content, **{**times, **given, "send_at": move.send_at})


def _faults(content: Content, now: datetime) -> Iterator[FieldError]:
    yield from time_errors(content.expires, content.send_at, now)
    yield from sound_errors(vars(content), now)
    yield from announced_errors(vars(content), now)


def _too_soon(
    ports: AlertPorts, alert: Alert, move: Move, staff: Staff, now: datetime
) -> Iterator[FieldError]:
    """That it goes out at once is for two to say, as the alert was; what one person sent alone, for one."""
    sooner = move.send_at < (alert.due() or move.send_at) and move.send_at < now + NOTICE
    if sooner and not alert.sent_alone and not _is_second(ports, alert, staff, now):
        minutes = int(NOTICE.total_seconds() // 60)
        yield FieldError("/send_at", "send-at-alone", {"minutes": minutes})


def _is_second(ports: AlertPorts, alert: Alert, staff: Staff, now: datetime) -> bool:
    """Whether the caller could have approved it."""
    within = Bounds(ports, staff).roles(alert.content, alert.template)
    return bool(within & _SECOND) and holds(Guard.OTHER_PERSON, alert, staff.person, now)


def _details(alert: Alert, move: Move, staff: Staff) -> Mapping[str, str]:
    due = alert.due()
    told = {"from": time_json(due)} if due else {}
    if alert.approver is not None and alert.approver != staff.person:
        told["tell"] = alert.approver.uid
    return {**told, "to": time_json(move.send_at)}
