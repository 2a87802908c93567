"""A phone that is lost: by a recovery code, or by two admins, the person enrols anew from their mail box."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Sequence
from dataclasses import replace

from shared.domain.alert import Person
from shared.domain.enrolment import LOST_PHONE_WAITS, VALID, Invitation, LostPhone, RecoveryCodes
from shared.domain.limits import Limit
from shared.domain.own_factors import Factors
from shared.domain.staff import Enrolment, Kind, StaffRecord
from shared.errors import Forbidden, NotFound, Unavailable, WrongState
from shared.formats.staff_mail import Letter, lost_phone_letter
from shared.ports import Change, Versioned
from shared.services.limits.admit import admit, forgive
from shared.services.staff.enrol import slow_hash
from shared.services.staff.enrol_ports import Doer, EnrolPorts, Visitor, admit_visitor, office_name
from shared.services.staff.invite import mail_link, tell_admins
from shared.services.staff.people_guards import is_admin

_NO_SALT = "00" * 16
log = logging.getLogger(__name__)


def recover(ports: EnrolPorts, email: str, code: str, visitor: Visitor) -> None:
    """With one of the codes that were put away; it is used up. The link goes to their mail box alone.

    Raises Forbidden, alike for a wrong code and for an unknown person; TooMany.
    """
    admit_visitor(ports, Limit.RECOVERIES, visitor)
    admit(ports.limits, Limit.CODE, email)
    uid = ports.accounts.uid_of(email)
    record = ports.store.record(uid) if uid else None
    codes = ports.store.recovery_codes(uid) if uid else None
    used = _match(code, codes.value if codes else None)
    if record is None or codes is None or used is None or not _may_renew(ports, record.value):
        raise Forbidden("recovery-refused")
    person = Person(record.value.uid, record.value.name)
    doer = Doer(record.value.terc, person, visitor.where)
    _renew(ports, doer, record, "recovery code", [Change(codes, codes.value.without(used))])
    forgive(ports.limits, Limit.CODE, email)


def _match(code: str, codes: RecoveryCodes | None) -> str | None:
    """As slow where there are none."""
    given = slow_hash(code, codes.salt if codes else _NO_SALT)
    return next((one for one in codes.hashes if hmac.compare_digest(one, given)), None) if codes else None


def _may_renew(ports: EnrolPorts, record: StaffRecord) -> bool:
    """Whoever was invited again already has a link; the account sealed on paper has no mail box."""
    return record.employed(ports.clock.now()) and record.kind is Kind.PERSON


def say_lost(ports: EnrolPorts, doer: Doer, uid: str) -> bool:
    """Whether it is done: the first admin says it, another one confirms it within a day.

    What was said by who is no admin any more counts for nothing. Raises NotFound, WrongState, Forbidden for
    one's own phone, Conflict.
    """
    by, now = doer.by, ports.clock.now()
    record = ports.store.record(uid)
    if by is None or record is None or record.value.terc != doer.terc:
        raise NotFound
    if by.uid == uid:
        raise Forbidden("own-phone")
    if not _may_renew(ports, record.value):
        raise WrongState("not-enrolled-now")
    said = ports.store.lost_phone(uid)
    first = None if said is None else ports.store.record(said.value.by)
    if said is None or first is None or not (said.value.counts(now) and _still_says(ports, doer, first)):
        said_now = LostPhone(uid, doer.terc, by.uid, now, now + LOST_PHONE_WAITS)
        ports.store.commit([Change(said, said_now)], [doer.act("staff.lost-phone", uid)])
        tell_admins(ports, doer.terc, _letter(ports, record.value, "said"), record.value.email)
        return False
    if said.value.by == by.uid:
        return False
    changes = [Change(said, replace(said.value, ends=now)), Change(first, first.value)]
    changes += _no_factors(ports, uid)
    _renew(ports, doer, _keyless(record), "two admins", changes)
    return True


def _still_says(ports: EnrolPorts, doer: Doer, first: Versioned[StaffRecord]) -> bool:
    return is_admin(first.value, doer.terc) and first.value.employed(ports.clock.now())


def renew_by_operator(ports: EnrolPorts, doer: Doer, uid: str) -> None:
    """Where nobody of an office can confirm. Raises NotFound, WrongState, Conflict."""
    record = ports.store.record(uid)
    if record is None or record.value.terc != doer.terc:
        raise NotFound
    if not _may_renew(ports, record.value):
        raise WrongState("not-enrolled-now")
    _renew(ports, doer, _keyless(record), "operator", _no_factors(ports, uid))


def _keyless(record: Versioned[StaffRecord]) -> Versioned[StaffRecord]:
    """Two admins vouch for the person, so keys go as well, which may be where the phone is; a recovery code
    alone takes none away."""
    return replace(record, value=replace(record.value, has_key=False))


def _no_factors(ports: EnrolPorts, uid: str) -> list[Change]:
    found = ports.store.factors(uid)
    return [] if found is None else [Change(found, Factors(uid))]


def _renew(
    ports: EnrolPorts, doer: Doer, record: Versioned[StaffRecord], why: str, more: Sequence[Change]
) -> None:
    """From the commit on the person can do nothing; all that comes after may fail and be made up for: the
    account is made anew as the link is used, and any admin sends another one."""
    now, person = ports.clock.now(), record.value
    before = ports.store.invitation(person.uid)
    made = Invitation(person.uid, person.terc, person.email, person.name, now, now + VALID, renewal=True)
    made = made if before is None else replace(made, revision=before.value.revision + 1)
    invited = replace(person, state=Enrolment.INVITED, valid_since=now)
    acts = [doer.act("staff.renew", person.uid, {"state": "enrolled"}, {"state": "invited"}, why)]
    ports.store.commit([Change(record, invited), Change(before, made), *more], acts)
    try:
        ports.accounts.remove(person.uid)
    except Unavailable:
        log.warning("an account of somebody who enrols anew was not removed yet")
    _send(ports, doer, person.uid)
    tell_admins(ports, person.terc, _letter(ports, person, "done"))


def _send(ports: EnrolPorts, doer: Doer, uid: str) -> None:
    found = ports.store.invitation(uid)
    if found is not None:
        mail_link(ports, doer, found)


def _letter(ports: EnrolPorts, person: StaffRecord, step: str) -> Letter:
    return lost_phone_letter(person.name, office_name(ports, person.terc), f"{ports.staff_url}/people", step)
