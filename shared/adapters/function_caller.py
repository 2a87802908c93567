"""Calling a function of ours directly, with our own identity."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2.id_token import fetch_id_token_credentials

CONNECT_SECONDS = 2.0
READ_SECONDS = 1.0  # a function that is still working after that was started

log = logging.getLogger(__name__)


class CloudFunctionCaller:
    """Fulfils ports.FunctionCaller."""

    def __init__(self, function_urls: Mapping[str, str]) -> None:
        self._urls = function_urls
        self._credentials: dict[str, Credentials] = {}

    def call(self, function: str, payload: Mapping[str, str | int]) -> bool:
        try:
            status = self._post(self._urls[function], payload)
        except requests.ReadTimeout:
            return True
        except (requests.RequestException, GoogleAuthError) as error:
            log.warning("%s could not be called: %s", function, type(error).__name__)
            return False
        if status >= 300:
            log.warning("%s refused a call: HTTP %d", function, status)
        return status < 300

    def _post(self, url: str, payload: Mapping[str, str | int]) -> int:
        answer = requests.post(
            f"{url}/",
            json=dict(payload),
            headers={"Authorization": f"Bearer {self._token(url)}"},
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            allow_redirects=False,
        )
        return answer.status_code

    def _token(self, audience: str) -> str:
        """An id token, renewed some minutes before it expires."""
        if audience not in self._credentials:
            self._credentials[audience] = fetch_id_token_credentials(audience, Request())
        credentials = self._credentials[audience]
        if not credentials.valid:
            credentials.refresh(Request())
        return str(credentials.token)
