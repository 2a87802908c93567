"""OIDC tokens for the stand-ins that call functions as a service account."""

from __future__ import annotations

import time

import aiohttp

from infra.local.identity.issuer import TOKEN_SECONDS

RENEW_BEFORE = 300.0  # seconds


class IdTokens:
    """Tokens from the identity stand-in, kept until five minutes before they expire."""

    def __init__(self, identity: str, session: aiohttp.ClientSession) -> None:
        self._accounts = f"{identity.rstrip('/')}/computeMetadata/v1/instance/service-accounts"
        self._session = session
        self._kept: dict[tuple[str, str], tuple[float, str]] = {}

    async def token(self, email: str, audience: str) -> str:
        """Raises aiohttp.ClientError when the issuer does not answer or does not know the account."""
        until, token = self._kept.get((email, audience), (0.0, ""))
        if time.monotonic() < until:
            return token
        token = await self._fetch(email, audience)
        self._kept[email, audience] = (time.monotonic() + TOKEN_SECONDS - RENEW_BEFORE, token)
        return token

    async def _fetch(self, email: str, audience: str) -> str:
        async with self._session.get(
            f"{self._accounts}/{email}/identity",
            params={"audience": audience, "format": "full"},
            headers={"Metadata-Flavor": "Google"},
            raise_for_status=True,
        ) as answer:
            return await answer.text()
