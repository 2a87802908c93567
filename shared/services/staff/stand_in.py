"""The powiat's staff stand in: two admins agree beforehand, one person begins it, it ends by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shared.domain.alert import Person, State
from shared.domain.audit import Act
from shared.domain.lifecycle import SCOPED, Role
from shared.domain.staff import Kind, StaffRecord
from shared.domain.stand_in import MOST_PEOPLE, StandIn, Standing
from shared.errors import (
    Conflict,
    FieldError,
    InvalidInput,
    NotFound,
    PreconditionFailed,
    WrongState,
)
from shared.formats.people_json import agreement_json
from shared.ports import Staff, Versioned
from shared.services.audit.act import act_of
from shared.services.staff.people_guards import is_admin, require_admin, require_another
from shared.services.staff.people_ports import PeoplePorts

IN_FORCE = (State.SCHEDULED, State.HELD, State.ACTIVE)
MOST_LOOKED_AT = 100  # alerts that may be in force at once


def agree(ports: PeoplePorts, name: str, emails: Sequence[str], expected: int, staff: Staff) -> StandIn:
    """What one admin proposes; it replaces an agreement that does not run, and lets nobody in until a second
    admin confirms it. `name`: of the powiat as residents read it; `expected`: 0 where there is none.

    Raises Forbidden, InvalidInput for people who are not all of one other employer, PreconditionFailed,
    WrongState while it runs.
    """
    require_admin(staff)
    before = _seen(ports, staff.terc, expected)
    if before is not None and running(ports, before.value) is not None:
        raise WrongState("stand-in-runs")
    people = _people(ports, emails, staff.terc)
    revision = 1 if before is None else before.value.revision + 1
    proposed = StandIn(
        staff.terc,
        people[0].terc,
        name,
        tuple(Person(one.uid, one.name) for one in people),
        staff.person,
        ports.clock.now(),
        revision=revision,
    )
    return _put(ports, before, proposed, staff, "stand-in.propose")


def confirm(ports: PeoplePorts, expected: int, staff: Staff) -> StandIn:
    """By a second admin, while the first one is one. Raises Forbidden, NotFound, PreconditionFailed,
    WrongState."""
    require_admin(staff)
    before = _there(ports, staff.terc, expected)
    require_another(staff, before.value.by.uid, *(person.uid for person in before.value.people))
    if before.value.agreed is not None:
        raise WrongState("stand-in-agreed")
    proposed = ports.staff.get(before.value.by.uid)
    if proposed is None or not (is_admin(proposed, staff.terc) and proposed.employed(ports.clock.now())):
        raise WrongState("stand-in-lapsed")
    return _moved(ports, before, staff, "stand-in.agree", by2=staff.person, agreed=ports.clock.now())


def dissolve(ports: PeoplePorts, expected: int, staff: Staff) -> None:
    """By one admin, at once: it takes rights away. Raises WrongState while it runs."""
    require_admin(staff)
    before = _there(ports, staff.terc, expected)
    if running(ports, before.value) is not None:
        raise WrongState("stand-in-runs")
    act = _act(staff, "stand-in.dissolve", before.value, None)
    try:
        ports.stand_ins.delete(before, [act])
    except Conflict as error:
        raise PreconditionFailed("stale-rights") from error


def begin(ports: PeoplePorts, terc: str, staff: Staff) -> StandIn:
    """In one step, by an admin of the municipality or by one of the people named; all staff are told.

    Again while it runs is as good as once. Raises NotFound to anybody else, WrongState before it is agreed.
    """
    found = ports.stand_ins.get(terc)
    if found is None or not _may_begin(ports, found.value, staff):
        raise NotFound
    if found.value.agreed is None:
        raise WrongState("stand-in-not-agreed")
    if running(ports, found.value) is not None:
        return found.value
    begun = _moved(
        ports,
        found,
        replace(staff, terc=terc),
        "stand-in.begin",
        begun=ports.clock.now(),
        begun_by=staff.person,
        ended=None,
    )
    ports.alarm(begun)
    return begun


def end(ports: PeoplePorts, terc: str, staff: Staff) -> StandIn:
    """Before its time; never while an alert that it sent is in force. Raises NotFound, WrongState."""
    found = ports.stand_ins.get(terc)
    if found is None or not _may_begin(ports, found.value, staff):
        raise NotFound
    if running(ports, found.value) is None:
        return found.value
    if in_force(ports, found.value):
        raise WrongState("stand-in-in-force")
    return _moved(ports, found, replace(staff, terc=terc), "stand-in.end", ended=ports.clock.now())


def seen_by(ports: PeoplePorts, staff: Staff) -> tuple[StandIn | None, Sequence[StandIn]]:
    """The municipality's own agreement, which all its staff may know; and those that name the caller."""
    own = None if staff.on_behalf else ports.stand_ins.get(staff.terc)
    return (own.value if own else None), ports.stand_ins.naming(staff.person.uid)


def standing(ports: PeoplePorts, uid: str, terc: str) -> Standing | None:
    """What standing in gives this person there at this moment. Costs a read, two for who is named, and late
    a query."""
    found = ports.stand_ins.get(terc)
    if found is None or not _stands(ports, found.value, uid):
        return None
    return running(ports, found.value)


def running(ports: PeoplePorts, agreement: StandIn) -> Standing | None:
    if agreement.in_time(ports.clock.now()):
        return Standing(agreement.name)
    if agreement.may_run() and in_force(ports, agreement):
        return Standing(agreement.name, late=True)
    return None


def in_force(ports: PeoplePorts, agreement: StandIn) -> bool:
    """Whether an alert that was approved on behalf, within the hours, is not over yet."""
    begun, ends = agreement.begun, agreement.ends
    if begun is None or ends is None:
        return False
    found = ports.alerts.list(agreement.terc, IN_FORCE, MOST_LOOKED_AT, None).items
    return any(
        one.content.on_behalf and one.approved is not None and begun <= one.approved < ends for one in found
    )


def _may_begin(ports: PeoplePorts, agreement: StandIn, staff: Staff) -> bool:
    of_the_gmina = staff.terc == agreement.terc and Role.ADMIN in staff.roles and not staff.on_behalf
    return of_the_gmina or _stands(ports, agreement, staff.person.uid)


def _stands(ports: PeoplePorts, agreement: StandIn, uid: str) -> bool:
    """Whether the person is named, and still employed where they were as two admins agreed."""
    if not agreement.names(uid):
        return False
    found = ports.staff.get(uid)
    return found is not None and found.terc == agreement.powiat


def _people(ports: PeoplePorts, emails: Sequence[str], terc: str) -> list[StaffRecord]:
    """Raises InvalidInput."""
    if not 1 <= len(set(emails)) <= MOST_PEOPLE:
        raise InvalidInput([FieldError("/people", "stand-in-people", {"most": MOST_PEOPLE})])
    now, errors, people = ports.clock.now(), [], []
    for number, email in enumerate(dict.fromkeys(emails)):
        one = ports.staff.by_email(email)
        if one is None or one.kind is not Kind.PERSON or not one.employed(now) or one.terc == terc:
            errors.append(FieldError(f"/people/{number}", "nobody-of-this-address"))
        elif not one.roles & SCOPED:
            errors.append(FieldError(f"/people/{number}", "stand-in-no-role"))
        else:
            people.append(one)
    if not errors and len({one.terc for one in people}) > 1:
        errors.append(FieldError("/people", "stand-in-employers"))
    if errors:
        raise InvalidInput(errors)
    return people


def _seen(ports: PeoplePorts, terc: str, expected: int) -> Versioned[StandIn] | None:
    found = ports.stand_ins.get(terc)
    if (found.value.revision if found else 0) != expected:
        raise PreconditionFailed("stale-rights")
    return found


def _there(ports: PeoplePorts, terc: str, expected: int) -> Versioned[StandIn]:
    found = _seen(ports, terc, expected)
    if found is None:
        raise NotFound
    return found


def _moved(
    ports: PeoplePorts, before: Versioned[StandIn], staff: Staff, action: str, **changes: object
) -> StandIn:
    after = replace(before.value, revision=before.value.revision + 1, **changes)  # type: ignore[arg-type]
    return _put(ports, before, after, staff, action)


def _put(
    ports: PeoplePorts, before: Versioned[StandIn] | None, after: StandIn, staff: Staff, action: str
) -> StandIn:
    try:
        ports.stand_ins.put(before, after, [_act(staff, action, before.value if before else None, after)])
    except Conflict as error:
        raise PreconditionFailed("stale-rights") from error
    return after


def _act(staff: Staff, action: str, before: StandIn | None, after: StandIn | None) -> Act:
    was, becomes = (None if one is None else agreement_json(one) for one in (before, after))
    return act_of(staff, action, f"standins/{staff.terc}", was, becomes)
