"""The account that is sealed on paper: made, sealed anew, tried."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlsplit

from manage.staff_emergency.identity import Identity
from shared.domain.lifecycle import Role
from shared.domain.staff import Kind, StaffRecord
from shared.ports import Change, Versioned
from shared.services.staff.access_review import SEAL, TEST
from shared.services.staff.enrol_ports import Doer, EnrolPorts

OPERATOR = "manage.staff_emergency"  # where an act of the audit came from
NAME = "Konto awaryjne"
# Read aloud and typed at night: no letter that is taken for another. 8 groups of 4 are 155 bits.
LETTERS, GROUPS, GROUP = "abcdefghjkmnpqrstuvwxyz23456789", 8, 4


class Trouble(Exception):
    """What the operator has to put right; its text says how."""


@dataclass(frozen=True)
class Sheet:
    """What is printed once and kept nowhere else."""

    office: str
    address: str  # of the page
    email: str
    password: str
    secret: str  # of the authenticator, Base32


def create(ports: EnrolPorts, identity: Identity, terc: str) -> Sheet:
    """Raises Trouble where there is one already, SignInFailed, Conflict, Unavailable."""
    found = ports.store.record(_uid(terc))
    if found is not None and found.value.active:
        raise Trouble("There is a sealed account. `seal` makes a new sheet for it.")
    return _sealed(ports, identity, terc, found)


def seal(ports: EnrolPorts, identity: Identity, terc: str) -> Sheet:
    """A new password and a new authenticator: the sheet of before opens nothing any more."""
    return _sealed(ports, identity, terc, _known(ports, terc))


def test(ports: EnrolPorts, terc: str, password: str, code: str, sign_in: SignIn) -> None:
    """A trial of all that the night needs, from the sheet to the page's own door; everybody is told of it.

    Raises Trouble, SignInFailed.
    """
    record = _known(ports, terc).value
    sign_in(record.email, password, code)
    ports.store.commit([], [Doer(terc, None, OPERATOR).act(TEST, record.uid)])


class SignIn:
    """With both factors, and once through the door of the page."""

    def __init__(self, identity: Identity, door: Door) -> None:
        self._identity, self._door = identity, door

    def __call__(self, email: str, password: str, code: str) -> None:
        self._door.enter(self._identity.token(email, password, code))


class Door(Protocol):
    def enter(self, token: str) -> None:
        """Raises Trouble."""


class PageDoor:
    """Fulfils Door: the API behind the page, as a browser calls it."""

    def __init__(self, address: str) -> None:
        self._address = address

    def enter(self, token: str) -> None:
        import requests

        headers = {"Authorization": f"Bearer {token}", "User-Agent": OPERATOR}
        answer = requests.get(f"{self._address}/api/me", headers=headers, timeout=30)
        if not answer.ok:
            raise Trouble(
                f"The page did not let the sealed account in: {answer.status_code} {answer.text[:200]}"
            )


def _sealed(ports: EnrolPorts, identity: Identity, terc: str, before: Versioned[StaffRecord] | None) -> Sheet:
    """The account first: until the register knows it, it opens nothing."""
    host = urlsplit(ports.staff_url).hostname
    if not host:
        raise Trouble("Set STAFF_URL, the address of the staff's page: the sheet leads there.")
    office = ports.municipalities.get(terc)
    if office is None:
        raise Trouble(f"There is no municipality {terc}.")
    email, password, uid = f"konto-awaryjne-{terc}@{host}", _password(), _uid(terc)
    ports.accounts.renew(uid, email, NAME, password)
    secret = identity.enrol(email, password)
    since = ports.clock.now()
    known = StaffRecord(uid=uid) if before is None else before.value
    after = replace(
        known,
        terc=terc,
        roles=frozenset({Role.AUTHOR.value}),
        name=NAME,
        active=True,
        valid_since=since.replace(microsecond=0),
        email=email,
        kind=Kind.BREAK_GLASS,
    )
    ports.store.commit([Change(before, after)], [Doer(terc, None, OPERATOR).act(SEAL, uid)])
    return Sheet(office.name, ports.staff_url, email, password, secret)


def _known(ports: EnrolPorts, terc: str) -> Versioned[StaffRecord]:
    found = ports.store.record(_uid(terc))
    if found is None or not found.value.active:
        raise Trouble("There is no sealed account yet. `create` makes one.")
    return found


def _uid(terc: str) -> str:
    return f"sealed-{terc}"


def _password() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)
