"""Signing in at Identity Platform as a browser does: the server's library can neither enrol nor use a factor.

(Identity Platform docs, REST: accounts:signInWithPassword, mfaEnrollment:start, mfaSignIn:finalize.)
"""

from __future__ import annotations

import time
from typing import Any, Protocol

import pyotp
import requests

PERIOD = 30  # seconds of a code
PATIENCE = 30  # seconds
NAME = "Konto awaryjne"  # of the factor


class SignInFailed(Exception):
    """What Identity Platform said."""


class Identity(Protocol):
    def enrol(self, email: str, password: str) -> str:
        """The authenticator's secret, of an account that has none. Raises SignInFailed."""

    def token(self, email: str, password: str, code: str) -> str:
        """The id token after both factors. Raises SignInFailed."""


class RestIdentity:
    """Fulfils Identity. `base`: https://identitytoolkit.googleapis.com, or the emulator's."""

    def __init__(self, base: str, key: str) -> None:
        self._base, self._key = base, key
        self._session = requests.Session()

    def enrol(self, email: str, password: str) -> str:
        token = self._sign_in(email, password)["idToken"]
        start = {"idToken": token, "totpEnrollmentInfo": {}}
        begun = self._post("v2/accounts/mfaEnrollment:start", start)["totpSessionInfo"]
        secret = str(begun["sharedSecretKey"])
        given = {"sessionInfo": begun["sessionInfo"], "verificationCode": _code_before(secret)}
        body = {"idToken": token, "displayName": NAME, "totpVerificationInfo": given}
        self._post("v2/accounts/mfaEnrollment:finalize", body)
        return secret

    def token(self, email: str, password: str, code: str) -> str:
        pending = self._sign_in(email, password)
        factors = [one["mfaEnrollmentId"] for one in pending.get("mfaInfo", []) if "totpInfo" in one]
        if not factors:
            raise SignInFailed("the account has no authenticator")
        body = {
            "mfaPendingCredential": pending["mfaPendingCredential"],
            "mfaEnrollmentId": factors[0],
            "totpVerificationInfo": {"verificationCode": code},
        }
        return str(self._post("v2/accounts/mfaSignIn:finalize", body)["idToken"])

    def _sign_in(self, email: str, password: str) -> dict[str, Any]:
        body = {"email": email, "password": password, "returnSecureToken": True}
        return self._post("v1/accounts:signInWithPassword", body)

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = self._session.post(
                f"{self._base}/{path}", params={"key": self._key}, json=body, timeout=PATIENCE
            )
            content: dict[str, Any] = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise SignInFailed("no answer of Identity Platform") from error
        if not answer.ok:
            raise SignInFailed(str(content.get("error", {}).get("message", answer.status_code)))
        return content


def _code_before(secret: str) -> str:
    """Still accepted; the current one stays free for signing in."""
    return pyotp.TOTP(secret).generate_otp(int(time.time()) // PERIOD - 1)
