"""A second admin gives or refuses what another one asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from shared.domain.audit import Act
from shared.domain.grant import Grant, GrantState, with_given
from shared.domain.staff import Membership
from shared.errors import Conflict, NotFound, PreconditionFailed, WrongState
from shared.formats.people_json import membership_json
from shared.ports import RecordChange, Staff, Versioned
from shared.services.audit.act import act_of
from shared.services.staff.change_rights import with_part
from shared.services.staff.people_guards import check_wanted, is_admin, require_admin, require_another
from shared.services.staff.people_ports import PeoplePorts


def confirm_grant(ports: PeoplePorts, grant_id: str, expected: int, staff: Staff) -> Grant:
    """By neither who asked nor who gets it; and only while who asked is still one who may.

    Raises Forbidden, NotFound, PreconditionFailed, WrongState, InvalidInput.
    """
    before = _open(ports, grant_id, expected, staff)
    grant, now = before.value, ports.clock.now()
    require_another(staff, grant.uid, grant.by.uid)
    asked = ports.staff.find(grant.by.uid)
    if asked is None or not (is_admin(asked.value, grant.terc) and asked.value.employed(now)):
        raise WrongState("grant-lapsed")
    check_wanted(ports, grant.terc, grant.membership)
    gets = ports.staff.find(grant.uid)
    if gets is None or not (gets.value.employed(now) or gets.value.is_invited):
        raise WrongState("grant-lapsed")
    had = gets.value.membership(grant.terc) or Membership()
    given = with_given(had, grant.membership)
    change = RecordChange(gets, with_part(gets.value, grant.terc, given), asked)
    act = act_of(
        staff,
        "staff.grant",
        f"staff/{grant.uid}",
        before=membership_json(had),
        after={**membership_json(given), "asked_by": grant.by.uid},
    )
    after = _decided(grant, GrantState.GIVEN, staff, now)
    return _kept(ports, before, after, change, act)


def refuse_grant(ports: PeoplePorts, grant_id: str, expected: int, staff: Staff) -> Grant:
    """Also by who asked, who thereby takes it back; not by who would get it.

    Raises Forbidden, NotFound, PreconditionFailed, WrongState.
    """
    before = _open(ports, grant_id, expected, staff)
    require_another(staff, before.value.uid)
    act = act_of(
        staff,
        "staff.refuse-grant",
        f"staff/{before.value.uid}",
        before={"waiting": membership_json(before.value.membership)},
    )
    after = _decided(before.value, GrantState.REFUSED, staff, ports.clock.now())
    return _kept(ports, before, after, None, act)


def _open(ports: PeoplePorts, grant_id: str, expected: int, staff: Staff) -> Versioned[Grant]:
    require_admin(staff)
    found = ports.grants.get(grant_id)
    if found is None or found.value.terc != staff.terc:
        raise NotFound
    if not found.value.is_open(ports.clock.now()):
        raise WrongState("grant-over")
    if found.value.revision != expected:
        raise PreconditionFailed("stale-rights")
    return found


def _decided(grant: Grant, state: GrantState, staff: Staff, now: datetime) -> Grant:
    return replace(grant, state=state, by2=staff.person, decided=now, revision=grant.revision + 1)


def _kept(
    ports: PeoplePorts, before: Versioned[Grant], after: Grant, change: RecordChange | None, act: Act
) -> Grant:
    try:
        ports.grants.decide(before, after, change, [act])
    except Conflict as error:
        raise PreconditionFailed("stale-rights") from error
    return after
