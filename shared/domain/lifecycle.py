"""The alert's life as one table: state, action, who may, next state, guards.

The API, its description and the pages are checked against this table.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.alert import Alert, Person, State


class Action(StrEnum):
    CREATE = "create"  # makes the draft; in the history only
    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND = "send"  # what two approved as a template, without a second person
    CONFIRM = "confirm"  # afterwards, of what was sent so
    CANCEL = "cancel"
    START = "start"
    HOLD = "hold"  # it came too late, or the database was restored: a person is asked
    EXPIRE = "expire"
    MOVE = "move"  # to another moment, until it starts; the approval stands


class Role(StrEnum):
    """A role of the staff (`staff/{uid}`); SYSTEM is nobody's: the functions act."""

    AUTHOR = "author"
    APPROVER = "approver"
    CRISIS = "crisis"  # on duty: what authors and approvers may, never both on one alert
    ADMIN = "admin"  # of people alone
    AUDITOR = "auditor"  # reads, and changes nothing
    SYSTEM = "system"


STAFF_ROLES = frozenset(role.value for role in Role if role is not Role.SYSTEM)
SCOPED = frozenset({Role.AUTHOR.value, Role.APPROVER.value, Role.CRISIS.value})  # can be had for a part


class Guard(StrEnum):
    """What must hold beside the state and the role."""

    NOT_EXPIRED = "not-expired"  # `expires` lies ahead
    OTHER_PERSON = "other-person"  # the actor neither wrote, edited nor submitted it
    DUE = "due"  # the moment to send has come
    PAST_EXPIRY = "past-expiry"
    ALONE = "alone"  # the words of a template that two others approved, by whoever may send them alone
    UNCONFIRMED = "unconfirmed"  # sent alone, and nobody has said since that it was right
    HELD = "held"  # it waits for somebody to say that it still is to be sent
    NOT_HELD = "not-held"


@dataclass(frozen=True)
class Rule:
    state: State
    action: Action
    who: Set[Role]
    next: State
    guards: tuple[Guard, ...] = ()
    unconditional: bool = False  # also by whoever has not seen the newest revision


_AUTHOR = frozenset({Role.AUTHOR, Role.CRISIS})
_APPROVER = frozenset({Role.APPROVER, Role.CRISIS})
_EITHER = _AUTHOR | _APPROVER
_SYSTEM = frozenset({Role.SYSTEM})
_ALONE = frozenset({Role.AUTHOR})
_TWO_PERSONS = (Guard.NOT_EXPIRED, Guard.OTHER_PERSON)
_AFTERWARDS = (Guard.OTHER_PERSON, Guard.UNCONFIRMED)

TABLE = (
    Rule(State.DRAFT, Action.EDIT, _AUTHOR, State.DRAFT),
    Rule(State.DRAFT, Action.SUBMIT, _AUTHOR, State.SUBMITTED, (Guard.NOT_EXPIRED,)),
    Rule(State.DRAFT, Action.SEND, _ALONE, State.SCHEDULED, (Guard.NOT_EXPIRED, Guard.ALONE)),
    Rule(State.DRAFT, Action.CANCEL, _AUTHOR, State.CANCELLED),
    Rule(State.SUBMITTED, Action.EDIT, _AUTHOR, State.DRAFT),
    Rule(State.SUBMITTED, Action.APPROVE, _APPROVER, State.SCHEDULED, _TWO_PERSONS),
    Rule(State.SUBMITTED, Action.CANCEL, _EITHER, State.CANCELLED),
    Rule(State.SCHEDULED, Action.APPROVE, _APPROVER, State.SCHEDULED, (*_TWO_PERSONS, Guard.HELD)),
    Rule(State.SCHEDULED, Action.EDIT, _AUTHOR, State.DRAFT),
    Rule(State.SCHEDULED, Action.CANCEL, _EITHER, State.CANCELLED, unconditional=True),
    Rule(State.SCHEDULED, Action.START, _SYSTEM, State.ACTIVE, (Guard.DUE,)),
    Rule(State.SCHEDULED, Action.HOLD, _SYSTEM, State.SCHEDULED, (Guard.DUE,)),
    Rule(State.SCHEDULED, Action.EXPIRE, _SYSTEM, State.EXPIRED, (Guard.PAST_EXPIRY,)),
    Rule(State.ACTIVE, Action.CANCEL, _EITHER, State.CANCELLED, unconditional=True),
    Rule(State.ACTIVE, Action.EXPIRE, _SYSTEM, State.EXPIRED, (Guard.PAST_EXPIRY,)),
    Rule(State.SCHEDULED, Action.CONFIRM, _APPROVER, State.SCHEDULED, _AFTERWARDS),
    Rule(State.ACTIVE, Action.CONFIRM, _APPROVER, State.ACTIVE, _AFTERWARDS),
    Rule(State.CANCELLED, Action.CONFIRM, _APPROVER, State.CANCELLED, _AFTERWARDS),
    Rule(State.EXPIRED, Action.CONFIRM, _APPROVER, State.EXPIRED, _AFTERWARDS),
    Rule(State.SCHEDULED, Action.MOVE, _EITHER, State.SCHEDULED, (Guard.NOT_EXPIRED, Guard.NOT_HELD)),
)

_RULES = {(rule.state, rule.action): rule for rule in TABLE}


def rule_for(state: State, action: Action) -> Rule | None:
    """None: the action is not possible in this state."""
    return _RULES.get((state, action))


def may_ever(action: Action, roles: Set[str]) -> bool:
    """Whether the action is among those of the roles at all, in whatever state."""
    return any(rule.action is action and rule.who & roles for rule in TABLE)


def holds_all(rule: Rule, alert: Alert, actor: Person | None, now: datetime, alone: bool = False) -> bool:
    """Whether every guard of the rule lets the actor (None: the system) act at this moment.

    `alone`: whether this alert is one that the actor may send without a second person.
    """
    return all(holds(guard, alert, actor, now, alone) for guard in rule.guards)


def holds(guard: Guard, alert: Alert, actor: Person | None, now: datetime, alone: bool = False) -> bool:
    due = alert.due()
    return {
        Guard.NOT_EXPIRED: now < alert.content.expires,
        Guard.OTHER_PERSON: actor is not None and actor.uid not in {alert.author.uid, *alert.writers},
        Guard.ALONE: alone,
        Guard.UNCONFIRMED: alert.sent_alone and alert.confirmed is None,
        Guard.DUE: due is not None and due <= now,
        Guard.PAST_EXPIRY: alert.content.expires <= now,
        Guard.HELD: alert.held is not None,
        Guard.NOT_HELD: alert.held is None,
    }[guard]


def actions_for(
    alert: Alert, person: Person, roles: Set[str], now: datetime, alone: bool = False
) -> tuple[Action, ...]:
    """What this member of staff may do with the alert at this moment, in the order of the table.

    `roles`: those whose scope the alert lies in.
    """
    return tuple(
        rule.action
        for rule in TABLE
        if rule.state is alert.state and rule.who & roles and holds_all(rule, alert, person, now, alone)
    )
