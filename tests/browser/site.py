"""The staff's page as people use it: signing in, composing, reading what it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

from infra.local.accounts import STAFF, password
from infra.local.stack import Stack


class Site:
    """Opens pages and signs people in."""

    def __init__(self, stack: Stack, new_page: Callable[..., Page], kept: dict[str, Any]) -> None:
        """`kept`: what browsers hold of earlier sign-ins, by account; each sign-in costs a code."""
        self._stack = stack
        self._new_page = new_page
        self._kept = kept
        self.address = stack.address("hosting")

    def open(self, path: str = "/alerts", **options: Any) -> Page:
        page = self._new_page(**options)
        page.goto(self.address + path)
        expect(page.locator("h1")).to_be_visible()
        return page

    def sign_in(self, name: str, path: str = "/alerts", **options: Any) -> Page:
        page = self.open(path, **options)
        self.enter_password(page, name)
        self.enter_code(page, self.code(name))
        expect(page.get_by_role("button", name=re.compile("Wyloguj|Sign out"))).to_be_visible()
        return page

    def signed_in(self, name: str, path: str = "/alerts", **options: Any) -> Page:
        """As `sign_in`, in a browser that remembers an earlier one if there was one."""
        if name not in self._kept:
            self._kept[name] = self.sign_in(name).context.storage_state(indexed_db=True)
        page = self.open(path, storage_state=self._kept[name], **options)
        expect(page.locator(".header__name")).to_have_text(STAFF[name].name)
        return page

    def enter_password(self, page: Page, name: str, secret: str | None = None) -> None:
        page.locator("#email").fill(STAFF[name].email)
        page.locator("#password").fill(secret or password())
        page.locator("form button[type=submit]").click()

    def code(self, name: str) -> str:
        """What the authenticator shows now; waits for one that was not used yet."""
        return self._stack.code(name)

    def enter_code(self, page: Page, code: str) -> None:
        page.locator("#code").fill(code)
        page.locator("form button[type=submit]").click()


def write_texts(page: Page, title: str, body: str) -> None:
    page.get_by_label("Awaria", exact=True).check()
    page.get_by_label("Umiarkowane", exact=True).check()
    page.locator("#pl-title").fill(title)
    page.locator("#pl-body").fill(body)
    page.locator("#area_name").fill("ul. Główna i okolice")


def draw(page: Page, offsets: Sequence[tuple[int, int]], tool: str = "Rysuj obszar") -> None:
    """Clicks corners given in pixels from the middle of the map, then the first one again to close."""
    if tool != "Rysuj obszar":
        more_tools(page)
    page.get_by_role("button", name=tool).click()
    at_map = page.locator(".map")
    at_map.scroll_into_view_if_needed()
    box = at_map.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for x, y in [*offsets, offsets[0]]:
        page.mouse.move(middle[0] + x, middle[1] + y, steps=4)
        page.mouse.click(middle[0] + x, middle[1] + y)
        rest(page)


def rest(page: Page) -> None:
    """By the page's own clock, however busy it is, so long that the next click makes no double click."""
    page.evaluate("() => new Promise(done => setTimeout(done, 300))")


def more_tools(page: Page) -> None:
    """All that few need of the map stands behind "more"."""
    if page.locator("#more-tools").get_attribute("open") is None:
        page.locator("#more-tools > summary").click()


def go(page: Page, step: str) -> None:
    """To a step by its short name: a phone shows one at a time."""
    page.get_by_role("navigation", name="Kroki").get_by_role("button", name=step).click()


def paste_area(page: Page, geometry: object) -> None:
    more_tools(page)
    page.get_by_text("Obszar z GeoJSON").click()
    page.locator("#geojson").fill(json.dumps(geometry))
    page.get_by_role("button", name="Dodaj wklejony obszar").click()


def figure(page: Page, name: str) -> Locator:
    return page.locator(f'[data-figure="{name}"]')
