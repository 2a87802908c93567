"""What is asked before an admin decides about somebody's rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.domain.lifecycle import SCOPED, STAFF_ROLES, Role
from shared.domain.scope import EVERYTHING, Scope
from shared.domain.staff import Kind, Membership, StaffRecord
from shared.errors import FieldError, Forbidden, InvalidInput, NotFound, WrongState
from shared.ports import Staff, Versioned
from shared.services.staff.people_ports import PeoplePorts


def require_admin(staff: Staff) -> None:
    """Raises Forbidden, also for who stands in: they see no lists of people."""
    if Role.ADMIN not in staff.roles or staff.on_behalf:
        raise Forbidden("role-missing")


def require_another(staff: Staff, *uids: str) -> None:
    """Nobody decides about their own rights, nor twice about the same. Raises Forbidden."""
    if staff.person.uid in uids:
        raise Forbidden("own-rights")


def person(ports: PeoplePorts, terc: str, uid: str) -> Versioned[StaffRecord]:
    """Raises NotFound for whoever has no part in the municipality; a sealed account is nobody's to change."""
    found = ports.staff.find(uid) if uid else None
    if found is None or found.value.membership(terc) is None or found.value.kind is not Kind.PERSON:
        raise NotFound
    return found


def is_admin(record: StaffRecord, terc: str) -> bool:
    part = record.membership(terc)
    return part is not None and Role.ADMIN in part.roles and record.kind is Kind.PERSON


def remaining_admin(ports: PeoplePorts, terc: str, besides: str) -> Versioned[StaffRecord]:
    """Somebody who still decides about people after `besides` no longer does. Raises WrongState."""
    now = ports.clock.now()
    for one in ports.staff.all(terc):
        if one.uid == besides or not (is_admin(one, terc) and one.employed(now)):
            continue
        found = ports.staff.find(one.uid)
        if found is not None and is_admin(found.value, terc) and found.value.employed(now):
            return found
    raise WrongState("last-admin")


def check_wanted(ports: PeoplePorts, terc: str, wanted: Membership) -> None:
    """Raises InvalidInput for roles that there are not, and for scopes that name nothing that there is."""
    errors = [
        FieldError("/roles", "unknown-value", {"known": ", ".join(sorted(STAFF_ROLES))})
        for role in wanted.roles - STAFF_ROLES
    ]
    for role, scope in wanted.scopes.items():
        errors += _scope_errors(ports, terc, role, scope, wanted)
    if errors:
        raise InvalidInput(errors)


def _scope_errors(
    ports: PeoplePorts, terc: str, role: str, scope: Scope, wanted: Membership
) -> list[FieldError]:
    where, errors = f"/scopes/{role}", []
    if role not in wanted.roles or (role not in SCOPED and scope != EVERYTHING):
        errors.append(FieldError(where, "scope-without-role"))
    if scope.alone and (role != Role.AUTHOR or not scope.may_be_alone):
        errors.append(FieldError(f"{where}/alone", "scope-not-alone"))
    known: Mapping[str, Any] = {
        "areas": lambda one: ports.saved.get(terc, one) is not None,
        "templates": lambda one: ports.is_template(terc, one),
    }
    for name, is_there in known.items():
        errors += [
            FieldError(f"{where}/{name}", "scope-unknown")
            for one in getattr(scope, name) or ()
            if not is_there(one)
        ]
    return errors
