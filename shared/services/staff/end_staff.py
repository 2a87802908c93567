"""Somebody's roles, and the end of them: the register first, since it alone decides, then the account."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.enrolment import Progress
from shared.domain.staff import Kind, StaffRecord
from shared.errors import NotFound, WrongState
from shared.ports import Change, Versioned
from shared.services.staff.enrol import claims_of
from shared.services.staff.enrol_ports import Doer, EnrolPorts
from shared.services.staff.people_guards import is_admin


def end_staff(ports: EnrolPorts, doer: Doer, uid: str, why: str = "") -> StaffRecord:
    """Nothing works for them from the commit on; broken off, it is finished by asking again.

    An invitation that is open is withdrawn with it. Raises NotFound, WrongState for the last admin, Conflict,
    Unavailable (the account is not disabled yet: the rights have ended all the same).
    """
    record = _of(ports, doer, uid)
    if record.value.active:
        record = _inactive(ports, doer, record, why)
    ports.accounts.disable(uid)
    return record.value


def _of(ports: EnrolPorts, doer: Doer, uid: str) -> Versioned[StaffRecord]:
    found = ports.store.record(uid)
    if found is None or found.value.terc != doer.terc:
        raise NotFound
    if doer.by is not None and found.value.kind is not Kind.PERSON:
        raise NotFound  # sealed by the operator, who alone ends it
    return found


def _inactive(
    ports: EnrolPorts, doer: Doer, record: Versioned[StaffRecord], why: str
) -> Versioned[StaffRecord]:
    uid, witness = record.value.uid, _witness(ports, doer, record.value)
    after = replace(record.value, active=False, valid_since=ports.clock.now(), phone="", proving=None)
    changes = [Change(record, after)]
    invitation = ports.store.invitation(uid)
    if invitation is not None and invitation.value.state is Progress.OPEN:
        changes.append(Change(invitation, invitation.value.moved(state=Progress.WITHDRAWN, codes=())))
    act = doer.act("staff.disable", uid, {"active": True}, {"active": False}, why)
    ports.store.commit([*changes, *witness], [act])
    return Versioned(after, None)


def _witness(ports: EnrolPorts, doer: Doer, leaves: StaffRecord) -> list[Change]:
    """Whoever does it is still as they were, or another admin where they end their own rights: of admins who
    leave at once, one stays. Raises WrongState for the last one."""
    if doer.by is None:
        return []
    others = _other_admins(ports, leaves)
    if is_admin(leaves, leaves.terc) and leaves.employed(ports.clock.now()) and not others:
        raise WrongState("last-admin")
    stays = others[:1] if doer.by.uid == leaves.uid else [doer.by.uid]
    found = [ports.store.record(uid) for uid in stays]
    return [Change(one, one.value) for one in found if one is not None]


def _other_admins(ports: EnrolPorts, leaves: StaffRecord) -> list[str]:
    """Of the municipality, not of where they are employed besides."""
    now, terc = ports.clock.now(), leaves.terc
    return [
        one.uid
        for one in ports.staff.all(terc)
        if one.uid != leaves.uid and is_admin(one, terc) and one.employed(now)
    ]


def set_roles(ports: EnrolPorts, doer: Doer, uid: str, roles: frozenset[str]) -> StaffRecord:
    """By an operator, who stands for the second admin where an office has none yet. Raises as `end_staff`."""
    record = _of(ports, doer, uid)
    after = record.value
    if roles != after.roles:
        after = replace(after, roles=roles)
        before, now = {"roles": sorted(record.value.roles)}, {"roles": sorted(roles)}
        ports.store.commit([Change(record, after)], [doer.act("staff.roles", uid, before, now)])
    ports.accounts.set_claims(uid, claims_of(after))
    return after
