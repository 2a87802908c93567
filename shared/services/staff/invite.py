"""Inviting somebody to become staff: an invitation each, a mail each time that somebody wants one sent."""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass, replace

from shared.domain.enrolment import VALID, Invitation, Mailing, Progress
from shared.domain.staff import Enrolment, StaffRecord
from shared.errors import (
    AlertOnlineError,
    Conflict,
    FieldError,
    Forbidden,
    InvalidInput,
    MailRefused,
    NotFound,
    PreconditionFailed,
    Throttled,
    Unavailable,
    WrongState,
)
from shared.formats.staff_mail import Letter, invitation_letter, renewal_letter
from shared.ports import Change, Staff, Versioned
from shared.services.staff.enrol_ports import Doer, EnrolPorts, office_name
from shared.services.staff.people_guards import is_admin

TWO_ADMINS = frozenset({"approver", "crisis", "admin"})  # granted by a second admin, never by an invitation
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Newcomer:
    """`email` in lower case: one person, one account."""

    name: str
    email: str
    roles: frozenset[str]


def require_admin(staff: Staff) -> None:
    """Raises Forbidden for whoever does not decide about people."""
    if "admin" not in staff.roles:
        raise Forbidden("role-missing")


def invite(ports: EnrolPorts, doer: Doer, newcomer: Newcomer) -> Invitation:
    """An invitation that no mail was sent for yet; asked for again, the one that is there.

    Raises InvalidInput for an address that is somebody's who is staff already, Conflict, Unavailable.
    """
    now = ports.clock.now()
    uid = ports.accounts.uid_of(newcomer.email) or uid_for(newcomer.email)
    record, invitation = ports.store.record(uid), ports.store.invitation(uid)
    if record is not None and record.value.active:
        if record.value.state is Enrolment.ENROLLED or record.value.terc != doer.terc:
            raise InvalidInput([FieldError("/email", "staff-already")])
        if invitation is not None and invitation.value.is_open(now):
            return invitation.value
    alone = newcomer.roles if doer.by is None else newcomer.roles - TWO_ADMINS
    wanted = tuple(sorted(newcomer.roles))
    made = Invitation(uid, doer.terc, newcomer.email, newcomer.name, now, now + VALID, wanted=wanted)
    person = StaffRecord(
        doer.terc,
        alone,
        newcomer.name,
        active=True,
        valid_since=now,
        uid=uid,
        email=newcomer.email,
        state=Enrolment.INVITED,
        has_key=record is not None and record.value.has_key,  # the keys are still theirs
    )
    words = {"name": person.name, "email": person.email, "roles": sorted(alone), "wanted": list(wanted)}
    changes = [Change(record, person), Change(invitation, _after(invitation, made))]
    ports.store.commit(changes, [doer.act("staff.invite", uid, after=words)])
    return _after(invitation, made)


def _after(before: Versioned[Invitation] | None, made: Invitation) -> Invitation:
    return made if before is None else replace(made, revision=before.value.revision + 1)


def uid_for(email: str) -> str:
    """The same for the same address, so that two who invite somebody at once invite them once."""
    return "p" + hashlib.sha256(email.encode()).hexdigest()[:27]


def mail_first(ports: EnrolPorts, doer: Doer, invitation: Invitation) -> Invitation:
    """With the mail of a new invitation; one that was sent before is left to whoever wants it sent again."""
    found = ports.store.invitation(invitation.uid)
    if found is None or found.value.mailed is not None:
        return invitation if found is None else found.value
    return mail_link(ports, doer, found)[0]


def send_invitation(ports: EnrolPorts, doer: Doer, uid: str, expected: int) -> Invitation:
    """One mail with a new link; what became of it is told by `mail` of the answer.

    BEGUN means that nobody knows whether it went out. Nothing sends another by itself: whoever is told so
    asks the person, or presses again after a minute; the links of both mails serve. Pressed twice, the second
    press has seen an older revision. Raises NotFound, WrongState, PreconditionFailed, Unavailable.
    """
    found = _open(ports, doer.terc, uid)
    if found.value.revision != expected:
        raise PreconditionFailed
    return mail_link(ports, doer, found)[0]


def mail_link(ports: EnrolPorts, doer: Doer, found: Versioned[Invitation]) -> tuple[Invitation, str]:
    """As it stands afterwards, and the link. Raises WrongState soon after another mail."""
    now, code = ports.clock.now(), secrets.token_urlsafe(32)
    if found.value.rests(now):
        raise WrongState("invitation-just-sent")
    begun = found.value.mailing(hash_of(code), now)
    try:
        ports.store.commit([Change(found, begun)], [doer.act("staff.send-invitation", found.value.uid)])
    except Conflict as error:
        raise PreconditionFailed from error
    link = f"{ports.staff_url}/join#{begun.uid}.{code}"
    letter = (renewal_letter if begun.renewal else invitation_letter)(
        begun.name, office_name(ports, begun.terc), link
    )
    return _noted(ports, begun, hand_over(ports, begun.email, letter)), link


def hand_over(ports: EnrolPorts, to: str, letter: Letter) -> Mailing:
    """One attempt."""
    try:
        ports.mail().send(to, letter.subject, letter.text)
    except Throttled:
        return Mailing.THROTTLED
    except MailRefused:
        return Mailing.REFUSED
    except Unavailable:
        return Mailing.BEGUN
    return Mailing.SENT


def _noted(ports: EnrolPorts, begun: Invitation, mail: Mailing) -> Invitation:
    """What cannot be noted stays as it was begun: unknown."""
    if mail is Mailing.BEGUN:
        return begun
    try:
        found = ports.store.invitation(begun.uid)
        if found is None or found.value.revision != begun.revision:
            return begun
        told = begun.moved(mail=mail)
        ports.store.commit([Change(found, told)])
    except (Conflict, Unavailable) as error:
        log.warning("what became of a mail was not noted: %s", error.code)
        return begun
    return told


def withdraw(ports: EnrolPorts, doer: Doer, uid: str) -> Invitation:
    """Its links open nothing from now on; repeated it stays so. Raises NotFound, WrongState, Conflict."""
    found = ports.store.invitation(uid)
    record = ports.store.record(uid)
    if found is None or found.value.terc != doer.terc:
        raise NotFound
    if found.value.state is Progress.WITHDRAWN:
        return found.value
    if found.value.state is Progress.TAKEN:
        raise WrongState("invitation-taken")
    taken_back = found.value.moved(state=Progress.WITHDRAWN, codes=())
    changes = [Change(found, taken_back)]
    if record is not None and not found.value.renewal:
        changes.append(Change(record, replace(record.value, active=False)))
    ports.store.commit(changes, [doer.act("staff.withdraw-invitation", uid)])
    return taken_back


def _open(ports: EnrolPorts, terc: str, uid: str) -> Versioned[Invitation]:
    """One whose time has passed is open to be sent again."""
    found = ports.store.invitation(uid)
    if found is None or found.value.terc != terc:
        raise NotFound
    if found.value.state is not Progress.OPEN:
        raise WrongState(f"invitation-{found.value.state}")
    return found


def hash_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def tell_admins(ports: EnrolPorts, terc: str, letter: Letter, besides: str = "") -> None:
    """Those who decide about people, and whom it concerns; who cannot be told now holds nothing up."""
    now = ports.clock.now()
    people = [one for one in ports.staff.all(terc) if is_admin(one, terc) and one.employed(now)]
    addresses = dict.fromkeys([besides, *(one.email for one in people)])
    untold = sum(not told(ports, to, letter) for to in addresses if to)
    if untold:
        log.error("%d people who decide about others were not told by e-mail", untold)


def told(ports: EnrolPorts, to: str, letter: Letter) -> bool:
    """Whether the mail was taken; nothing is tried again."""
    try:
        return hand_over(ports, to, letter) is Mailing.SENT
    except AlertOnlineError:
        return False
