"""The alert's life as one table: state, action, who may, next state, guards.

The API, its description and the pages are checked against this table.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.alert import Alert, Content, Kind, Person, Severity, State


class Action(StrEnum):
    CREATE = "create"  # makes the draft; in the history only
    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND = "send"  # without a second person: what two approved as a template, or a text of the system's own
    CONFIRM = "confirm"  # afterwards, of what was sent so
    CANCEL = "cancel"
    START = "start"
    HOLD = "hold"  # it came too late, or the database was restored: a person is asked
    EXPIRE = "expire"
    RETURN = "return"  # to its author, with a reason
    REJECT = "reject"  # for good, with a reason
    SEND_NOW = "send_now"  # one person on duty, at once, with a reason
    STOP = "stop"  # nobody more is sent it
    EXTEND = "extend"  # it is valid for longer; nothing else of it changes
    UPDATE = "update"  # this and the next three begin a message that takes its place in the thread
    CORRECT = "correct"
    ALL_CLEAR = "all_clear"
    TAKE_BACK = "take_back"
    SUPERSEDE = "supersede"  # that message began: what this one becomes by it
    END = "end"
    REVOKE = "revoke"
    MOVE = "move"  # to another moment, until it starts; the approval stands
    DIFFER = "differ"  # a word of the history alone: other people were reached than its approver was shown


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
    LESSER = "lesser"  # Minor, Moderate or an exercise: what is graver is taken back by a message of its own
    NOT_STOPPED = "not-stopped"
    NOT_CLEAR = "not-clear"  # it is no all-clear itself


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
_CRISIS = frozenset({Role.CRISIS})
_TWO_PERSONS = (Guard.NOT_EXPIRED, Guard.OTHER_PERSON)
_AFTERWARDS = (Guard.OTHER_PERSON, Guard.UNCONFIRMED)

TABLE = (
    Rule(State.DRAFT, Action.EDIT, _AUTHOR, State.DRAFT),
    Rule(State.DRAFT, Action.SUBMIT, _AUTHOR, State.SUBMITTED, (Guard.NOT_EXPIRED,)),
    Rule(State.DRAFT, Action.SEND, _EITHER, State.SCHEDULED, (Guard.NOT_EXPIRED, Guard.ALONE)),
    Rule(State.DRAFT, Action.SEND_NOW, _CRISIS, State.SCHEDULED, (Guard.NOT_EXPIRED,)),
    Rule(State.DRAFT, Action.CANCEL, _AUTHOR, State.CANCELLED),
    Rule(State.SUBMITTED, Action.EDIT, _AUTHOR, State.DRAFT),
    Rule(State.SUBMITTED, Action.APPROVE, _APPROVER, State.SCHEDULED, _TWO_PERSONS),
    Rule(State.SUBMITTED, Action.RETURN, _APPROVER, State.RETURNED, (Guard.OTHER_PERSON,)),
    Rule(State.SUBMITTED, Action.REJECT, _APPROVER, State.REJECTED, (Guard.OTHER_PERSON,)),
    Rule(State.SUBMITTED, Action.SEND_NOW, _CRISIS, State.SCHEDULED, (Guard.NOT_EXPIRED,)),
    Rule(State.SUBMITTED, Action.CANCEL, _EITHER, State.CANCELLED),
    Rule(State.RETURNED, Action.EDIT, _AUTHOR, State.DRAFT),
    Rule(State.RETURNED, Action.SUBMIT, _AUTHOR, State.SUBMITTED, (Guard.NOT_EXPIRED,)),
    Rule(State.RETURNED, Action.CANCEL, _AUTHOR, State.CANCELLED),
    Rule(State.SCHEDULED, Action.EDIT, _AUTHOR, State.DRAFT),
    Rule(State.SCHEDULED, Action.CANCEL, _EITHER, State.CANCELLED, unconditional=True),
    Rule(State.SCHEDULED, Action.START, _SYSTEM, State.ACTIVE, (Guard.DUE,)),
    Rule(State.SCHEDULED, Action.HOLD, _SYSTEM, State.HELD, (Guard.DUE,)),
    Rule(State.SCHEDULED, Action.EXPIRE, _SYSTEM, State.EXPIRED, (Guard.PAST_EXPIRY,)),
    Rule(State.HELD, Action.APPROVE, _APPROVER, State.SCHEDULED, _TWO_PERSONS),
    Rule(State.HELD, Action.EDIT, _AUTHOR, State.DRAFT),
    Rule(State.HELD, Action.CANCEL, _EITHER, State.CANCELLED, unconditional=True),
    Rule(State.HELD, Action.EXPIRE, _SYSTEM, State.EXPIRED, (Guard.PAST_EXPIRY,)),
    # Altered after its start: nobody more is sent it, and a person decides.
    Rule(State.ACTIVE, Action.HOLD, _SYSTEM, State.ACTIVE, (Guard.NOT_STOPPED,)),
    Rule(State.ACTIVE, Action.STOP, _EITHER, State.ACTIVE, (Guard.NOT_STOPPED,), unconditional=True),
    Rule(State.ACTIVE, Action.CANCEL, _EITHER, State.CANCELLED, (Guard.LESSER,), unconditional=True),
    Rule(State.ACTIVE, Action.EXTEND, _AUTHOR, State.ACTIVE, (Guard.NOT_EXPIRED,)),
    Rule(State.ACTIVE, Action.UPDATE, _AUTHOR, State.ACTIVE),
    Rule(State.ACTIVE, Action.CORRECT, _EITHER, State.ACTIVE),
    Rule(State.ACTIVE, Action.ALL_CLEAR, _EITHER, State.ACTIVE, (Guard.NOT_CLEAR,)),
    Rule(State.ACTIVE, Action.TAKE_BACK, _EITHER, State.ACTIVE),
    Rule(State.ACTIVE, Action.EXPIRE, _SYSTEM, State.EXPIRED, (Guard.PAST_EXPIRY,)),
    Rule(State.ACTIVE, Action.SUPERSEDE, _SYSTEM, State.SUPERSEDED),
    Rule(State.ACTIVE, Action.END, _SYSTEM, State.ENDED),
    Rule(State.ACTIVE, Action.REVOKE, _SYSTEM, State.CANCELLED),
    # What ran out may go on: its thread does, too.
    Rule(State.EXPIRED, Action.UPDATE, _AUTHOR, State.EXPIRED),
    Rule(State.EXPIRED, Action.CORRECT, _EITHER, State.EXPIRED),
    Rule(State.EXPIRED, Action.ALL_CLEAR, _EITHER, State.EXPIRED, (Guard.NOT_CLEAR,)),
    Rule(State.EXPIRED, Action.TAKE_BACK, _EITHER, State.EXPIRED),
    Rule(State.EXPIRED, Action.SUPERSEDE, _SYSTEM, State.SUPERSEDED),
    Rule(State.EXPIRED, Action.END, _SYSTEM, State.ENDED),
    Rule(State.EXPIRED, Action.REVOKE, _SYSTEM, State.CANCELLED),
    Rule(State.SCHEDULED, Action.CONFIRM, _APPROVER, State.SCHEDULED, _AFTERWARDS),
    Rule(State.HELD, Action.CONFIRM, _APPROVER, State.HELD, _AFTERWARDS),
    Rule(State.ACTIVE, Action.CONFIRM, _APPROVER, State.ACTIVE, _AFTERWARDS),
    Rule(State.CANCELLED, Action.CONFIRM, _APPROVER, State.CANCELLED, _AFTERWARDS),
    Rule(State.SUPERSEDED, Action.CONFIRM, _APPROVER, State.SUPERSEDED, _AFTERWARDS),
    Rule(State.ENDED, Action.CONFIRM, _APPROVER, State.ENDED, _AFTERWARDS),
    Rule(State.EXPIRED, Action.CONFIRM, _APPROVER, State.EXPIRED, _AFTERWARDS),
    Rule(State.SCHEDULED, Action.MOVE, _EITHER, State.SCHEDULED, (Guard.NOT_EXPIRED,)),
)

# What begins a message in the same thread: its kind there, and what the one before becomes when it starts.
FOLLOWERS: Mapping[Action, tuple[Kind, State]] = {
    Action.UPDATE: (Kind.UPDATE, State.SUPERSEDED),
    Action.CORRECT: (Kind.CORRECTION, State.SUPERSEDED),
    Action.ALL_CLEAR: (Kind.ALL_CLEAR, State.ENDED),
    Action.TAKE_BACK: (Kind.CORRECTION, State.CANCELLED),
}
# By what it becomes: the system's step.
BECOMES: Mapping[State, Action] = {
    State.SUPERSEDED: Action.SUPERSEDE,
    State.ENDED: Action.END,
    State.CANCELLED: Action.REVOKE,
}

_RULES = {(rule.state, rule.action): rule for rule in TABLE}


LESSER = frozenset({Severity.MODERATE, Severity.MINOR})  # approved and sent without a fresh factor


def is_lesser(content: Content) -> bool:
    """Whether one person alone may end it for good; of a word of a later release nobody may."""
    return content.severity in LESSER or content.exercise


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
        Guard.LESSER: is_lesser(alert.content),
        Guard.NOT_STOPPED: alert.stopped is None,
        Guard.NOT_CLEAR: alert.kind is not Kind.ALL_CLEAR,
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
