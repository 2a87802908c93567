"""The residents' app on a phone, on the real stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from infra.local.stack import Stack
from tests.browser.conftest import PHONE, launched, new_page
from tests.browser.town import LAT, LNG, Town
from tests.clients.chromium import chromium_program
from tests.residents.push import Phone
from tests.residents.register import keep_register
from tests.residents.resident import Resident
from tests.residents.settled import Settled, SwitchedOn

__all__ = ["new_page"]

SCREEN: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
HERE = {"latitude": LAT, "longitude": LNG, "accuracy": 12}


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The whole browser: it asks whether notifications may be shown."""
    with launched(chromium_program()) as browser:
        yield browser


@pytest.fixture(scope="module")
def town(stack: Stack) -> Town:
    """The demonstration's municipality with its register; nobody lives there but those the test settles."""
    town = Town(stack)
    keep_register(town)
    return town


@pytest.fixture
def new_resident(stack: Stack, town: Town, new_page: Callable[..., Page]) -> Callable[..., Resident]:
    """Someone new with a phone of their own.

    Takes the options of a browser context: `geolocation=HERE, permissions=["geolocation", "notifications"]`,
    `color_scheme="dark"`. At the end, nothing may have left 127.0.0.1, broken the policy or thrown.
    """

    def make(**options: Any) -> Resident:
        return Resident(stack, new_page(**{**SCREEN, **options}))

    return make


@pytest.fixture(scope="package")
def _settled(_running_stack: Stack, chromium: Browser) -> Iterator[Settled]:
    settled = Settled(_running_stack, chromium)
    yield settled
    settled.close()


@pytest.fixture
def settled(_settled: Settled, town: Town) -> Iterator[Settled]:
    """Somebody whose first visit was made before, without the service worker; as new for each test."""
    with _settled.watched():
        yield _settled


@pytest.fixture(scope="module")
def _switched_on(stack: Stack, town: Town, chromium: Browser) -> Iterator[SwitchedOn]:
    switched_on = SwitchedOn(stack, chromium)
    yield switched_on
    switched_on.close()


@pytest.fixture
def kept_phone(_switched_on: SwitchedOn) -> Iterator[Phone]:
    """One phone for the tests of a module: notifications are on, the worker has the app, its owner lives
    nowhere, and nothing has come yet."""
    with _switched_on.watched():
        yield _switched_on.phone()


@pytest.fixture
def resident(new_resident: Callable[..., Resident]) -> Resident:
    """Someone new, who has not opened the app yet."""
    return new_resident()


@pytest.fixture
def app_page(resident: Resident) -> Page:
    """The app as somebody who has agreed sees it, without an address and without notifications."""
    return resident.settle()
