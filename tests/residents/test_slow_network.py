"""The first visit on a slow network asks seldom and brings little; its time is a benchmark's business."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from infra.local.stack import Stack
from tests.browser.town import Town
from tests.clients.newcomer import Visit, visit
from tests.residents.conftest import SCREEN

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]

REQUESTS = 25  # 22 today, of which three are of Auth and Firestore
KB = 240  # 227 today, of which Firestore is 112 and Auth 31
PATIENCE = 120  # seconds


@pytest.fixture(scope="module")
def visited(stack: Stack, town: Town, chromium: object) -> Callable[[Page], Visit]:
    return lambda page: visit(page, f"{stack.address('residents')}/")


@pytest.mark.parametrize("language", ["pl-PL", "uk-UA"])
def test_who_is_new_comes_to_the_address_with_few_requests(
    visited: Callable[[Page], Visit], new_page: Callable[..., Page], language: str
):
    found = visited(new_page(**{**SCREEN, "locale": language}))
    print(found)
    assert found.requests <= REQUESTS
    assert found.kb <= KB
    assert found.welcome_s + found.address_s < PATIENCE
