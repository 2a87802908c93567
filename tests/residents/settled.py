"""Somebody whose first visit is over, for many tests: only what it left in the browser is made once.

A browser context of its own for each test costs a window, the app's files, a sign-in and three views before
the test begins. What a test left is taken away before the next: its pages and routes, the databases but
for the sign-in, the storage, the resident's documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import requests
from playwright.sync_api import Browser, Page, expect

from infra.local.stack import PROJECT, Stack
from tests.browser.conftest import PATIENCE, PHONE, watch
from tests.browser.town import Registers
from tests.residents.push import Phone, wait_for_release
from tests.residents.resident import Resident

SCREEN: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "locale": "pl-PL"}
NOWHERE = "/manifest.webmanifest"  # of the site, and nothing of the app runs there
TRIES = 3
SIGNED_IN = "firebaseLocalStorageDb"

STORED = "() => ({...localStorage})"
RESTORE = """async ([stored, kept]) => {
  localStorage.clear();
  sessionStorage.clear();
  Object.entries(stored).forEach(([name, value]) => localStorage.setItem(name, value));
  const forget = (name) => new Promise((resolve, reject) => {
    const asked = indexedDB.deleteDatabase(name);
    Object.assign(asked, {onsuccess: resolve, onerror: reject});
  });
  const found = (await indexedDB.databases()).map(({name}) => name).filter((name) => name !== kept);
  await Promise.all(found.map(forget));
}"""

FORGET_PUSHES = """async () => {
  const {entries, remove} = await import('/source/sw/state.js');
  for (const store of ['alerts', 'receipts', 'seen', 'local']) {
    await Promise.all((await entries(store)).map(([key]) => remove(store, key)));
  }
  await caches.delete('pages-1');
  const registration = await navigator.serviceWorker.ready;
  (await registration.getNotifications()).forEach((one) => one.close());
}"""


class Kept:
    """One browser of one resident; what tests do to both is taken back."""

    def __init__(self, stack: Stack, browser: Browser, **options: Any) -> None:
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        self._stack, self._registers = stack, Registers(stack)
        self._context = browser.new_context(**SCREEN, **options)
        self._context.set_default_timeout(PATIENCE)
        watch(self._context, self.elsewhere, self.complaints)
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.headers["Authorization"] = "Bearer owner"

    def close(self) -> None:
        self._context.close()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """As of `new_page`: nothing may have left 127.0.0.1, broken the policy or thrown."""
        self.elsewhere.clear()
        self.complaints.clear()
        yield
        assert self.elsewhere == []
        assert self.complaints == []

    def _new_page(self) -> Page:
        """Also takes away what tests gave and took from the browser."""
        for page in self._context.pages:
            page.close()
        self._context.unroute_all()
        self._context.set_offline(False)
        return self._context.new_page()

    def _write_anew(self, uid: str, *collections: str) -> None:
        """The resident without what they wished, and without these documents."""
        for collection in collections:
            self._forget(f"residents/{uid}/{collection}")
        there = self._registers.fields(f"residents/{uid}") or {}
        if there.get("language") == {"stringValue": "pl"} and there.keys() <= {"language", "seen", "updated"}:
            return  # each write is an event for the index
        self._registers.write(f"residents/{uid}", {"language": "pl", "updated": datetime.now(UTC)})

    def _forget(self, collection: str) -> None:
        site = f"http://{self._stack.host('firestore')}/v1"
        path = f"{site}/projects/{PROJECT}/databases/(default)/documents/{collection}"
        found = self._http.get(path, timeout=30).json().get("documents", [])
        for document in found:
            self._delete(f"{site}/{document['name']}")

    def _delete(self, url: str) -> None:
        """Whoever indexes what was written may hold it for a while."""
        for _ in range(TRIES):
            answer = self._http.delete(url, timeout=60)
            if answer.status_code != 409:
                break
        answer.raise_for_status()


class Settled(Kept):
    """Without the service worker; `agreed` and `done` are as new each time."""

    def __init__(self, stack: Stack, browser: Browser) -> None:
        super().__init__(stack, browser, service_workers="block")
        self._stored: dict[str, dict[str, str]] = {}
        self._uid = ""

    def agreed(self) -> Resident:
        """At the step of the address, with no view open yet."""
        return self._anew("agreed")

    def done(self) -> Resident:
        """Has left the steps out; no view is open yet."""
        return self._anew("done")

    def _anew(self, stage: str) -> Resident:
        if not self._uid:
            self._first_visit()
        self._context.clear_permissions()
        resident = Resident(self._stack, self._new_page())
        resident.page.goto(resident.address + NOWHERE)
        resident.page.evaluate(RESTORE, [self._stored[stage], SIGNED_IN])
        self._write_anew(self._uid, "places", "devices")
        return resident

    def _first_visit(self) -> None:
        resident = Resident(self._stack, self._new_page())
        resident.open()
        resident.agree()
        self._stored["agreed"] = resident.page.evaluate(STORED)
        resident.skip()
        resident.skip()
        expect(resident.page).to_have_url(f"{resident.address}/")
        self._stored["done"] = resident.page.evaluate(STORED)
        self._uid = resident.uid()


class SwitchedOn(Kept):
    """With notifications on and the app taken in by the worker; `phone` is as new each time."""

    def __init__(self, stack: Stack, browser: Browser) -> None:
        super().__init__(stack, browser, permissions=["notifications"])
        self._uid = ""

    def phone(self) -> Phone:
        phone = Phone(self._stack, Resident(self._stack, self._new_page()))
        if not self._uid:
            phone.switch_on()
            wait_for_release(phone)
            self._uid = phone.resident.uid()
            return phone
        phone.page.goto(phone.resident.address + NOWHERE)
        phone.page.evaluate(FORGET_PUSHES)
        self._write_anew(self._uid, "places")
        phone.come_back()
        phone.expect_state("on")
        return phone
