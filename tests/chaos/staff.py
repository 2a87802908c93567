"""Staff who do not give up: what the page's user does when an answer fails to come."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import requests

from tests.clients.staff import Refused, StaffClient

T = TypeVar("T")
LONGEST = 40.0  # seconds


def content(where: dict[str, Any], severity: str) -> dict[str, Any]:
    """What anna writes; to be sent as soon as it is approved. `where`: its `area`, or its `parts`."""
    return {
        "category": "failure",
        "severity": severity,
        "texts": {
            "pl": {"title": "Brak wody. Pękła rura.", "body": "Wody nie będzie do wieczora."},
            "en": {"title": "No water. A main has burst.", "body": "No water until the evening."},
        },
        **where,
        "area_name": "Gmina",
        "expires": (datetime.now(UTC) + timedelta(hours=2)).isoformat(),
        "send_at": None,
    }


class Staff:
    def __init__(self, office: StaffClient) -> None:
        self._office = office

    def submitted(self, where: dict[str, Any], severity: str) -> tuple[dict[str, Any], str | None]:
        """The alert, written and submitted, and its ETag."""
        alert, etag = self._office.call("anna", "POST", "/alerts", content(where, severity))
        return self._office.call("anna", "POST", f"/alerts/{alert['id']}/submit", etag=etag)

    def followed(
        self, before: str, what: str, where: dict[str, Any], severity: str
    ) -> tuple[dict[str, Any], str | None]:
        """A message in the place of another one, submitted, and its ETag; an update is for `where`."""
        _, etag = self._office.call("anna", "GET", f"/alerts/{before}")
        alert, etag = self._office.call("anna", "POST", f"/alerts/{before}/{what}", etag=etag)
        path = f"/alerts/{alert['id']}"
        if what == "update":
            changed = {**content(where, severity), "area_change": "eased"}
            alert, etag = self._office.call("anna", "PUT", path, changed, etag=etag)
        return self._office.call("anna", "POST", f"{path}/submit", etag=etag)

    def approve(self, alert: str, etag: str | None) -> int:
        """How often it had to be asked for. A refusal is no matter once the alert has moved on."""
        ends, asked = time.monotonic() + LONGEST, 0
        while time.monotonic() < ends:
            asked += 1
            if _came_through(
                lambda: self._office.call("piotr", "POST", f"/alerts/{alert}/approve", etag=etag)
            ):
                return asked
            seen = _came_through(lambda: self._office.alert(alert))
            if seen and seen["state"] != "submitted":
                return asked
            time.sleep(0.1)
        raise TimeoutError("the approval never came through")


def _came_through(call: Callable[[], T]) -> T | None:
    try:
        return call()
    except (Refused, requests.RequestException):  # also an answer that is no JSON: Hosting's 502
        return None
