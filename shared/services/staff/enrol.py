"""What somebody does with the link of their invitation: a password, a second factor, codes to put away."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from shared.domain import passwords
from shared.domain.alert import Person
from shared.domain.enrolment import Invitation, Progress, RecoveryCodes
from shared.domain.limits import Limit
from shared.domain.staff import Enrolment, StaffRecord
from shared.errors import FieldError, Forbidden, InvalidInput, NotFound, WrongState
from shared.ports import Change, Versioned
from shared.services.limits.admit import admit
from shared.services.staff.enrol_ports import Doer, EnrolPorts, Visitor, admit_visitor, office_name, recorded
from shared.services.staff.invite import hash_of

CODES, CODE_LENGTH = 10, 12
# Without letters that look alike (Crockford's base 32): 60 bits, and a slow hash behind them.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_COST = {"n": 2**14, "r": 8, "p": 1}  # 16 MiB and some 50 ms a try (RFC 7914)
_LINK = re.compile(r"([A-Za-z0-9_-]{1,128})\.([A-Za-z0-9_-]{43})")


def opened(ports: EnrolPorts, code: str, visitor: Visitor) -> Versioned[Invitation]:
    """Of a link that serves. Raises NotFound for any other, WrongState for what is over, TooMany."""
    found, now = known(ports, code, visitor), ports.clock.now()
    if found.value.state is not Progress.OPEN:
        raise WrongState(f"invitation-{found.value.state}")
    if not found.value.is_open(now):
        raise WrongState("invitation-ended")
    return found


def known(ports: EnrolPorts, code: str, visitor: Visitor) -> Versioned[Invitation]:
    """Raises NotFound, TooMany."""
    admit_visitor(ports, Limit.LINKS, visitor)
    link = _LINK.fullmatch(code)
    if link is None:
        raise NotFound("invitation-unknown")
    admit(ports.limits, Limit.LINK, link[1])
    found, given = ports.store.invitation(link[1]), hash_of(link[2])
    if found is None or not any(hmac.compare_digest(given, one) for one in found.value.codes):
        raise NotFound("invitation-unknown")
    return found


def choose_password(ports: EnrolPorts, code: str, visitor: Visitor, password: str) -> Invitation:
    """The account is made anew with it: whoever has the link has the address. Raises as `opened`,
    InvalidInput for a password that is too easy."""
    invitation = opened(ports, code, visitor).value
    require_good(password, [invitation.name, invitation.email, office_name(ports, invitation.terc)])
    uid, email, name = invitation.uid, invitation.email, invitation.name
    act = _newcomer(invitation, visitor).act("staff.choose-password", uid)
    recorded(ports, act, lambda: ports.accounts.renew(uid, email, name, password))
    return invitation


def _newcomer(invitation: Invitation, visitor: Visitor) -> Doer:
    """Whoever has the link is whom it was sent to, as far as anybody can say."""
    return Doer(invitation.terc, Person(invitation.uid, invitation.name), visitor.where)


def require_good(password: str, context: Sequence[str]) -> None:
    if len(password) < passwords.LEAST:
        raise InvalidInput([FieldError("/password", "password-short", {"least": passwords.LEAST})])
    if len(password) > passwords.MOST:
        raise InvalidInput([FieldError("/password", "password-long", {"most": passwords.MOST})])
    if passwords.is_expected(password, context):
        raise InvalidInput([FieldError("/password", "password-common")])


def make_codes(ports: EnrolPorts, code: str, visitor: Visitor, token: str) -> list[str]:
    """New recovery codes in place of those of before, told this once. The caller has an authenticator app.

    Raises as `opened`, Unauthenticated, Forbidden for somebody else's account.
    """
    invitation = opened(ports, code, visitor).value
    _own(ports, invitation, token)
    return replace_codes(ports, _newcomer(invitation, visitor), invitation.uid)


def replace_codes(ports: EnrolPorts, doer: Doer, uid: str) -> list[str]:
    """Raises Conflict, Unavailable."""
    codes, salt = [_new_code() for _ in range(CODES)], secrets.token_hex(16)
    hashes = tuple(slow_hash(one, salt) for one in codes)
    before = ports.store.recovery_codes(uid)
    after = RecoveryCodes(uid, salt, hashes, ports.clock.now())
    ports.store.commit([Change(before, after)], [doer.act("staff.recovery-codes", uid)])
    return codes


def finish(ports: EnrolPorts, code: str, visitor: Visitor, token: str) -> StaffRecord:
    """They are staff from now on, with this very sign-in; finished again it stays so.

    Raises as `make_codes`, WrongState while there are no recovery codes.
    """
    invitation = known(ports, code, visitor)
    if invitation.value.state is not Progress.TAKEN:
        invitation = opened(ports, code, visitor)
    _own(ports, invitation.value, token)
    record = ports.store.record(invitation.value.uid)
    if record is None or not record.value.active:
        raise WrongState("invitation-withdrawn")
    after = record.value
    if invitation.value.state is Progress.OPEN:
        after = _enrolled(ports, _newcomer(invitation.value, visitor), invitation, record)
    ports.accounts.set_claims(after.uid, claims_of(after))
    return after


def _enrolled(
    ports: EnrolPorts, doer: Doer, invitation: Versioned[Invitation], record: Versioned[StaffRecord]
) -> StaffRecord:
    uid = record.value.uid
    if ports.store.recovery_codes(uid) is None:
        raise WrongState("recovery-codes-first")
    after = replace(record.value, state=Enrolment.ENROLLED)
    taken = invitation.value.moved(state=Progress.TAKEN)
    act = doer.act("staff.enrol", uid, {"state": "invited"}, {"state": "enrolled"})
    ports.store.commit([Change(record, after), Change(invitation, taken)], [act])
    return after


def _own(ports: EnrolPorts, invitation: Invitation, token: str) -> None:
    uid, _ = ports.tokens.signed_in(token)
    if uid != invitation.uid:
        raise Forbidden("invitation-of-another")


def claims_of(record: StaffRecord) -> dict[str, object]:
    """They give nothing; releases before read them, and `sweep` leaves an account with claims alone."""
    return {"terc": record.terc, "roles": sorted(record.roles), "name": record.name}


def _new_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def slow_hash(code: str, salt: str) -> str:
    """Of a code however it is typed."""
    typed = re.sub(r"[\s-]+", "", code.upper()).translate(str.maketrans("OIL", "011"))
    return hashlib.scrypt(typed.encode(), salt=bytes.fromhex(salt), **_COST).hex()
