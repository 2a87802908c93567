"""Identity Platform's REST API as the SDKs call it, and as an administrator does, for demo and tests."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import requests

from infra.local.auth_factors import DRIFT, PERIOD, FactorStore

API_KEY = "local"  # any will do: the emulator takes every key for its own project
_OWNER = {"Authorization": "Bearer owner"}


class AuthError(RuntimeError):
    """Auth refused; the text is its error's name, such as INVALID_CODE."""


@dataclass(frozen=True)
class Account:
    uid: str
    email: str
    name: str
    claims: dict[str, Any]


@dataclass(frozen=True)
class PendingSignIn:
    """The password was right; the second factor is still to come."""

    credential: str
    factors: Sequence[str]


class AuthClient:
    def __init__(self, host: str, project: str) -> None:
        """`host` host:port."""
        self._host = host
        self._project = project
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy of the machine's

    def _post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> dict[str, Any]:
        url = f"http://{self._host}/identitytoolkit.googleapis.com/{path}"
        answer = self._session.post(
            url, params={"key": API_KEY} if headers is None else None, json=body, headers=headers, timeout=60
        )
        content: dict[str, Any] = answer.json()
        if not answer.ok:
            raise AuthError(content["error"]["message"])
        return content

    def sign_up_anonymously(self) -> tuple[str, str]:
        """uid and id token of a new resident."""
        created = self._post("v1/accounts:signUp", {"returnSecureToken": True})
        return created["localId"], created["idToken"]

    def sign_in(self, email: str, password: str) -> str | PendingSignIn:
        """The id token, or what is pending while a second factor is asked for. Raises AuthError."""
        body = {"email": email, "password": password, "returnSecureToken": True}
        answer = self._post("v1/accounts:signInWithPassword", body)
        if credential := answer.get("mfaPendingCredential"):
            totp = [factor["mfaEnrollmentId"] for factor in answer["mfaInfo"] if "totpInfo" in factor]
            return PendingSignIn(credential, totp)
        return str(answer["idToken"])

    def finish_sign_in(self, pending: PendingSignIn, factor: str, code: str) -> str:
        """The id token with the second factor in it. Raises AuthError."""
        body = {
            "mfaPendingCredential": pending.credential,
            "mfaEnrollmentId": factor,
            "totpVerificationInfo": {"verificationCode": code},
        }
        return str(self._post("v2/accounts/mfaSignIn:finalize", body)["idToken"])

    def enrol_totp(self, token: str, name: str, code: Callable[[str], str]) -> None:
        """`code` gives the authenticator's code for a secret, as the person would type it."""
        start = {"idToken": token, "totpEnrollmentInfo": {}}
        session = self._post("v2/accounts/mfaEnrollment:start", start)["totpSessionInfo"]
        verification = {
            "sessionInfo": session["sessionInfo"],
            "verificationCode": code(session["sharedSecretKey"]),
        }
        body = {"idToken": token, "displayName": name, "totpVerificationInfo": verification}
        self._post("v2/accounts/mfaEnrollment:finalize", body)

    # As an administrator

    def _administer(self, operation: str, body: Any) -> dict[str, Any]:
        return self._post(f"v1/projects/{self._project}/accounts{operation}", body, headers=_OWNER)

    def factors(self, uid: str) -> list[str] | None:
        """Ids of the account's second factors; None: there is no such account."""
        users = self._administer(":lookup", {"localId": [uid]}).get("users")
        return [factor["mfaEnrollmentId"] for factor in users[0].get("mfaInfo", [])] if users else None

    def create(self, account: Account, password: str) -> None:
        body = {
            "localId": account.uid,
            "email": account.email,
            "emailVerified": True,
            "password": password,
            "displayName": account.name,
        }
        self._administer("", body)
        self.set_claims(account)

    def set_claims(self, account: Account) -> None:
        self._administer(":update", {"localId": account.uid, "customAttributes": json.dumps(account.claims)})

    def remove_factors(self, uid: str) -> None:
        self._administer(":update", {"localId": uid, "mfa": {"enrollments": []}})

    def set_password(self, uid: str, password: str) -> None:
        """Ends the account's sessions, as everywhere."""
        self._administer(":update", {"localId": uid, "password": password})


def fresh_code(factors: FactorStore, factor_id: str) -> str:
    """A code that was not used yet; waits, at most one period, until there is one."""
    factor = factors.get(factor_id)
    if factor is None:
        raise AuthError("MFA_ENROLLMENT_NOT_FOUND")
    step = factor.next_step(time.time())
    time.sleep(max(0.0, (step - DRIFT) * PERIOD - time.time()))
    return factor.code(step)


def staff_token(auth: AuthClient, factors: FactorStore, email: str, password: str) -> str:
    """Signs in as a person would: password, then the authenticator's code. Raises AuthError."""
    pending = auth.sign_in(email, password)
    if isinstance(pending, str):
        raise AuthError("The account has no second factor.")
    factor = pending.factors[0]
    return auth.finish_sign_in(pending, factor, fresh_code(factors, factor))
