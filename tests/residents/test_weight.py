"""What the list of alerts weighs where no file of the app is kept yet; `pytest -s` prints it file by file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.residents.publisher import Point, Publisher
from tests.residents.reader import home, new_reader, office
from tests.residents.resident import Resident

__all__ = ["home", "office"]
pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

KB = 1024
MOST = 230  # KB; of which Firestore is 112 and signing in 31


class Traffic:
    """What a page takes from the site: the answers' bodies, compressed as they came; their headers apart."""

    def __init__(self, page: Page, site: str) -> None:
        self.bodies: Counter[str] = Counter()
        self.headers: Counter[str] = Counter()
        self._paths: dict[str, str] = {}
        self._site = site
        watching = page.context.new_cdp_session(page)
        watching.on("Network.requestWillBeSent", self._asked)
        watching.on("Network.responseReceived", self._answered)
        watching.on("Network.loadingFinished", self._finished)
        watching.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        address = event["request"]["url"]
        if address.startswith(f"{self._site}/"):
            self._paths[event["requestId"]] = address.removeprefix(self._site)

    def _answered(self, event: dict[str, Any]) -> None:
        if path := self._paths.get(event["requestId"]):
            self.headers[path] += int(event["response"]["encodedDataLength"])

    def _finished(self, event: dict[str, Any]) -> None:
        if path := self._paths.get(event["requestId"]):
            self.bodies[path] += int(event["encodedDataLength"])

    def total(self) -> int:
        return sum((self.bodies - self.headers).values())

    def table(self) -> str:
        lines = [f"{size / KB:7.1f} KB  {path}" for path, size in (self.bodies - self.headers).most_common()]
        headers = sum(self.headers.values()) / KB
        lines += [f"{self.total() / KB:7.1f} KB in {len(lines)} files", f"{headers:7.1f} KB of headers"]
        return "\n".join(lines)


def test_the_list_of_alerts_is_light(new_resident: Callable[..., Resident], office: Publisher, home: Point):
    reader = new_reader(new_resident(), office, home)
    office.publish(home, "Brak wody: ul. Główna")
    expect(reader.item("Brak wody: ul. Główna")).to_be_visible()
    kept = reader.page.context.storage_state(indexed_db=True)
    again = new_resident(storage_state=kept, service_workers="block")
    traffic = Traffic(again.page, again.address)
    again.open()
    expect(again.page.locator("#now .alerts__item")).to_have_count(1)
    print(traffic.table())
    assert traffic.total() <= MOST * KB, traffic.table()
