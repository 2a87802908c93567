"""Who may call a function: the check that Cloud Run makes before a request reaches the container."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import jwt

from infra.local.identity.issuer import ISSUER

SIGNATURE_REMOVED = "SIGNATURE_REMOVED_BY_GOOGLE"
UNAUTHENTICATED = (
    "The request was not authenticated. Either allow unauthenticated invocations or set the proper "
    "Authorization header."
)
Header = tuple[bytes, bytes]


class Refusal(Exception):
    """Status and text as Cloud Run's ("Troubleshoot Cloud Run", 401 and 403)."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text

    @property
    def headers(self) -> list[Header]:
        if self.status != 401:
            return []
        return [
            (b"www-authenticate", b'Bearer error="invalid_token" error_description="%s"' % self.text.encode())
        ]


class Iam:
    """Lets through who shows an OIDC token of one of `callers`, issued for `audience` and still valid."""

    def __init__(self, identity: str, audience: str, callers: Collection[str]) -> None:
        self._keys = jwt.PyJWKClient(f"{identity.rstrip('/')}/oauth2/v3/certs")
        self._audience = audience
        self._callers = callers

    def admit(self, headers: Iterable[Header]) -> list[Header]:
        """The headers that the function may see: the token without its signature. Raises Refusal.

        X-Serverless-Authorization goes first: it leaves Authorization to the function.
        """
        given = list(headers)
        name, token = _bearer(given)
        claims = self._verify(token)
        if claims.get("email") not in self._callers or not claims.get("email_verified"):
            raise Refusal(403, "The caller does not have permission to invoke this service.")
        unsigned = f"Bearer {token.rpartition('.')[0]}.{SIGNATURE_REMOVED}".encode()
        return [(key, unsigned if key == name else value) for key, value in given]

    def _verify(self, token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._keys.get_signing_key_from_jwt(token).key,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=ISSUER,
                options={"require": ["exp", "iat", "aud", "iss"]},
            )
        except jwt.PyJWKClientConnectionError:
            raise Refusal(503, "The token issuer does not answer.") from None
        except jwt.PyJWTError:
            raise Refusal(401, "The access token could not be verified") from None
        return claims


def _bearer(headers: Iterable[Header]) -> tuple[bytes, str]:
    found = {key.lower(): value for key, value in headers}
    for name in (b"x-serverless-authorization", b"authorization"):
        scheme, _, token = found.get(name, b"").decode("latin-1").partition(" ")
        if scheme.lower() == "bearer" and token:
            return name, token.strip()
    raise Refusal(403, UNAUTHENTICATED)
