"""Chromium and the page on the real stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from infra.local.stack import Stack
from tests.browser.site import Site
from tests.browser.town import Town
from tests.clients.chromium import shell_program

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
# A worker that a test puts in place comes from no address; Chromium would keep its pages from the stack.
ARGUMENTS = ["--no-sandbox", "--disable-features=LocalNetworkAccessChecks"]
PHONE: ViewportSize = {"width": 360, "height": 740}
PATIENCE = 60_000  # ms; the stack shares its processors with all other tests

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with launched(shell_program()) as browser:
        yield browser


@contextmanager
def launched(program: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def watch(context: BrowserContext, elsewhere: list[str], complaints: list[str]) -> None:
    """Remembers requests that leave the machine (workers' too), broken policies and scripts that failed."""

    def requested(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname != "127.0.0.1":
            elsewhere.append(request.url)

    def opened(page: Page) -> None:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )

    context.on("request", requested)
    context.on("page", opened)


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser context of its own; at the end, nothing may have left 127.0.0.1 or failed."""
    elsewhere: list[str] = []
    complaints: list[str] = []
    with ExitStack() as contexts:

        def open_page(viewport: ViewportSize = DESKTOP, **options: Any) -> Page:
            context = chromium.new_context(**({"viewport": viewport, "locale": "pl-PL"} | options))
            contexts.callback(context.close)
            watch(context, elsewhere, complaints)
            context.set_default_timeout(PATIENCE)
            return context.new_page()

        yield open_page
    assert elsewhere == []
    assert complaints == []


@pytest.fixture(scope="module")
def town(stack: Stack) -> Town:
    """Fifteen residents: twelve near the middle with fourteen phones, two to a place, three far from it."""
    town = Town(stack)
    near = [(0.0, 0.0), (0.002, 0.003), (-0.002, 0.003), (0.003, -0.004), (-0.003, -0.002)]
    for d_lat, d_lng in near * 2:
        town.settle(d_lat, d_lng)
    for _ in range(2):
        town.settle(0.001, -0.001, phones=2)
    for d_lat, d_lng in [(0.022, 0.035), (-0.022, -0.035), (0.020, -0.030)]:
        town.settle(d_lat, d_lng)
    town.wait_until_indexed()
    return town


@pytest.fixture(scope="session")
def kept_sign_ins() -> dict[str, Any]:
    return {}


@pytest.fixture
def site(stack: Stack, town: Town, new_page: Callable[..., Page], kept_sign_ins: dict[str, Any]) -> Site:
    """The staff's page of the town."""
    return Site(stack, new_page, kept_sign_ins)
