"""Somebody with the app on their phone, who does what the screen asks."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from infra.local.stack import Stack
from tests.browser.town import Registers

UID = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('firebaseLocalStorageDb');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const objects = opening.result.transaction('firebaseLocalStorage').objectStore('firebaseLocalStorage');
    objects.getAll().onsuccess = ({target}) => {
      opening.result.close();
      resolve(target.result.map(({value}) => value.uid)[0] ?? null);
    };
  };
})"""


class Resident:
    """Drives the page as a person would; reads what Firestore then holds of them."""

    def __init__(self, stack: Stack, page: Page) -> None:
        self.page = page
        self.address = stack.address("residents")
        self._registers = Registers(stack)

    def open(self, path: str = "/") -> Page:
        """The view of the path, with its heading."""
        self.page.goto(self.address + path)
        self.expect_view()
        return self.page

    def expect_view(self, heading: str | None = None) -> None:
        shown = self.page.locator("main h1")
        expect(shown).to_be_visible()
        if heading:
            expect(shown).to_have_text(heading)

    def agree(self) -> None:
        """Consents on the first screen, and stands at the step of the address."""
        self.page.locator("#consent").check()
        self.page.locator("#begin").click()
        expect(self.page.locator(".tabs")).to_be_visible()

    def settle(self, path: str = "/") -> Page:
        """Somebody who has agreed and left the other steps out, at `path`."""
        self.open()
        self.agree()
        self.skip()
        self.skip()
        expect(self.page).to_have_url(f"{self.address}/")
        return self.open(path) if path != "/" else self.page

    def skip(self) -> None:
        """Leaves the step of the first visit out, or goes on where it is done already."""
        heading = self.page.url
        self.page.locator("#skip-step, #go-on").first.click()
        expect(self.page).not_to_have_url(heading)

    def uid(self) -> str:
        """As the browser's Firebase keeps it; fails when nobody is signed in."""
        uid = self.page.evaluate(UID)
        assert isinstance(uid, str), "nobody is signed in"
        return uid

    def document(self, path: str = "") -> dict[str, Any] | None:
        """Fields of residents/{uid}{path}, as Firestore types them."""
        return self._registers.fields(f"residents/{self.uid()}{path}")
