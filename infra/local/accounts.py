"""The demonstration's staff: accounts with password, authenticator and role, and their documents."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyotp
import requests

from infra.local.auth_client import (
    Account,
    AuthClient,
    AuthError,
    PendingSignIn,
    fresh_code,
    staff_token,
)
from infra.local.auth_factors import PERIOD, FactorStore
from infra.local.auth_tokens import claims

TERC = "1099013"  # Gmina Regionalna's; no county has the number 99
OTHER_TERC = "1099023"
PASSWORD = "Alert-Online-2026"  # of the demonstration only; STAFF_PASSWORD sets another
TOKEN_RENEWED = 300.0  # seconds before its end that a kept token is not handed out any more


@dataclass(frozen=True)
class Staff:
    key: str  # as in `make code STAFF=anna`
    name: str
    email: str
    roles: tuple[str, ...]
    terc: str | None = None  # None: the municipality of the demonstration

    @property
    def uid(self) -> str:
        return f"staff-{self.key}"

    def account(self, terc: str) -> Account:
        claims = {"terc": self.terc or terc, "roles": list(self.roles), "name": self.name}
        return Account(self.uid, self.email, self.name, claims)


STAFF = {
    member.key: member
    for member in (
        Staff("anna", "Anna Autorska", "anna@regionalna.example", ("author",)),
        Staff("piotr", "Piotr Zatwierdzający", "piotr@regionalna.example", ("approver",)),
        Staff("ewa", "Ewa Obojga", "ewa@regionalna.example", ("author", "approver")),
        Staff("kasia", "Kasia Dyżurna", "kasia@regionalna.example", ("crisis",)),
        Staff("adam", "Adam Administrator", "adam@regionalna.example", ("admin",)),
        Staff("beata", "Beata Administrator", "beata@regionalna.example", ("admin",)),
        Staff("dorota", "Dorota Audytor", "dorota@regionalna.example", ("auditor",)),
        Staff("olga", "Olga Ościenna", "olga@oscienna.example", ("author", "approver"), OTHER_TERC),
    )
}


def password() -> str:
    return os.environ.get("STAFF_PASSWORD") or PASSWORD


class StaffDocuments:
    """`staff/{uid}` (docs/data.md), written over REST: the client library takes the emulator's address from
    the environment alone."""

    def __init__(self, firestore: str, project: str) -> None:
        root = f"projects/{project}/databases/(default)/documents"
        self._url = f"http://{firestore}/v1/{root}/staff"
        self._session = requests.Session()
        self._session.trust_env = False

    def _patch(self, uid: str, fields: dict[str, Any], exists: bool) -> bool:
        """Whether the document was, or was not, there as `exists` says."""
        answer = self._session.patch(
            f"{self._url}/{uid}",
            params={
                "currentDocument.exists": str(exists).lower(),
                "updateMask.fieldPaths": list(fields),
            },
            json={"fields": fields},
            headers={"Authorization": "Bearer owner"},
            timeout=60,
        )
        if answer.status_code in {404, 409}:
            return False
        answer.raise_for_status()
        return True

    def create(self, account: Account) -> None:
        """Leaves a document that is there as it is."""
        since = datetime.now(UTC).replace(microsecond=0).isoformat()
        new = {"active": {"booleanValue": True}, "valid_since": {"timestampValue": since}}
        self._patch(account.uid, _fields(account) | new, exists=False)

    def update(self, account: Account) -> None:
        self._patch(account.uid, _fields(account), exists=True)


def _fields(account: Account) -> dict[str, Any]:
    claims = account.claims
    return {
        "terc": {"stringValue": claims["terc"]},
        "roles": {"arrayValue": {"values": [{"stringValue": role} for role in claims["roles"]]}},
        "name": {"stringValue": claims["name"]},
        "email": {"stringValue": account.email},
    }


def _first_code(secret: str) -> str:
    """The code before the current one: still accepted, and the current one stays free for signing in."""
    return pyotp.TOTP(secret).generate_otp(int(time.time()) // PERIOD - 1)


class StaffAccounts:
    def __init__(self, auth: AuthClient, factors: FactorStore, documents: StaffDocuments) -> None:
        self._auth = auth
        self._factors = factors
        self._documents = documents
        self._tokens: dict[str, str] = {}

    def ensure(self, terc: str | None = None, staff: Sequence[Staff] = tuple(STAFF.values())) -> None:
        """Every account with password, authenticator, claims and document; repeating it changes nothing.

        `terc`: the municipality of those who have none of their own; None leaves existing accounts in theirs.
        """
        self._tokens.clear()
        with ThreadPoolExecutor(len(staff)) as pool:
            list(pool.map(lambda member: self._ensure(member.account(terc or TERC), moved=bool(terc)), staff))

    def _ensure(self, account: Account, moved: bool) -> None:
        enrolled = self._auth.factors(account.uid)
        if enrolled is None:
            self._auth.create(account, password())
        elif moved:
            self._auth.set_claims(account)
        if enrolled and self._factors.ids().isdisjoint(enrolled):
            self._auth.remove_factors(account.uid)  # without its secret a factor is of no use to anyone
        self._ensure_factor(account)
        self._documents.create(account)
        if moved:
            self._documents.update(account)

    def _ensure_factor(self, account: Account) -> None:
        token = self._sign_in(account)
        if isinstance(token, str):  # no second factor was asked for
            self._auth.enrol_totp(token, "Aplikacja", _first_code)

    def _sign_in(self, account: Account) -> str | PendingSignIn:
        try:
            return self._auth.sign_in(account.email, password())
        except AuthError as error:
            if str(error) != "INVALID_PASSWORD":
                raise
            self._auth.set_password(account.uid, password())  # STAFF_PASSWORD was changed
            return self._auth.sign_in(account.email, password())

    def code(self, key: str) -> str:
        """An authenticator code that was not used yet; waits for it if need be, up to 30 seconds."""
        return fresh_code(self._factors, self._factors.of(STAFF[key].uid)[-1].id)

    def token(self, key: str, fresh: bool = False) -> str:
        """Id token with the second factor, by the sign-in of the page; kept, since each costs a code."""
        token = self._tokens.get(key)
        if fresh or token is None or claims(token)["exp"] < time.time() + TOKEN_RENEWED:
            token = staff_token(self._auth, self._factors, STAFF[key].email, password())
            self._tokens[key] = token
        return token
