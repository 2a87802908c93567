"""Somebody's roles, and the end of them: the register first, since it alone decides, then the account."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.enrolment import Progress
from shared.domain.staff import StaffRecord
from shared.errors import NotFound, WrongState
from shared.ports import Change, Versioned
from shared.services.staff.enrol import claims_of
from shared.services.staff.enrol_ports import Doer, EnrolPorts


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
    return found


def _inactive(
    ports: EnrolPorts, doer: Doer, record: Versioned[StaffRecord], why: str
) -> Versioned[StaffRecord]:
    uid = record.value.uid
    if doer.by is not None and _is_last_admin(ports, record.value):
        raise WrongState("last-admin")
    after = replace(record.value, active=False, valid_since=ports.clock.now())
    changes = [Change(record, after)]
    invitation = ports.store.invitation(uid)
    if invitation is not None and invitation.value.state is Progress.OPEN:
        changes.append(Change(invitation, invitation.value.moved(state=Progress.WITHDRAWN, codes=())))
    act = doer.act("staff.disable", uid, {"active": True}, {"active": False}, why)
    ports.store.commit([*changes, *_witness(ports, doer, uid)], [act])
    return Versioned(after, None)


def _witness(ports: EnrolPorts, doer: Doer, uid: str) -> list[Change]:
    """Whoever does it is still as they were: of two admins who disable each other at once, one stays."""
    if doer.by is None or doer.by.uid == uid:
        return []
    own = ports.store.record(doer.by.uid)
    return [] if own is None else [Change(own, own.value)]


def _is_last_admin(ports: EnrolPorts, record: StaffRecord) -> bool:
    now = ports.clock.now()
    admins = {one.uid for one in ports.staff.all(record.terc) if "admin" in one.roles and one.employed(now)}
    return admins == {record.uid}


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
