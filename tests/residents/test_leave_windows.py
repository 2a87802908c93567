"""Leaving with a second window open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from infra.local.stack import Stack
from tests.browser.town import Registers
from tests.residents.erasing import erase
from tests.residents.push import until
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

FAREWELL = "Dane zostały usunięte"
STORED = """async () => [
  Object.keys(localStorage), await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length
]"""


def test_other_windows_of_who_leaves_leave_too(stack: Stack, resident: Resident):
    page = resident.settle("/app/me")
    uid = resident.uid()
    other = page.context.new_page()
    other.goto(f"{resident.address}/app/settings")
    expect(other.locator("#language")).to_be_visible()

    erase(page)
    for window in (page, other):
        expect(window.locator("h1")).to_have_text(FAREWELL, timeout=60_000)
    until(lambda: other.evaluate(STORED), lambda found: found == [[], [], 0])
    assert Registers(stack).fields(f"residents/{uid}") is None
