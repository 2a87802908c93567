"""Somebody new to the residents' app on a slow network, who agrees without reading; in Chromium."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
KBIT = 1_000 / 8  # bytes
SLOW = {
    "offline": False,
    "latency": 2_000,  # ms until an answer begins
    "downloadThroughput": 400 * KBIT,
    "uploadThroughput": 400 * KBIT,
}
PATIENCE = 120_000  # ms


@dataclass
class Traffic:
    """What a page asks for, of every host, and how many bytes come as transferred; its network is slow."""

    asked: list[str] = field(default_factory=list)
    size: int = 0

    @classmethod
    def of(cls, page: Page) -> Traffic:
        found = cls()
        watching = page.context.new_cdp_session(page)
        watching.on("Network.requestWillBeSent", lambda event: found.asked.append(event["request"]["url"]))
        watching.on("Network.loadingFinished", found._came)
        watching.send("Network.enable")
        watching.send("Network.emulateNetworkConditions", SLOW)
        return found

    def _came(self, event: dict[str, Any]) -> None:
        self.size += int(event["encodedDataLength"])


@dataclass(frozen=True)
class Visit:
    welcome_s: float
    address_s: float
    requests: int
    kb: float


def visit(page: Page, address: str) -> Visit:
    """Reads nothing: whoever reads gives the app time to fetch what comes next."""
    page.set_default_timeout(PATIENCE)
    traffic = Traffic.of(page)
    began = time.monotonic()
    page.goto(address, wait_until="commit")
    page.locator("#begin").wait_for()
    welcome = time.monotonic()
    page.locator("#consent").check()
    agreed = time.monotonic()
    page.locator("#begin").click()
    page.locator(".tabs").wait_for()
    page.locator("main h1").wait_for()
    done = time.monotonic()
    return Visit(welcome - began, done - agreed, len(traffic.asked), round(traffic.size / 1024, 1))
