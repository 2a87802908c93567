"""Google's part of an id token, in this process: the signing key, its certificate, the accounts."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import jwt
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from firebase_admin import credentials
from google.auth.credentials import AnonymousCredentials
from urllib3 import HTTPResponse

PROJECT = "alert-online-test"


class NoCredential(credentials.Base):  # type: ignore[misc]  # firebase_admin has no types
    def get_credential(self) -> AnonymousCredentials:
        return AnonymousCredentials()


class GoogleIdentity:
    """Answers the certificate endpoint and accounts:lookup; `away` makes both unreachable."""

    def __init__(self) -> None:
        self.key = _signing_key()
        self.account: dict[str, Any] | None = {"localId": "uid-anna", "validSince": "0", "disabled": False}
        self.away = False
        self.asked: list[str] = []

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def send(_: Any, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
            return self._answer(request)

        monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)

    def token(self, key: rsa.RSAPrivateKey | None = None, kid: str = "k1", **changes: object) -> str:
        """An id token of Anna's after both factors; a change of None leaves the claim out."""
        claims = {name: value for name, value in {**_claims(), **changes}.items() if value is not None}
        return jwt.encode(claims, key or self.key, algorithm="RS256", headers={"kid": kid})

    def _users(self) -> Mapping[str, Any]:
        return (
            {"users": [self.account]} if self.account else {"kind": "identitytoolkit#GetAccountInfoResponse"}
        )

    def _answer(self, request: requests.PreparedRequest) -> requests.Response:
        self.asked.append(request.url or "")
        if self.away:
            raise requests.exceptions.ConnectionError("nobody there")
        known: Mapping[str, Any] = (
            {"k1": _certificate(self.key)} if "x509" in (request.url or "") else self._users()
        )
        body = HTTPResponse(
            io.BytesIO(json.dumps(known).encode()),
            headers={"Content-Type": "application/json", "Cache-Control": "no-store"},
            status=200,
            preload_content=False,
        )
        return requests.adapters.HTTPAdapter().build_response(request, body)


@cache
def _signing_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _claims() -> dict[str, Any]:
    now = int(datetime.now(UTC).timestamp())
    return {
        "iss": f"https://securetoken.google.com/{PROJECT}",
        "aud": PROJECT,
        "sub": "uid-anna",
        "iat": now - 60,
        "exp": now + 3000,
        "auth_time": now - 60,
        "firebase": {"sign_in_provider": "password", "sign_in_second_factor": "totp"},
        "terc": "1201022",
        "roles": ["author"],
        "name": "Anna Nowak",
    }


def unsigned(**changes: object) -> str:
    """As the Auth emulator makes them: alg none, no signature."""
    return jwt.encode({**_claims(), **changes}, None, algorithm="none")


def _certificate(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "securetoken")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
