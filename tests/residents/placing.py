"""What a resident does on the screen of a place, and what Firestore then holds of it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page, expect

from tests.residents.resident import Resident

Fields = Mapping[str, Any]

ARRIVAL = 120.0  # seconds; the stack shares its processors with all other tests


def await_document(resident: Resident, path: str, holds: Callable[[Fields | None], bool]) -> Fields:
    """Fields of residents/{uid}{path}, once they are as they should be."""
    end = time.monotonic() + ARRIVAL
    while not holds(found := resident.document(path)) and time.monotonic() < end:
        time.sleep(0.1)
    assert holds(found), found
    return found or {}


def await_cell(resident: Resident, slot: str, cell: str) -> Fields:
    stands = {"stringValue": cell}
    return await_document(
        resident, f"/places/{slot}", lambda fields: bool(fields) and fields["cell"] == stands
    )


def use_location(page: Page) -> None:
    page.get_by_role("button", name="Użyj mojej lokalizacji").click()


def other_ways(page: Page) -> None:
    """Unfolds them, where they are not yet."""
    if not page.locator("#coordinates").is_visible():
        page.locator("#other-ways summary").click()


def type_coordinates(page: Page, text: str) -> None:
    other_ways(page)
    page.locator("#coordinates").fill(text)
    page.get_by_role("button", name="Pokaż na mapie").click()


def pick(page: Page, text: str, name: str) -> None:
    """An address by what is typed, of the list that it leads to."""
    page.locator("#address").fill(text)
    page.locator(".combobox__option").filter(has_text=name).first.click()
    expect(page.locator("#place-point")).to_have_text(name)


def save(page: Page, label: str) -> None:
    expect(page.locator("#save")).to_be_visible()
    if not page.locator("#label").is_visible():
        page.locator("#more-details summary").click()
    page.locator("#label").fill(label)
    press_save(page)


def press_save(page: Page) -> None:
    """And nothing else: somebody new can be asked for notifications along with it."""
    page.locator("#save, #save-only").last.click()


def shown_point(page: Page) -> tuple[float, float]:
    text = page.locator('[data-fact="point"]').text_content() or ""
    lat, lng = map(float, re.findall(r"\d+\.\d+", text))
    return lat, lng
