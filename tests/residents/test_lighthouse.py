"""Lighthouse on a resident's first view and on an alert's public page, as of a phone with a slow network."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from infra.local.processes import ROOT
from infra.local.stack import Stack
from tests.browser.conftest import BROWSERS
from tests.browser.town import LAT, LNG, Town
from tests.residents.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]

TRIES = 3  # of the performance: what else the machine does only ever lowers it
KB = 1024


@dataclass(frozen=True)
class Page:
    address: str
    runs: list[dict[str, Any]]

    def best(self, category: str) -> int:
        return max(run["scores"][category] for run in self.runs)

    def shortfalls(self, category: str) -> list[Any]:
        return [run["shortfalls"][category] for run in self.runs]

    @property
    def bytes(self) -> int:
        """Everything that the first visit transferred, compressed, with the headers of the answers."""
        found: int = self.runs[0]["bytes"]
        return found

    def requests(self) -> str:
        return "\n".join(f"{request['bytes']:>7} {request['url']}" for request in self.runs[0]["requests"])


def _run(address: str) -> dict[str, Any]:
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    command = ["node", "tests/residents/lighthouse.mjs", address, chromium]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _seen(address: str, performance: int = 90) -> Page:
    page = Page(address, [_run(address)])
    while page.best("performance") < performance and len(page.runs) < TRIES:
        page.runs.append(_run(address))
    print(f"{address}: {page.runs[-1]['scores']}, {len(page.runs)} runs, {page.bytes / KB:.1f} KB")
    return page


@pytest.fixture(scope="module")
def first_view(stack: Stack, town: Town) -> Page:
    return _seen(f"{stack.address('residents')}/")


@pytest.fixture(scope="module")
def public_page(stack: Stack, town: Town) -> Iterator[Page]:
    office = Office(stack, town)
    alert = office.publish((LAT, LNG), "Brak wody: ul. Główna. Pękła rura.")
    yield _seen(f"{stack.address('residents')}/a/{alert.id}")
    office.close()


@pytest.fixture(params=["first_view", "public_page"])
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def test_everybody_can_use_it(page: Page):
    assert page.best("accessibility") == 100, page.shortfalls("accessibility")


def test_it_keeps_to_good_practice(page: Page):
    assert page.best("best-practices") >= 95, page.shortfalls("best-practices")


def test_it_is_there_soon(page: Page):
    assert page.best("performance") >= 90, page.shortfalls("performance")


def test_the_first_view_is_light(first_view: Page):
    assert first_view.bytes <= 200 * KB, first_view.requests()


def test_the_public_page_is_lighter_still(public_page: Page):
    assert public_page.bytes <= 30 * KB, public_page.requests()


def test_nothing_is_asked_of_another_host(page: Page):
    origin = page.address.split("/", 3)[:3]
    elsewhere = [run["url"] for run in page.runs[0]["requests"] if run["url"].split("/", 3)[:3] != origin]
    assert elsewhere == []
