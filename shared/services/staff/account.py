"""What people change of their own account: the password, the recovery codes."""

from __future__ import annotations

from datetime import timedelta

from shared.errors import Unauthenticated
from shared.ports import Staff
from shared.services.staff.enrol import replace_codes, require_good
from shared.services.staff.enrol_ports import Doer, EnrolPorts, office_name, recorded

RECENT = timedelta(minutes=5)  # since password and code were entered: a page left open changes nothing


def change_password(ports: EnrolPorts, staff: Staff, token: str, password: str) -> None:
    """Ends every sign-in of before, this one too. Raises InvalidInput, Unauthenticated, Unavailable."""
    _require_recent(ports, token)
    uid = staff.person.uid
    record = ports.store.record(uid)
    email = record.value.email if record else ""
    require_good(password, [staff.person.name, email, office_name(ports, staff.terc)])
    act = _doer(staff).act("staff.password", uid)
    recorded(ports, act, lambda: ports.accounts.set_password(uid, password))


def new_codes(ports: EnrolPorts, staff: Staff, token: str) -> list[str]:
    """Told this once. Raises Unauthenticated, Conflict, Unavailable."""
    _require_recent(ports, token)
    return replace_codes(ports, _doer(staff), staff.person.uid)


def codes_left(ports: EnrolPorts, staff: Staff) -> int:
    found = ports.store.recovery_codes(staff.person.uid)
    return len(found.value.hashes) if found else 0


def _require_recent(ports: EnrolPorts, token: str) -> None:
    _, at = ports.tokens.signed_in(token)
    if ports.clock.now() - at > RECENT:
        raise Unauthenticated("recent-sign-in-required")


def _doer(staff: Staff) -> Doer:
    return Doer(staff.terc, staff.person, staff.origin)
