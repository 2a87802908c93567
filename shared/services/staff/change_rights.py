"""An admin changes what somebody may do: taking away holds at once, what weighs waits for a second admin."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shared.domain.grant import Grant, change_of
from shared.domain.lifecycle import Role
from shared.domain.staff import MOST_MUNICIPALITIES, Kind, Membership, StaffRecord
from shared.errors import Conflict, FieldError, InvalidInput, NotFound, PreconditionFailed
from shared.formats.people_json import membership_json, rights_tag
from shared.ports import RecordChange, Staff, Versioned
from shared.services.audit.act import act_of
from shared.services.staff.people_guards import (
    check_wanted,
    is_admin,
    person,
    remaining_admin,
    require_admin,
    require_another,
)
from shared.services.staff.people_ports import PeoplePorts


@dataclass(frozen=True)
class Changed:
    """Somebody as they are now, and what waits for a second admin."""

    person: StaffRecord
    grant: Grant | None


def change_rights(
    ports: PeoplePorts, uid: str, expected: int, wanted: Membership, staff: Staff, why: str = ""
) -> Changed:
    """`expected`: rights_tag of what the admin saw.

    Raises Forbidden, NotFound, InvalidInput, PreconditionFailed, WrongState for the last admin.
    """
    require_admin(staff)
    require_another(staff, uid)
    before = person(ports, staff.terc, uid)
    had = before.value.membership(staff.terc) or Membership()
    if rights_tag(had) != expected:
        raise PreconditionFailed("stale-rights")
    return _changed(ports, before, had, wanted, staff, why)


def admit(ports: PeoplePorts, email: str, wanted: Membership, staff: Staff, why: str = "") -> Changed:
    """Somebody whom another municipality or the powiat employs gets a part in this one.

    Raises Forbidden, NotFound when nobody has this address, InvalidInput.
    """
    require_admin(staff)
    found = ports.staff.by_email(email)
    before = ports.staff.find(found.uid) if found else None
    if before is None or not before.value.employed(ports.clock.now()) or before.value.kind is not Kind.PERSON:
        raise NotFound("nobody-of-this-address")
    require_another(staff, before.value.uid)
    if before.value.membership(staff.terc) is not None:
        raise InvalidInput([FieldError("/email", "has-a-part")])
    if len(before.value.others) >= MOST_MUNICIPALITIES:
        raise InvalidInput([FieldError("/email", "too-many-municipalities", {"most": MOST_MUNICIPALITIES})])
    return _changed(ports, before, Membership(), wanted, staff, why)


def with_part(record: StaffRecord, terc: str, part: Membership) -> StaffRecord:
    """Their own municipality keeps even who has no role left; another forgets them."""
    if terc == record.terc:
        return replace(record, roles=part.roles, scopes=part.scopes)
    others = {**record.others, terc: part}
    return replace(record, others={one: had for one, had in others.items() if had.roles or one != terc})


def _changed(
    ports: PeoplePorts,
    before: Versioned[StaffRecord],
    had: Membership,
    wanted: Membership,
    staff: Staff,
    why: str,
) -> Changed:
    check_wanted(ports, staff.terc, wanted)
    change, terc = change_of(had, wanted), staff.terc
    after = with_part(before.value, terc, change.at_once)
    grant = _asked(ports, before.value, change.waiting, staff) if change.waiting.roles else None
    told = {"waiting": membership_json(change.waiting)} if grant else {}
    act = act_of(
        staff,
        "staff.rights",
        f"staff/{after.uid}",
        before=membership_json(had),
        after={**membership_json(change.at_once), **told},
        why=why,
    )
    try:
        ports.grants.create(grant, _record_change(ports, before, after, terc), [act])
    except Conflict as error:
        raise PreconditionFailed("stale-rights") from error
    return Changed(after, grant)


def _record_change(
    ports: PeoplePorts, before: Versioned[StaffRecord], after: StaffRecord, terc: str
) -> RecordChange:
    """Who takes an admin's right has another one as witness: of two at once, one is refused."""
    loses = is_admin(before.value, terc) and Role.ADMIN not in (after.membership(terc) or Membership()).roles
    return RecordChange(before, after, remaining_admin(ports, terc, after.uid) if loses else None)


def _asked(ports: PeoplePorts, record: StaffRecord, waiting: Membership, staff: Staff) -> Grant:
    return Grant(
        ports.grants.new_id(),
        staff.terc,
        record.uid,
        record.name,
        waiting.roles,
        staff.person,
        ports.clock.now(),
        waiting.scopes,
    )
