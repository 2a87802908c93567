"""Rights that are given by two: which of them wait for a second admin, and which hold at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.alert import Person
from shared.domain.lifecycle import Role
from shared.domain.scope import Scope
from shared.domain.staff import Membership

VALID = timedelta(days=7)
KEPT = timedelta(days=90)  # after it was asked for; the audit has it for longer
BY_TWO = frozenset({Role.APPROVER.value, Role.CRISIS.value, Role.ADMIN.value})


class GrantState(StrEnum):
    OPEN = "open"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True)
class Grant:
    """`grants/{id}`: what one admin asked for and a second one decides; `revision` is the ETag."""

    id: str
    terc: str
    uid: str  # who gets it
    name: str
    roles: frozenset[str]
    by: Person
    at: datetime
    scopes: Mapping[str, Scope] = field(default_factory=dict)  # by role
    state: GrantState = GrantState.OPEN
    by2: Person | None = None  # who decided
    decided: datetime | None = None
    revision: int = 1

    def is_open(self, now: datetime) -> bool:
        return self.state is GrantState.OPEN and now < self.at + VALID

    @property
    def membership(self) -> Membership:
        return Membership(self.roles, self.scopes)


@dataclass(frozen=True)
class Change:
    """Of somebody's rights: `at_once` are those that hold now, `waiting` those that a second admin gives."""

    at_once: Membership
    waiting: Membership


def needs_two(role: str, scope: Scope) -> bool:
    """Whether a role with this scope decides about more than drafts."""
    return role in BY_TWO or scope.alone


def change_of(before: Membership, wanted: Membership) -> Change:
    """What is taken away is gone at once, also of a role that is to reach further elsewhere."""
    at_once: dict[str, Scope] = {}
    waiting: dict[str, Scope] = {}
    for role in wanted.roles:
        scope, had = wanted.scope(role), before.scope(role)
        if not needs_two(role, scope) or (role in before.roles and scope.is_within(had)):
            at_once[role] = scope
            continue
        waiting[role] = scope
        if role in before.roles:
            at_once[role] = scope.meet(had)
    return Change(_membership(at_once), _membership(waiting))


def with_given(before: Membership, given: Membership) -> Membership:
    """After a second admin gave it."""
    scopes = {role: before.scope(role) for role in before.roles}
    return _membership(scopes | {role: given.scope(role) for role in given.roles})


def _membership(scopes: Mapping[str, Scope]) -> Membership:
    """A scope without a limit is none."""
    limited = {role: scope for role, scope in scopes.items() if scope != Scope()}
    return Membership(frozenset(scopes), limited)
