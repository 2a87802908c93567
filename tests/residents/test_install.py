"""How the app is offered for installing, and what its first view costs; the rest is in test_whole_way.py."""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Page, Response, expect

from infra.local.processes import ROOT
from infra.local.stack import Stack
from tests.residents.resident import Resident

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

FIRST_VIEW_KB = 80  # gzipped, without the map
LIST_KB = 250  # with Firebase, of which Firestore alone is 113
MANIFEST = json.loads((ROOT / "web-residents/manifest.webmanifest").read_text())


@pytest.mark.parametrize("icon", MANIFEST["icons"], ids=lambda icon: icon["src"])
def test_an_icon_is_what_the_manifest_says(icon: dict[str, str]):
    content = (ROOT / "web-residents" / icon["src"].lstrip("/")).read_bytes()
    if icon["type"] == "image/svg+xml":
        assert content.startswith(b"<svg")
        return
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    assert f"{width}x{height}" == icon["sizes"]


def test_an_iphone_finds_its_icon(resident: Resident):
    page = resident.open()
    href = page.locator('link[rel="apple-touch-icon"]').get_attribute("href")
    content = requests.get(f"{resident.address}{href}", timeout=30).content
    assert struct.unpack(">II", content[16:24]) == (180, 180)


def _offer(page: Page) -> None:
    """As Chromium announces that the app can be installed."""
    page.evaluate(
        """() => {
          const event = new Event('beforeinstallprompt', {cancelable: true});
          event.prompt = async () => { document.body.dataset.asked = 'yes'; };
          dispatchEvent(event);
        }"""
    )


def test_the_browsers_offer_to_install_is_passed_on_once(resident: Resident):
    page = resident.open()
    expect(page.get_by_role("button", name="Zainstaluj")).to_have_count(0)
    _offer(page)
    page.get_by_role("button", name="Zainstaluj").click()
    expect(page.locator("body")).to_have_attribute("data-asked", "yes")
    expect(page.get_by_role("button", name="Zainstaluj")).to_have_count(0)


def _loaded(page: Page, path: str, address: str) -> dict[str, int]:
    """Gzipped bytes of each file of the site that the view asks for."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(address + path)
    expect(page.locator("main h1")).to_be_visible()
    seen = -1
    while seen != len(answers):  # Firestore's stream stays open: the network is never idle
        seen = len(answers)
        page.wait_for_timeout(1500)
    site = urlsplit(address).netloc
    return {
        urlsplit(answer.url).path: len(gzip.compress(answer.body(), 9))
        for answer in answers
        if urlsplit(answer.url).netloc == site and answer.status == 200 and answer.request.method == "GET"
    }


def test_the_first_view_is_small(resident: Resident, capsys: pytest.CaptureFixture[str]):
    sizes = _loaded(resident.page, "/", resident.address)
    with capsys.disabled():
        print(
            f"\nfirst view of somebody new: {sum(sizes.values()) / 1000:.1f} KB gzipped, {len(sizes)} files"
        )
    assert not [path for path in sizes if path.startswith(("/js/map-", "/js/h3-"))]
    assert sum(sizes.values()) <= FIRST_VIEW_KB * 1000


def test_the_list_of_alerts_brings_firebase_and_no_map(
    resident: Resident, new_page: Callable[..., Page], stack: Stack, capsys: pytest.CaptureFixture[str]
):
    resident.settle()
    page = new_page(storage_state=resident.page.context.storage_state(indexed_db=True))
    sizes = _loaded(page, "/", stack.address("residents"))
    with capsys.disabled():
        print(f"\nlist of alerts: {sum(sizes.values()) / 1000:.1f} KB gzipped, {len(sizes)} files")
        for path, size in sorted(sizes.items(), key=lambda item: -item[1])[:8]:
            print(f"  {size / 1000:7.1f} {path}")
    assert not [path for path in sizes if path.startswith(("/js/map-", "/js/h3-", "/js/messaging-"))]
    assert sum(sizes.values()) <= LIST_KB * 1000
