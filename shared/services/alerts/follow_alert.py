"""Staff begin a message that takes the place of another one: update, correction, all-clear, taking back.

It is a draft of its own in the same thread. What it replaces stays as it is until this one starts; taking
back alone stops its sending at once.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from shared.domain.alert import Alert, State, Worded
from shared.domain.lifecycle import FOLLOWERS, Action
from shared.errors import Conflict, Forbidden
from shared.formats.audit_words import alert_words
from shared.ports import Staff, Versioned
from shared.services.alerts.alert_guards import (
    permit,
    require_open_session,
    require_revision,
    require_role,
    visible,
)
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.bounds import Bounds
from shared.services.alerts.change_alert import history_entry
from shared.services.alerts.create_alert import on_behalf
from shared.services.alerts.following_content import following_content
from shared.services.alerts.stop_alert import stop_alert
from shared.services.audit.act import act_of

PREPARED = frozenset({Action.CORRECT, Action.ALL_CLEAR, Action.TAKE_BACK})


def follow_alert(
    ports: AlertPorts,
    alert_id: str,
    expected_revision: int | None,
    staff: Staff,
    action: Action,
    idempotency_key: str | None = None,
    reason: str = "",
) -> Alert:
    """The draft, prefilled; the same one for the same key, or for the same revision without a key.

    Raises what change_alert does, and Conflict where it was not begun after all.
    """
    before = _permitted(ports, alert_id, expected_revision, staff, action)
    if action is Action.TAKE_BACK and before.state is State.ACTIVE and before.stopped is None:
        stop_alert(ports, alert_id, None, staff, reason)
    told = idempotency_key or str(before.revision)
    return _begun(ports, _follower(ports, before, staff, action, told, reason), staff, action)


def _permitted(
    ports: AlertPorts, alert_id: str, expected_revision: int | None, staff: Staff, action: Action
) -> Alert:
    require_role(staff, action)
    if staff.late:
        raise Forbidden("stand-in-over")
    before: Alert = visible(ports.alerts, alert_id, staff).value
    require_open_session(staff, before, action)
    within = Bounds(ports, staff).roles(before.content, before.template)
    rule = permit(before, action, staff, ports.clock.now(), within)
    require_revision(before, expected_revision, rule)
    return before


def _follower(
    ports: AlertPorts, before: Alert, staff: Staff, action: Action, told: str, reason: str
) -> Alert:
    now, version = ports.clock.now(), before.version + 1
    kind, becomes = FOLLOWERS[action]
    return Alert(
        id=_id(before, staff, action, told),
        terc=before.terc,
        content=on_behalf(following_content(before.content, action, now), staff),
        author=staff.person,
        writers=(staff.person.uid,),
        created=now,
        updated=now,
        version=version,
        worded=_worded(before, version),
        kind=kind,
        thread=before.thread_id,
        replaces=before.id,
        ends_what=becomes,
        prepared=version if action in PREPARED else None,
        reason=reason,
        settled=True,
    )


def _worded(before: Alert, version: int) -> Worded | None:
    """Whoever is held to templates is to follow up what was made of one of theirs."""
    return (
        None if before.template is None or before.worded is None else replace(before.worded, version=version)
    )


def _id(before: Alert, staff: Staff, action: Action, told: str) -> str:
    """The same for a request that comes again."""
    named = "\n".join((before.id, action.value, staff.person.uid, told))
    return hashlib.sha256(named.encode()).hexdigest()[:20]


def _begun(ports: AlertPorts, alert: Alert, staff: Staff, action: Action) -> Alert:
    said = {"replaces": alert.replaces or "", "kind": alert.kind.value}
    if alert.reason:
        said["reason"] = alert.reason
    entry = history_entry(Action.CREATE, alert, staff, details=said)
    act = act_of(staff, f"alert.{action}", f"alerts/{alert.id}", after={**alert_words(alert), **said})
    try:
        return ports.alerts.create(alert, entry, None, [act])
    except Conflict:
        return _known(ports.alerts.get(alert.id))


def _known(found: Versioned[Alert] | None) -> Alert:
    """Raises Conflict where nothing was begun after all."""
    if found is None:
        raise Conflict
    return found.value
