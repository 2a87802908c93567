"""The office as the demonstration plays it: staff who use the API through Hosting, as the page does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import requests


class Refused(RuntimeError):
    """The API said no; the text is its problem's detail and every wrong field."""


class StaffClient:
    """`address` of Hosting; `token` gives a member of staff's id token by name; `headers` with each call."""

    def __init__(
        self, address: str, token: Callable[[str], str], headers: Mapping[str, str] | None = None
    ) -> None:
        self._address = address
        self._token = token
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy of the machine's
        self._session.headers.update(headers or {})

    def call(
        self,
        who: str,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        etag: str | None = None,
    ) -> tuple[dict[str, Any], str | None]:
        """The answer's JSON and its ETag. Raises Refused."""
        headers = {"Authorization": f"Bearer {self._token(who)}", "Accept-Language": "en"}
        if etag:
            headers["If-Match"] = etag
        url = f"{self._address}/api{path}"
        answer = self._session.request(method, url, json=body, headers=headers, timeout=60)
        content = answer.json()
        if not answer.ok:
            raise Refused(f"{method} {path}: {answer.status_code} {content}")
        return content, answer.headers.get("ETag")

    def send(
        self, content: Mapping[str, Any], author: str = "anna", approver: str = "piotr"
    ) -> dict[str, Any]:
        """Draft, submit and approve; the alert as approved."""
        alert, etag = self.call(author, "POST", "/alerts", content)
        alert, etag = self.call(author, "POST", f"/alerts/{alert['id']}/submit", etag=etag)
        alert, _ = self.call(approver, "POST", f"/alerts/{alert['id']}/approve", etag=etag)
        return alert

    def alert(self, alert_id: str) -> dict[str, Any]:
        return self.call("anna", "GET", f"/alerts/{alert_id}")[0]

    def summary(self, alert_id: str) -> dict[str, Any]:
        return self.call("anna", "POST", f"/alerts/{alert_id}/summary")[0]

    def delivered(self, alert_id: str) -> bool:
        """Whether every channel has tried everybody; up to 3 seconds late, as the figures are."""
        return bool(self.summary(alert_id)["complete"])


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
