"""The steps of an alert's life that no person takes: start, finish, expire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.domain import lifecycle
from shared.domain.alert import Alert, HistoryEntry
from shared.domain.audit import Act
from shared.domain.lifecycle import Action, Role
from shared.errors import WrongState


def changed(
    alert: Alert, action: Action, now: datetime, details: Mapping[str, str] | None = None, **changes: Any
) -> tuple[Alert, HistoryEntry]:
    """The alert after the action, and what the history says of it. Raises WrongState.

    The revision stays: staff who look at the alert may still cancel what they see.
    """
    rule = lifecycle.rule_for(alert.state, action)
    if rule is None or Role.SYSTEM not in rule.who or not lifecycle.holds_all(rule, alert, None, now):
        raise WrongState
    after = replace(alert, state=rule.next, updated=now, **changes)
    entry = HistoryEntry(
        action=action,
        at=now,
        by=None,
        state=after.state,
        revision=after.revision,
        version=after.version,
        details=details or {},
    )
    return after, entry


def act(before: Alert, entry: HistoryEntry) -> Act:
    """What the audit says of the step."""
    words = {"state": entry.state.value, "version": entry.version, **entry.details}
    return Act(
        before.terc,
        f"alert.{entry.action}",
        None,
        f"alerts/{before.id}",
        before={"state": before.state.value},
        after=words,
    )
