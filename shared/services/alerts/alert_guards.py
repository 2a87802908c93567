"""What is asked before staff see or change an alert; the rules themselves are domain.lifecycle's table."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

from shared.domain import lifecycle
from shared.domain.alert import Alert
from shared.domain.lifecycle import Action, Guard, Rule
from shared.domain.scope import EVERYTHING
from shared.domain.staff_session import stops
from shared.errors import (
    Forbidden,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Unauthenticated,
    WrongState,
)
from shared.ports import AlertStore, Staff, Versioned


def visible(alerts: AlertStore, alert_id: str, staff: Staff) -> Versioned[Alert]:
    """Raises NotFound also for another municipality's alert, so that nobody learns that it exists."""
    found = alerts.get(alert_id)
    if found is None or found.value.terc != staff.terc:
        raise NotFound
    return found


def require_role(staff: Staff, action: Action) -> None:
    """Raises Forbidden when no state would let this role act."""
    if not lifecycle.may_ever(action, staff.roles):
        raise Forbidden("role-missing")


def require_unlimited(staff: Staff, action: Action) -> None:
    """For what decides how far scopes reach: the zones and templates that they name. Raises Forbidden."""
    require_role(staff, action)
    if not lifecycle.may_ever(action, unlimited(staff)):
        raise Forbidden("out-of-scope")


def unlimited(staff: Staff) -> frozenset[str]:
    """The caller's roles that have no scope."""
    return frozenset(role for role in staff.roles if staff.scope(role) == EVERYTHING)


def require_open_session(staff: Staff, alert: Alert, action: Action) -> None:
    """An idle session stops and corrects what goes out, and does nothing else. Raises Unauthenticated."""
    if staff.idle and not stops(alert.state, action):
        raise Unauthenticated("session-idle")


def require_revision(alert: Alert, expected: int | None, rule: Rule | None) -> None:
    """Nobody acts on what they have not seen; but what goes out is stopped by whoever wants it stopped.

    Raises PreconditionRequired when no revision was named, PreconditionFailed when it is another one.
    """
    if rule is not None and rule.unconditional:
        return
    if expected is None and rule is None:
        return  # the state refuses the step, whatever was seen
    if expected is None:
        raise PreconditionRequired
    if alert.revision != expected:
        raise PreconditionFailed


def permit(
    alert: Alert, action: Action, staff: Staff, now: datetime, within: Set[str], alone: bool = False
) -> Rule:
    """The rule that lets this person act now. Raises WrongState, Forbidden.

    `within`: those of the caller's roles that the alert lies in the scope of; `alone`: as lifecycle.holds.
    An alert whose time has passed is refused later, by the check that names the field.
    """
    rule = lifecycle.rule_for(alert.state, action)
    if rule is None:
        raise WrongState
    if not rule.who & staff.roles:
        raise Forbidden("role-missing")
    if not rule.who & within:
        raise Forbidden("out-of-scope")
    if Guard.UNCONFIRMED in rule.guards and not lifecycle.holds(Guard.UNCONFIRMED, alert, None, now):
        raise WrongState
    for guard in (Guard.NOT_STOPPED, Guard.NOT_CLEAR):
        if guard in rule.guards and not lifecycle.holds(guard, alert, None, now):
            raise WrongState
    if Guard.LESSER in rule.guards and not lifecycle.holds(Guard.LESSER, alert, None, now):
        raise Forbidden("take-back-needed")
    if Guard.OTHER_PERSON in rule.guards and not lifecycle.holds(
        Guard.OTHER_PERSON, alert, staff.person, now
    ):
        raise Forbidden("own-approval")
    if Guard.ALONE in rule.guards and not alone:
        raise Forbidden("not-alone")
    return rule
