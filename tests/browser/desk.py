"""The staff's page on the real API with fakes beneath it, in Chromium: no stack, and Firebase is a stand-in.

Whoever is signed in is a name of tests.fakes.tokens.STAFF.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from infra.local.processes import ROOT
from shared.adapters.clock import SystemClock
from shared.domain.alert import Alert, Person, State, replace
from shared.domain.staff import StaffRecord
from shared.ports import Staff
from tests.browser.conftest import DESKTOP
from tests.browser.town import BASE_MAP, BOUNDARY, LAT, LNG, square
from tests.fakes.alert_values import alert, content, entry
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.staff import LONG_AGO
from tests.fakes.staff_api import Api, StaffApi
from tests.fakes.tokens import STAFF

SITE = ROOT / "web-admin"
PATIENCE = 20_000  # ms
# Nobody listens there: each request is answered here. Browsers hold it for secure, as locks and ids need.
ADDRESS = "http://localhost:4999"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}
TYPES |= {".webmanifest": "application/manifest+json", ".png": "image/png"}

# What the page uses of Firebase: a person who is signed in by name, with the name as the token. Who signs in
# once more is asked for a code, and has "-again" behind the name, which is a token of another sign-in.
FIREBASE = """
const signedIn = () => localStorage.getItem('signed-in');
const listeners = [];
const auth = {get currentUser() { const name = signedIn(); return name ? userOf(name) : null; }};
const claims = {firebase: {sign_in_second_factor: 'totp'}};
const userOf = (name) => ({
  uid: `uid-${name.split('-')[0]}`, email: `${name.split('-')[0]}@urzad.example`,
  getIdToken: async () => name, getIdTokenResult: async () => ({claims}),
});
const tell = () => listeners.forEach((listener) => listener(auth.currentUser));
const nothing = () => ({});
export const browserLocalPersistence = {}, indexedDBLocalPersistence = {}, inMemoryPersistence = {};
export const initializeApp = (config) => { globalThis.firebaseConfig = config; };
export const connectAuthEmulator = nothing;
export const initializeAuth = () => auth;
export const onAuthStateChanged = (_, listener) => {
  listeners.push(listener); queueMicrotask(tell); return () => {}; };
export const signOut = async () => { localStorage.removeItem('signed-in'); tell(); };
export const signInWithEmailAndPassword = async (_, email) => {
  if (signedIn()) throw Object.assign(new Error(), {code: 'auth/multi-factor-auth-required'});
  localStorage.setItem('signed-in', email.split('@')[0]); tell(); };
export const getMultiFactorResolver = () => ({
  hints: [{factorId: 'totp', uid: 'app'}],
  resolveSignIn: async () => localStorage.setItem('signed-in', `${signedIn()}-again`),
});
export const multiFactor = nothing;
export const TotpMultiFactorGenerator = {FACTOR_ID: 'totp', assertionForSignIn: nothing};
"""


@dataclass
class Desk:
    """An office and its pages; `office` holds what the API reads, `broken` paths answer as told, or never."""

    browser: Browser
    office: StaffApi
    api: Api
    broken: dict[str, int | None] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def context(self, name: str, **options: Any) -> BrowserContext:
        """A browser in which this person is signed in."""
        context = self.browser.new_context(**({"viewport": DESKTOP, "locale": "pl-PL"} | options))
        context.set_default_timeout(PATIENCE)
        context.add_init_script(
            f"if (location.port && !sessionStorage.began) {{ localStorage.setItem('signed-in', '{name}');"
            " sessionStorage.began = '1'; }"
        )
        context.route(f"{ADDRESS}/**", self._serve)
        context.on("page", lambda page: page.on("pageerror", lambda error: self.faults.append(str(error))))
        self.contexts.append(context)
        return context

    def register(self, name: str, one: Staff) -> None:
        """Among the office's people, where admins find them."""
        self.office.register.records[one.person.uid] = StaffRecord(
            one.terc,
            one.roles,
            one.person.name,
            active=True,
            valid_since=LONG_AGO,
            uid=one.person.uid,
            email=f"{name}@urzad.example",
        )

    def open(self, name: str, path: str = "/alerts", **options: Any) -> Page:
        return self.tab(self.context(name, **options), path)

    def tab(self, context: BrowserContext, path: str) -> Page:
        page = context.new_page()
        page.goto(f"{ADDRESS}{path}")
        expect(page.locator("h1")).to_be_visible(timeout=PATIENCE)
        return page

    def _serve(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/api/"):
            self._answer(route)
        elif path == "/__/firebase/init.json":
            route.fulfill(json={"projectId": "demo"})
        elif path == "/vendor/firebase.js":
            route.fulfill(body=FIREBASE, content_type="text/javascript")
        else:
            file = SITE / path.lstrip("/")
            found = file if file.is_file() else SITE / "index.html"
            route.fulfill(body=found.read_bytes(), content_type=TYPES.get(Path(found).suffix, "text/html"))

    def _answer(self, route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self.asked.append((request.method, path))
        for name, status in self.broken.items():
            if name in f"{request.method} {path}":
                if status is not None:
                    body = json.dumps({"title": f"Błąd {status}", "detail": "Nie teraz.", "code": "broken"})
                    route.fulfill(status=status, body=body, content_type="application/problem+json")
                return  # None: no answer ever comes
        headers = {name: value for name, value in request.headers.items() if name != "host"}
        answer = self.api.client.open(
            path, method=request.method, headers=headers, data=request.post_data_buffer
        )
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.get_data())

    def alert(self, alert_id: str, title: str = "", **changes: Any) -> Alert:
        """One by Anna, about the middle of the municipality, valid for a day, with its first entry."""
        now = datetime.now(UTC)
        told = content(
            texts={"pl": replace(content().texts["pl"], title=title or f"Alert {alert_id}")},
            area=json.dumps(changes.pop("area", square(LAT, LNG, 0.006, 0.008))),
            expires=now + timedelta(days=3),
            **{name: changes.pop(name) for name in ("event", "severity", "send_at") if name in changes},
        )
        times = {"created": now - timedelta(hours=1), "updated": now - timedelta(hours=1)}
        made = alert(alert_id, **{**times, "content": told, **changes})
        self.office.alerts.put(made)
        self.office.alerts.note(alert_id, entry(made))
        return made

    def submitted(self, alert_id: str = "a1", title: str = "", **changes: Any) -> Alert:
        return self.alert(alert_id, title, state=State.SUBMITTED, submitted=datetime.now(UTC), **changes)

    def stored(self, alert_id: str) -> Alert:
        found = self.office.alerts.get(alert_id)
        assert found
        return found.value

    def only(self) -> Alert:
        """The one alert that there is."""
        page = self.office.alerts.list(STAFF["anna"].terc, (), 10, None)
        assert len(page.items) == 1
        return page.items[0]

    def count(self) -> int:
        return len(self.office.alerts.list(STAFF["anna"].terc, (), 100, None).items)


EWA: Person = STAFF["ewa"].person


@pytest.fixture
def desk(chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    from shared import wiring

    office = StaffApi(clock=SystemClock(), key_origin=ADDRESS)  # type: ignore[arg-type]
    office.municipalities.shapes = {STAFF["anna"].terc: json.dumps(BOUNDARY)}
    office.municipalities.base_map_text = json.dumps(BASE_MAP)
    audience = FakeAudienceStore(SystemClock())
    api = office.open(monkeypatch)
    monkeypatch.setattr(wiring, "audience", lambda: audience)
    desk = Desk(chromium, office, api)
    yield desk
    for context in desk.contexts:
        context.close()
    assert not desk.faults, desk.faults


def eventually(page: Page, holds: Callable[[], bool]) -> None:
    """Waits while the page goes on."""
    for _ in range(PATIENCE // 100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came to hold")
