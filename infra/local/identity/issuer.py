"""Signs what Google would sign, with a key that outlives a restart."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://accounts.google.com"
TOKEN_SECONDS = 3600
APP_CHECK_ISSUER = "https://firebaseappcheck.googleapis.com/"
PROJECT_NUMBER = "1"
ACCESS_TOKEN_PREFIX = "ya29."  # as Google's: opaque to whoever holds it
ACCESS_AUDIENCE = "https://oauth2.googleapis.com/token"
FAR = timedelta(days=3650)


def _load_key(folder: Path) -> rsa.RSAPrivateKey:
    path = folder / "issuer.pem"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_private(path, rsa.generate_private_key(public_exponent=65537, key_size=2048))
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path} holds no RSA key; remove it to get a new one")
    return key


def _write_private(path: Path, key: rsa.RSAPrivateKey) -> None:
    draft = path.with_suffix(".new")
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)
    draft.rename(path)


def unique_id(email: str) -> str:
    """The 21 digits by which Google names an account in `sub`."""
    return str(10**20 + int(hashlib.sha256(email.encode()).hexdigest(), 16) % (9 * 10**20))


class Issuer:
    """One signing key and everything it vouches for."""

    def __init__(self, folder: Path) -> None:
        self._key = _load_key(folder)
        public = self._key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.key_id = hashlib.sha1(public).hexdigest()
        self._certificate = self._self_signed()

    def id_token(self, email: str, audience: str, extra: Mapping[str, Any] | None = None) -> str:
        """An OIDC token as Google's: RS256, valid for an hour."""
        claims = {
            "aud": audience,
            "azp": unique_id(email),
            "email": email,
            "email_verified": True,
            "iss": ISSUER,
            "sub": unique_id(email),
        }
        return self._sign({**claims, **(extra or {})})

    def access_token(self, email: str, scopes: Sequence[str]) -> str:
        claims = {"aud": ACCESS_AUDIENCE, "email": email, "sub": unique_id(email), "scope": " ".join(scopes)}
        return ACCESS_TOKEN_PREFIX + self._sign(claims)

    def app_check_token(self, app: str, project: str) -> str:
        """As Firebase App Check's (Firebase docs, "Verify App Check tokens from a custom backend")."""
        audiences = [f"projects/{PROJECT_NUMBER}", f"projects/{project}"]
        return self._sign({"sub": app, "aud": audiences, "iss": f"{APP_CHECK_ISSUER}{PROJECT_NUMBER}"})

    def verify_access_token(self, token: str) -> dict[str, Any]:
        """The claims. Raises jwt.InvalidTokenError."""
        if not token.startswith(ACCESS_TOKEN_PREFIX):
            raise jwt.InvalidTokenError("not an access token")
        return self._verify(token.removeprefix(ACCESS_TOKEN_PREFIX), audience=ACCESS_AUDIENCE)

    def verify_id_token(self, token: str) -> dict[str, Any]:
        """The claims, whatever the audience. Raises jwt.InvalidTokenError."""
        return self._verify(token, issuer=ISSUER, options={"verify_aud": False})

    def certificates(self) -> dict[str, str]:
        return {self.key_id: self._certificate}

    def jwk_set(self) -> dict[str, Any]:
        key = json.loads(RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [{**key, "kid": self.key_id, "alg": "RS256", "use": "sig"}]}

    def _sign(self, claims: Mapping[str, Any]) -> str:
        now = int(time.time())
        times = {"iat": now, "exp": now + TOKEN_SECONDS}
        return jwt.encode({**times, **claims}, self._key, algorithm="RS256", headers={"kid": self.key_id})

    def _verify(self, token: str, **checks: Any) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(token, self._key.public_key(), algorithms=["RS256"], **checks)
        return claims

    def _self_signed(self) -> str:
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "accounts.google.com, local")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + FAR)
            .sign(self._key, hashes.SHA256())
        )
        return certificate.public_bytes(serialization.Encoding.PEM).decode()
