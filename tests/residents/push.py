"""A browser that receives pushes: what the FCM stand-in recorded, delivered to its worker by Chromium."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import requests
from playwright.sync_api import CDPSession, Page, expect

from infra.local.stack import PROJECT, Stack
from tests.browser.town import LAT, LNG, Registers, square
from tests.clients.staff import StaffClient
from tests.residents.resident import Resident

PATIENCE = 120.0  # seconds; the stack shares its processors with all other tests

TITLE = "Brak wody: ul. Główna"

# Chromium's getNotifications() deletes whatever is stored and not displayed yet, so that a notification that
# is asked for while it is being shown is never found (platform_notification_context_impl.cc,
# DoReadAllNotificationDataForServiceWorkerRegistration). So nobody asks while the worker shows one.
COUNT_SHOWING = """() => {
  if ('showing' in self) return;
  self.showing = 0;
  const show = ServiceWorkerRegistration.prototype.showNotification;
  ServiceWorkerRegistration.prototype.showNotification = async function (...given) {
    self.showing += 1;
    try {
      return await show.apply(this, given);
    } finally {
      self.showing -= 1;
    }
  };
}"""

SHOWN = """async () => {
  while (self.showing) await new Promise((resolve) => setTimeout(resolve, 20));
  return (await self.registration.getNotifications()).map(
    ({title, body, tag, silent, renotify, lang, icon, data, actions}) =>
      ({title, body, tag, silent, renotify, lang, icon, data, actions: actions.map(({title}) => title)}));
}"""

WAITS = """(path) => new Promise((resolve) => {
  indexedDB.open('alert-online').onsuccess = ({target: {result: database}}) => {
    database.transaction('receipts').objectStore('receipts').get(path).onsuccess = ({target}) => {
      database.close();
      resolve(target.result?.done === false);
    };
  };
})"""

_VISITS = count()
Found = TypeVar("Found")


def until(
    ask: Callable[[], Found], holds: Callable[[Found], object] = bool, seconds: float = PATIENCE
) -> Found:
    """Asks until the answer holds; the answer. Fails with the last one."""
    end = time.monotonic() + seconds
    while not holds(found := ask()):
        assert time.monotonic() < end, f"still {found!r}"
        time.sleep(0.1)
    return found


KEPT = """async () => {
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map(({url}) => new URL(url).pathname);
}"""


def kept_files(phone: Phone) -> list[str]:
    """Paths of what the worker has for times without a network."""
    paths: list[str] = phone.page.evaluate(KEPT)
    return paths


def wait_for_release(phone: Phone) -> None:
    """The worker has taken in the whole app."""
    until(lambda: kept_files(phone), lambda paths: "/current" in paths)


def water_main(**changes: object) -> dict[str, Any]:
    """An alert for the middle of the municipality, as staff write it."""
    return {
        "category": "failure",
        "severity": "Moderate",
        "texts": {"pl": {"title": TITLE, "body": "Pękła rura. Zakręć krany."}},
        "area": square(LAT, LNG, 0.008, 0.008),
        "area_name": "ul. Główna i okolice",
        "expires": (datetime.now(UTC) + timedelta(hours=2)).isoformat(timespec="seconds"),
        "send_at": None,
        **changes,
    }


def push(**changes: str) -> dict[str, str]:
    """What the worker gets, for an alert that nobody has sent."""
    now = datetime.now(UTC)
    return {
        "alert": "unsent1",
        "thread": "unsent1",
        "version": "1",
        "category": "failure",
        "severity": "Moderate",
        "title": TITLE,
        "body": "Pękła rura.",
        "language": "pl",
        "terc": "1209033",
        "sound": "on",
        "sent": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "expires": f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}",
        "proof": "0" * 64,
        **changes,
    }


class Phone:
    """The resident's browser with notifications on, and a place in the middle of the municipality."""

    def __init__(self, stack: Stack, resident: Resident) -> None:
        self.resident = resident
        self.page: Page = resident.page
        self.registers = Registers(stack)
        self.office = StaffClient(stack.address("hosting"), stack.staff_token)
        database = f"projects/{PROJECT}/databases/(default)"
        self._firestore = f"http://{stack.host('firestore')}/v1/{database}/documents"
        self._fcm = stack.address("fcm_control")
        self._target = ""
        self._visit = next(_VISITS)  # the worker, which may be an earlier one's, takes each message once

    # ---- Receiving

    def switch_on(self) -> None:
        """By the resident's own click; the permission must be granted by the browser's context."""
        self.resident.settle("/app/notifications")
        self.expect_state("on")
        self.worker()

    def expect_state(self, state: str) -> None:
        expect(self.page.locator("#receive-state")).to_have_class(f"receive-state receive-state--{state}")

    def live_here(self, latitude: float = LAT, longitude: float = LNG) -> None:
        """Has a place there, and stands in the index with this browser."""
        point = {"latitude": latitude, "longitude": longitude}
        place = {"label": "Dom", "point": point, "updated": datetime.now(UTC)}
        self.registers.write(f"residents/{self.resident.uid()}/places/1", place)
        self.indexed()

    def indexed(self, **fields: str) -> dict[str, Any]:
        """The first place in the index, once it stands there with this browser and these texts."""
        self._target = self.token()
        path = f"audience/{self.resident.uid()}.1"
        wanted = {name: {"stringValue": value} for name, value in fields.items()}
        found = until(
            lambda: self.registers.fields(path),
            lambda entry: entry and self._target in json.dumps(entry) and wanted.items() <= entry.items(),
        )
        assert found
        return found

    def token(self) -> str:
        device = self.resident.document(f"/devices/{self.slot()}")
        assert device
        value: str = device["target"]["mapValue"]["fields"]["value"]["stringValue"]
        return value

    def slot(self) -> str:
        device = self.state("device", "this")
        slot: str = device["slot"]
        return slot

    def forget_device(self) -> None:
        """Its document is gone, as after FCM called it unknown."""
        path = f"residents/{self.resident.uid()}/devices/{self.slot()}"
        url = f"{self._firestore}/{path}"
        requests.delete(url, headers={"Authorization": "Bearer owner"}, timeout=30).raise_for_status()

    def state(self, store: str, key: str) -> Any:
        """What the page and the worker remember (sw/state.js)."""
        ask = (
            f"import('/source/sw/state.js').then(state => state.read({json.dumps(store)}, {json.dumps(key)}))"
        )
        return self.page.evaluate(ask)

    # ---- Pushes

    def send(self, **changes: object) -> str:
        """An alert, written and approved by staff; its id, once FCM has the push for this browser."""
        alert: str = self.office.send(water_main(**changes))["id"]
        self.pushed(alert)
        return alert

    def cancel(self, alert: str) -> None:
        """By staff; until everybody can read that it no longer holds."""
        revision = self.office.alert(alert)["revision"]
        self.office.call("piotr", "POST", f"/alerts/{alert}/cancel", etag=f'"{revision}"')
        path = f"published/{alert}"
        until(lambda: self.registers.fields(path), lambda found: found and "cancelled" in str(found["state"]))

    def pushed(self, alert: str) -> dict[str, Any]:
        """The first message that FCM took for this browser."""
        return until(lambda: self.messages(alert))[0]

    def messages(self, alert: str) -> list[dict[str, Any]]:
        """What FCM has taken for this browser by now."""
        answer = requests.get(f"{self._fcm}/messages", params={"alert": alert}, timeout=30)
        return [message for message in answer.json()["messages"] if message["target"] == self._target]

    def leave(self) -> None:
        """The app is closed: nothing but the worker is left to receive."""
        self.page.goto("about:blank")

    def come_back(self, path: str = "/app/notifications") -> None:
        self.resident.open(path)

    def deliver(self, data: Mapping[str, str], message: str) -> None:
        """A push as Firebase Cloud Messaging encrypts it for a browser; `message`: its id in this test."""
        self.worker()
        envelope = {
            "from": "1",
            "fcmMessageId": f"{self._visit}.{message}",
            "priority": "high",
            "data": dict(data),
        }
        session, registration = self._registration()
        push = {"origin": self.resident.address, "registrationId": registration, "data": json.dumps(envelope)}
        session.send("ServiceWorker.deliverPushMessage", push)
        session.detach()

    def sync(self) -> None:
        """The browser has a network again, and tells the worker (Background Sync)."""
        session, registration = self._registration()
        event = {"origin": self.resident.address, "registrationId": registration, "tag": "receipts"}
        session.send("ServiceWorker.dispatchSyncEvent", {**event, "lastChance": False})
        session.detach()

    def _registration(self) -> tuple[CDPSession, str]:
        session = self.page.context.new_cdp_session(self.page)
        found: list[dict[str, Any]] = []
        session.on(
            "ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"])
        )
        session.send("ServiceWorker.enable")
        end = time.monotonic() + PATIENCE
        while not found:
            assert time.monotonic() < end, "there is no service worker"
            self.page.wait_for_timeout(50)  # lets the event come in
        return session, found[-1]["registrationId"]

    # ---- What is shown, what is confirmed

    def notifications(self) -> list[dict[str, Any]]:
        """Those that stand now, asked of the worker: a page may not be open."""
        found: list[dict[str, Any]] = self.worker().evaluate(SHOWN)
        return found

    def worker(self) -> Any:
        worker = until(lambda: self.page.context.service_workers)[-1]
        worker.evaluate(COUNT_SHOWING)
        return worker

    def shows(self, *titles: str) -> list[dict[str, Any]]:
        """Waits until just these titles stand."""
        return until(self.notifications, lambda found: sorted(n["title"] for n in found) == sorted(titles))

    def click(self, action: str = "") -> None:
        """Taps the only notification, or its action; by script that can show a window, but not open one."""
        self.worker().evaluate(
            """async (action) => {
              const [notification] = await self.registration.getNotifications();
              self.dispatchEvent(new NotificationEvent('notificationclick', {notification, action}));
            }""",
            action,
        )

    def receipt(self, alert: str, kind: str, uid: str, slot: str) -> dict[str, Any] | None:
        return self.registers.fields(f"published/{alert}/receipts/{uid}.{slot}.{kind}")

    def waits(self, alert: str, kind: str, uid: str, slot: str) -> bool:
        """Whether the worker has a receipt that is not written yet (sw/state.js)."""
        path = f"published/{alert}/receipts/{uid}.{slot}.{kind}"
        waiting: bool = self.worker().evaluate(WAITS, path)
        return waiting
