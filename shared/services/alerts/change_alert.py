"""One step of an alert by a member of staff: guarded, written with its history, safe against others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from shared.domain import lifecycle
from shared.domain.alert import Alert, HistoryEntry
from shared.domain.audit import Act
from shared.domain.lifecycle import Action
from shared.errors import Conflict, Forbidden
from shared.formats.audit_words import alert_words, differing
from shared.ports import Staff
from shared.services.alerts.alert_guards import (
    permit,
    require_open_session,
    require_revision,
    require_role,
    visible,
)
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.bounds import Bounds
from shared.services.audit.act import act_of

STOPPING = frozenset({Action.CANCEL, Action.STOP})  # also by who stood in and whose hours are over
ATTEMPTS = 6  # the system writes the alert, too: when it starts and when it expires

# The fields that the step changes, beside those that every step does; it may refuse by raising.
Changes = Callable[[Alert, datetime], Mapping[str, Any]]
# Whether the history tells the step already, so that it needs no entry of its own.
Told = Callable[[Alert, Staff], bool]


def _never(_alert: Alert, _staff: Staff) -> bool:
    return False


def change_alert(
    ports: AlertPorts,
    alert_id: str,
    expected_revision: int | None,
    staff: Staff,
    action: Action,
    changes: Changes,
    details: Mapping[str, str] | None = None,
    is_told: Told = _never,
) -> Alert:
    """The alert after the step. `expected_revision` is the one that the caller saw; `details`: what the
    history says beside what was changed.

    Raises NotFound, Forbidden, PreconditionRequired, PreconditionFailed, WrongState, InvalidInput; Conflict
    when others wrote at every attempt.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(Conflict),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_random_exponential(multiplier=0.02, max=0.5),
        sleep=ports.clock.sleep,
        reraise=True,
    )
    return retrying(
        _change_once, ports, alert_id, expected_revision, staff, action, changes, details or {}, is_told
    )


def _change_once(
    ports: AlertPorts,
    alert_id: str,
    expected_revision: int | None,
    staff: Staff,
    action: Action,
    changes: Changes,
    details: Mapping[str, str],
    is_told: Told,
) -> Alert:
    require_role(staff, action)
    if staff.late and action not in STOPPING:
        raise Forbidden("stand-in-over")
    before = visible(ports.alerts, alert_id, staff)
    require_open_session(staff, before.value, action)
    require_revision(before.value, expected_revision, lifecycle.rule_for(before.value.state, action))
    now = ports.clock.now()
    bounds = Bounds(ports, staff)
    within = bounds.roles(before.value.content, before.value.template)
    rule = permit(before.value, action, staff, now, within, _alone(action, bounds, before.value))
    after = replace(
        before.value,
        **changes(before.value, now),
        state=rule.next,
        revision=before.value.revision + 1,
        updated=now,
    )
    if after.content != before.value.content:
        bounds.require(action, after.content, after.template)
    entry = (
        None if is_told(before.value, staff) else history_entry(action, after, staff, before.value, details)
    )
    act = _act(staff, action, before.value, after, details)
    return ports.alerts.replace(before, after, entry, [act]).value


def _act(staff: Staff, action: Action, before: Alert, after: Alert, details: Mapping[str, str]) -> Act:
    """What the step changed, in words; the history's are older and say less."""
    old, new = differing(alert_words(before), alert_words(after))
    return act_of(staff, f"alert.{action}", f"alerts/{after.id}", old, {**new, **details})


def _alone(action: Action, bounds: Bounds, alert: Alert) -> bool:
    """Asked only where it decides: it costs a read."""
    return action is Action.SEND and bounds.alone(alert)


def history_entry(
    action: Action,
    after: Alert,
    staff: Staff,
    before: Alert | None = None,
    details: Mapping[str, str] | None = None,
) -> HistoryEntry:
    return HistoryEntry(
        action=action.value,
        at=after.updated,
        by=staff.person,
        state=after.state,
        revision=after.revision,
        version=after.version,
        details={**(_details(before, after) if before else {}), **(details or {})},
    )


def _details(before: Alert, after: Alert) -> dict[str, str]:
    old, new = before.content, after.content
    changed = [name for name in vars(new) if getattr(old, name) != getattr(new, name)]
    return {"changed": ", ".join(changed)} if changed else {}
