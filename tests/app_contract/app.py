"""The app that is played: what a phone does through the SDKs, over their REST interfaces."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import requests

from infra.local.stack import PROJECT, Stack
from tests.browser.town import LAT, LNG, Town, square
from tests.clients.staff import StaffClient
from tests.rules.conftest import AppClient

LATE = 120.0  # seconds; far above what it takes, on any machine
HOME = (LAT + 0.011, LNG - 0.013)  # nobody else of the town lives there
Found = dict[str, Any]


def eventually(look: Callable[[], Any], what: str) -> Any:
    """What `look` answers once it answers anything."""
    end = time.monotonic() + LATE
    while not (found := look()):
        if time.monotonic() > end:
            raise AssertionError(f"{what} within {LATE:.0f} s")
        time.sleep(0.2)
    return found


class App(AppClient):
    """Signed in anonymously, or not at all."""

    def __init__(self, stack: Stack, signed_in: bool = True) -> None:
        self.uid, token = stack.anonymous() if signed_in else ("nobody", None)
        super().__init__(stack.host("firestore"), PROJECT, token)

    @property
    def root(self) -> str:
        return f"residents/{self.uid}"

    def read(self, path: str) -> Found | None:
        """The typed fields; None when there is no such document."""
        answer = self._connection.request("GET", f"{self._url}/{path}")
        if answer.status == 404:
            return None
        assert answer.status == 200, answer.data
        fields: Found = answer.json().get("fields", {})
        return fields

    def newest(self, terc: str, active: bool = False) -> list[str]:
        """Ids of what is published, by the queries of docs/app-developers.md."""
        filters = [("terc", terc)] + ([("state", "active")] if active else [])
        where = [
            {"fieldFilter": {"field": {"fieldPath": name}, "op": "EQUAL", "value": {"stringValue": value}}}
            for name, value in filters
        ]
        query = {
            "from": [{"collectionId": "published"}],
            "where": {"compositeFilter": {"op": "AND", "filters": where}},
            "orderBy": [{"field": {"fieldPath": "sent"}, "direction": "DESCENDING"}],
            "limit": 50,
        }
        answer = self._post(":runQuery", {"structuredQuery": query})
        assert answer.status == 200, answer.data
        return [row["document"]["name"].rpartition("/")[2] for row in answer.json() if "document" in row]


@dataclass
class World:
    """One resident with three phones, one who wants to be spared, a stranger; an alert for their home."""

    stack: Stack
    town: Town
    notifications: str | None = None  # the command of an app's own logic; None: the reference
    alerts: dict[str, str] = field(default_factory=dict)  # id by name

    @cached_property
    def me(self) -> App:
        return App(self.stack)

    @cached_property
    def spared(self) -> App:
        return App(self.stack)

    @cached_property
    def stranger(self) -> App:
        return App(self.stack)

    @cached_property
    def nobody(self) -> App:
        return App(self.stack, signed_in=False)

    @cached_property
    def office(self) -> StaffClient:
        return StaffClient(self.stack.address("hosting"), self.stack.staff_token)

    def send(self, name: str, **changes: object) -> str:
        """An alert around HOME, once it is delivered; its id."""
        alert: str = self.office.send(
            {
                "category": "failure",
                "severity": "Moderate",
                "texts": {"pl": {"title": "Brak wody", "body": "Pękła rura. Wody nie będzie do 14:00."}},
                "area": square(*HOME, 0.001, 0.001),
                "area_name": "Rynek",
                "expires": (datetime.now(UTC) + timedelta(hours=2)).isoformat(),
                **changes,
            }
        )["id"]
        self.alerts[name] = alert
        eventually(lambda: self.office.delivered(alert), "the alert was not delivered")
        return alert

    def alert(self, name: str) -> str:
        assert name in self.alerts, "no alert was sent, see 5.1"
        return self.alerts[name]

    def pushes(self, name: str) -> dict[str, Found]:
        """What FCM took for the alert, by target."""
        url = f"{self.stack.address('fcm_control')}/messages"
        answer = requests.get(url, params={"alert": self.alert(name)}, timeout=30)
        answer.raise_for_status()
        found: list[Found] = answer.json()["messages"]
        assert len({one["target"] for one in found}) == len(found), "a phone was pushed twice"
        return {one["target"]: one["message"] for one in found}

    def target(self, platform: str) -> str:
        return f"{platform}-{self.me.uid}"

    def data(self, platform: str) -> Found:
        """Of the push to that phone of mine."""
        found: Found = self.pushes("first")[self.target(platform)]["data"]
        return found
