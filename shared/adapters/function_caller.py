"""Calling a function of ours directly, with our own identity."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2.id_token import fetch_id_token_credentials

CONNECT_SECONDS = 2.0
READ_SECONDS = 50.0  # a cold start and a plan; the request that calls has 60 (infra/functions.yaml)
PATIENCE = 0.8  # seconds that whoever asked for the call waits for its answer
CALLS_AT_ONCE = 8

log = logging.getLogger(__name__)


class CloudFunctionCaller:
    """Fulfils ports.FunctionCaller.

    Each call has a thread that stays with it to its answer: Cloud Run owes nothing to a request whose caller
    has hung up, while an instance that is not yet there keeps the caller waiting for seconds.
    """

    def __init__(
        self,
        function_urls: Mapping[str, str],
        headers: Callable[[], Mapping[str, str]] = dict,
        patience: float = PATIENCE,
    ) -> None:
        """`headers` go with each call, as those of a trace do."""
        self._urls = function_urls
        self._headers = headers
        self._patience = patience
        self._credentials: dict[str, Credentials] = {}
        self._threads = ThreadPoolExecutor(CALLS_AT_ONCE, "call")

    def call(self, function: str, payload: Mapping[str, str | int]) -> bool:
        traced = copy_context()  # what the thread logs belongs to this request
        answer = self._threads.submit(traced.run, self._call, function, payload)
        try:
            return answer.result(self._patience)
        except TimeoutError:
            return True

    def _call(self, function: str, payload: Mapping[str, str | int]) -> bool:
        try:
            status = self._post(self._urls[function], payload)
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
            headers={"Authorization": f"Bearer {self._token(url)}", **self._headers()},
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
