"""With App Check switched on, staff's page, residents' app and worker work, and a bare script does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from infra.local.identity.app_check import DEBUG_TOKEN
from infra.local.stack import PROJECT, Stack
from infra.local.stack_options import Options
from tests.browser.conftest import launched
from tests.browser.site import Site
from tests.browser.town import Town
from tests.clients.chromium import chromium_program
from tests.clients.staff import Refused, StaffClient
from tests.residents.conftest import SCREEN
from tests.residents.push import TITLE, WAITS, Phone, until
from tests.residents.register import keep_register
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(900)]
HEADER = "X-Firebase-AppCheck"
RUN_OUT = """() => new Promise((resolve) => {
  indexedDB.open('firebase-app-check-database').onsuccess = ({target: {result: database}}) => {
    const writing = database.transaction('firebase-app-check-store', 'readwrite');
    const tokens = writing.objectStore('firebase-app-check-store');
    tokens.getAll().onsuccess = ({target: {result}}) => {
      const [kept] = result.filter(({compositeKey}) => compositeKey.includes('[DEFAULT]'));
      kept.value.expireTimeMillis = Date.now() - 1000;
      tokens.put(kept).onsuccess = () => {
        database.close();
        resolve();
      };
    };
  };
})"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(tmp_path_factory.mktemp("attested"), ports="free", options=Options(app_check=True)) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The whole browser: a phone asks whether notifications may be shown."""
    with launched(chromium_program()) as browser:
        yield browser


@pytest.fixture(autouse=True, scope="module")
def town(stack: Stack) -> Town:
    town = Town(stack)
    keep_register(town)
    return town


@pytest.fixture
def site(stack: Stack, new_page: Callable[..., Page]) -> Site:
    return Site(stack, new_page, {})


@pytest.fixture
def phone(stack: Stack, new_page: Callable[..., Page]) -> Phone:
    found = Phone(stack, Resident(stack, new_page(**SCREEN, permissions=["notifications"])))
    found.office = StaffClient(stack.address("hosting"), stack.staff_token, {HEADER: app_check_token(stack)})
    return found


def test_a_bare_script_is_refused_by_the_api_and_by_firestore(stack: Stack):
    with pytest.raises(Refused, match="403"):
        StaffClient(stack.address("hosting"), stack.staff_token).call("anna", "GET", "/alerts")
    uid, token = stack.anonymous()
    documents = f"projects/{PROJECT}/databases/(default)/documents"
    url = f"{stack.address('app_check_door')}/v1/{documents}/residents/{uid}"
    headers = {"Authorization": f"Bearer {token}"}
    assert requests.get(url, headers=headers, timeout=60).status_code == 403
    assert requests.get(url, headers=headers | {HEADER: "made.up.token"}, timeout=60).status_code == 403
    attested = headers | {HEADER: app_check_token(stack)}
    assert requests.get(url, headers=attested, timeout=60).status_code == 404


def app_check_token(stack: Stack) -> str:
    url = f"{stack.address('identity')}/v1/projects/{PROJECT}/apps/1:1:web:local:exchangeDebugToken"
    token: str = requests.post(url, json={"debug_token": DEBUG_TOKEN}, timeout=60).json()["token"]
    return token


def test_staff_sign_in_and_see_their_alerts(site: Site):
    page = site.sign_in("anna")
    expect(page.locator("#failure")).to_have_count(0)
    expect(page.get_by_role("link", name="Nowy alert")).to_be_visible()


def test_a_residents_worker_is_attested_by_the_page_and_waits_for_it_when_that_has_run_out(phone: Phone):
    phone.switch_on()
    phone.live_here()
    uid, slot = phone.resident.uid(), phone.slot()
    phone.leave()
    first, second = phone.send(), phone.send()
    phone.deliver(phone.pushed(first)["message"]["data"], "m1")
    until(lambda: phone.receipt(first, "received", uid, slot))
    phone.worker().evaluate(RUN_OUT)
    phone.deliver(phone.pushed(second)["message"]["data"], "m2")
    phone.shows(TITLE, TITLE)
    path = f"published/{second}/receipts/{uid}.{slot}.received"
    until(lambda: phone.worker().evaluate(WAITS, path))
    assert phone.receipt(second, "received", uid, slot) is None
    phone.come_back()
    until(lambda: phone.receipt(second, "received", uid, slot))
