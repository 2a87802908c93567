"""Lighthouse on a resident's first view and on an alert's public page, as of a phone with a slow network."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from infra.local.processes import ROOT
from infra.local.stack import Stack
from tests.browser.conftest import BROWSERS
from tests.browser.town import LAT, LNG, Town
from tests.residents.publisher import Publisher

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.alone, pytest.mark.timeout(900)]

TRIES = 3  # what else the machine does only ever lowers the performance, and spoils recordings
AGAIN = 75  # lighthouse.mjs: it is the recording that went wrong, not the page
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


Done = subprocess.CompletedProcess[str]


def _lighthouse(address: str) -> Done:
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    command = ["node", "tests/residents/lighthouse.mjs", address, chromium]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)


def _run(address: str, lighthouse: Callable[[str], Done] = _lighthouse) -> dict[str, Any]:
    done = lighthouse(address)
    for _ in range(TRIES - 1):
        if done.returncode == AGAIN:
            done = lighthouse(address)
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
    office = Publisher(stack, town)
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


def test_one_language_is_fetched(first_view: Page):
    asked = {request["url"].rpartition("/js/i18n/")[2] for request in first_view.runs[0]["requests"]}
    assert len(asked & {"pl.js", "en.js", "uk.js"}) == 1, first_view.requests()


@pytest.mark.parametrize(("codes", "tries"), [([AGAIN, AGAIN, 0], 3), ([AGAIN] * 3, 3), ([1, 0], 1)])
def test_only_a_recording_that_went_wrong_is_repeated_and_not_for_ever(codes: list[int], tries: int):
    answers = iter([Done([], code, "{}", "NO_NAVSTART") for code in codes])
    asked: list[str] = []

    def answer(address: str) -> Done:
        asked.append(address)
        return next(answers)

    if codes[tries - 1] == 0:
        assert _run("http://127.0.0.1/", answer) == {}
    else:
        with pytest.raises(AssertionError, match="NO_NAVSTART"):
            _run("http://127.0.0.1/", answer)
    assert len(asked) == tries
