"""Leaving: taking one's data along, erasing all of it, and being asked once a year."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.local.stack import PROJECT, Stack
from tests.accessibility import assert_accessible
from tests.browser.town import LAT, LNG, Registers, Town
from tests.residents.erasing import erase
from tests.residents.resident import Resident
from tests.rules.conftest import AppClient
from tests.rules.firestore_json import SERVER_TIME

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(400)]

LATE = 120.0  # seconds; the stack shares its processors with all other tests
TOKEN = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('firebaseLocalStorageDb');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const objects = opening.result.transaction('firebaseLocalStorage').objectStore('firebaseLocalStorage');
    objects.getAll().onsuccess = ({target}) => {
      opening.result.close();
      resolve(target.result.map(({value}) => value.stsTokenManager.accessToken)[0]);
    };
  };
})"""


def eventually(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + LATE
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.3)


@pytest.fixture
def registers(stack: Stack) -> Registers:
    return Registers(stack)


class Phone:
    """The resident's app, and what a native one under the same uid would write."""

    def __init__(self, stack: Stack, resident: Resident) -> None:
        self.resident, self.page, self.uid = resident, resident.page, resident.uid()
        self.app = AppClient(stack.host("firestore"), PROJECT, self.page.evaluate(TOKEN))

    def write(self, path: str, document: dict[str, Any]) -> None:
        assert self.app.set(f"residents/{self.uid}{path}", {**document, "updated": SERVER_TIME})

    def lives(self, slot: str = "1") -> None:
        position = {"latitude": LAT, "longitude": LNG}
        self.write(f"/places/{slot}", {"label": "Dom", "point": position})

    def rings(self) -> None:
        target = {"kind": "token", "value": f"phone-{self.uid}"}
        self.write("/devices/1", {"platform": "android", "target": target})


@pytest.fixture
def phone(stack: Stack, town: Town, resident: Resident) -> Phone:
    resident.settle()
    return Phone(stack, resident)


def test_nothing_is_left_on_the_phone(phone: Phone):
    phone.resident.open("/app/me")
    erase(phone.page)
    expect(phone.page.locator("h1")).to_have_text("Dane zostały usunięte", timeout=60_000)
    eventually(lambda: kept_in_databases(phone.page) == [], f"left: {kept_in_databases(phone.page)}")
    left = phone.page.evaluate(
        """async () => ({
          caches: await caches.keys(),
          storage: Object.keys(localStorage),
          workers: (await navigator.serviceWorker.getRegistrations()).length,
        })"""
    )
    assert left == {"caches": [], "storage": [], "workers": 0}
    phone.page.get_by_role("link", name="Zacznij od nowa").click()
    expect(phone.page.locator("#consent")).to_be_visible()


KEPT = """async () => {
  const all = (await indexedDB.databases()).map(({name}) => name);
  const others = all.filter((name) => !['alert-online', 'firebase-heartbeat-database'].includes(name));
  if (others.length) return others;
  const opening = indexedDB.open('alert-online');
  const late = new Promise((resolve) => setTimeout(resolve, 2000));
  await Promise.race([late, new Promise((resolve) => (opening.onsuccess = resolve))]);
  if (opening.readyState === 'pending') return ['alert-online is being deleted'];
  const counts = [...opening.result.objectStoreNames].map((store) => new Promise((resolve) => {
    const counting = opening.result.transaction(store).objectStore(store).count();
    counting.onsuccess = () => resolve(counting.result);
  }));
  const kept = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  opening.result.close();
  return kept ? ['alert-online'] : [];
}"""


def kept_in_databases(page: Page) -> list[str]:
    """Databases with something of the resident's.

    The page opens the app's own anew, for what it may have to remember. The SDK's of heartbeats has days and
    names of libraries, and goes when its last user, the worker that was taken off, has ended.
    """
    kept: list[str] = page.evaluate(KEPT)
    return kept


def test_without_a_network_nothing_is_erased_and_it_says_so(phone: Phone):
    phone.resident.open("/app/me")
    phone.page.context.set_offline(True)
    erase(phone.page)
    expect(phone.page.locator("#leave-erase-failed")).to_contain_text("Potrzebne jest połączenie")
    phone.page.context.set_offline(False)
    assert phone.resident.document()


def test_who_changes_their_mind_loses_nothing(phone: Phone):
    phone.resident.open("/app/me")
    phone.page.locator("#erase").click()
    phone.page.keyboard.press("Escape")
    expect(phone.page.locator("#erase")).to_be_focused()
    assert phone.resident.document()


def test_the_export_has_everything_that_is_stored(phone: Phone):
    phone.lives("3")
    phone.rings()
    phone.resident.open("/app/me")
    with phone.page.expect_download() as downloading:
        phone.page.locator("#export").click()
    content = json.loads(downloading.value.path().read_text())
    assert content["uid"] == phone.uid
    assert content["resident"]["language"] == "pl"
    assert content["places"]["3"]["label"] == "Dom"
    assert content["devices"]["1"]["target"] == {"kind": "token", "value": f"phone-{phone.uid}"}
    assert datetime.fromisoformat(content["resident"]["updated"])
    assert {"database", "storage"} == set(content["phone"])
    assert "Potwierdzenia" in content["note"]


def long_ago(registers: Registers, phone: Phone, **more: object) -> None:
    """A place that was last written 13 months ago."""
    then = datetime.now(UTC) - timedelta(days=400)
    place = {"label": "Dom", "cell": "8d1e2adb5a1d93f", "updated": then, **more}
    registers.write(f"residents/{phone.uid}/places/1", place)


TOMORROW = """() => new Promise((resolve) => {
  const opening = indexedDB.open('alert-online');
  opening.onsuccess = () => {
    const writing = opening.result.transaction('local', 'readwrite');
    writing.objectStore('local').delete('lived');
    writing.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


def asked(phone: Phone) -> Any:
    """The question, looked for once a day, at the start on another day; a start before must not note it."""
    phone.page.goto(f"{phone.resident.address}/alerts")
    phone.page.evaluate(TOMORROW)
    phone.resident.open("/")
    return phone.page.get_by_role("complementary", name="Czy „Dom” to nadal Twój adres?")


def test_after_a_year_it_is_asked_and_confirmed(phone: Phone, registers: Registers):
    long_ago(registers, phone)
    expect(question := asked(phone)).to_be_visible()
    question.get_by_role("button", name="Tak").click()
    expect(question).to_have_count(0)
    eventually(lambda: "confirmed" in (phone.resident.document("/places/1") or {}), "never confirmed")
    place = phone.resident.document("/places/1")
    assert place
    assert place["label"] == {"stringValue": "Dom"}
    assert place["confirmed"] == place["updated"]
    expect(asked(phone)).to_have_count(0)


def test_who_lives_there_no_more_has_the_place_removed(phone: Phone, registers: Registers):
    long_ago(registers, phone)
    expect(question := asked(phone)).to_be_visible()
    question.get_by_role("button", name="Nie, usuń").click()
    phone.page.locator("#dialog-yes").click()
    expect(question).to_have_count(0)
    eventually(lambda: phone.resident.document("/places/1") is None, "never removed")


def test_who_has_moved_is_led_to_the_place(phone: Phone, registers: Registers):
    long_ago(registers, phone)
    asked(phone).get_by_role("link", name="Zmień adres").click()
    expect(phone.page).to_have_url(f"{phone.resident.address}/app/places/1")


def test_every_state_is_accessible(phone: Phone, registers: Registers):
    long_ago(registers, phone)
    expect(asked(phone)).to_be_visible()
    assert_accessible(phone.page)
    phone.resident.open("/app/me")
    assert_accessible(phone.page)
    phone.page.locator("#erase").click()
    expect(phone.page.locator("#dialog-yes")).to_be_visible()
    assert_accessible(phone.page)
    phone.page.locator("#dialog-yes").click()
    expect(phone.page.locator("h1")).to_have_text("Dane zostały usunięte", timeout=60_000)
    assert_accessible(phone.page)
