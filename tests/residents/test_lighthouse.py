"""Lighthouse on the app's first view and an alert's public page; their speed is a benchmark's business."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from infra.local.stack import Stack
from tests.browser.town import LAT, LNG, Town
from tests.clients.lighthouse import AGAIN, Done, lighthouse
from tests.residents.publisher import Publisher

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.alone, pytest.mark.timeout(900)]

KB = 1024


@dataclass(frozen=True)
class Page:
    address: str
    report: dict[str, Any]

    def score(self, category: str) -> int:
        found: int = self.report["scores"][category]
        return found

    def shortfalls(self, category: str) -> Any:
        return self.report["shortfalls"][category]

    @property
    def bytes(self) -> int:
        """Everything that the first visit transferred, compressed, with the headers of the answers."""
        found: int = self.report["bytes"]
        return found

    @property
    def asked(self) -> list[str]:
        return [request["url"] for request in self.report["requests"]]

    def requests(self) -> str:
        return "\n".join(f"{request['bytes']:>7} {request['url']}" for request in self.report["requests"])


def _seen(address: str) -> Page:
    page = Page(address, lighthouse(address))
    print(f"{address}: {page.report['scores']}, {len(page.asked)} requests, {page.bytes / KB:.1f} KB")
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
    assert page.score("accessibility") == 100, page.shortfalls("accessibility")


def test_it_keeps_to_good_practice(page: Page):
    assert page.score("best-practices") >= 95, page.shortfalls("best-practices")


def test_the_first_view_is_light(first_view: Page):
    assert first_view.bytes <= 70 * KB, first_view.requests()
    assert len(first_view.asked) <= 10, first_view.requests()


def test_the_public_page_is_lighter_still(public_page: Page):
    assert public_page.bytes <= 30 * KB, public_page.requests()
    assert len(public_page.asked) <= 8, public_page.requests()


def test_nothing_is_asked_of_another_host(page: Page):
    origin = page.address.split("/", 3)[:3]
    assert [url for url in page.asked if url.split("/", 3)[:3] != origin] == []


def test_one_language_is_fetched(first_view: Page):
    asked = [url.rpartition("/js/")[2].partition("-")[0] for url in first_view.asked]
    assert len([name for name in asked if name in {"pl", "en", "uk"}]) == 1, first_view.requests()


@pytest.mark.parametrize(("codes", "tries"), [([AGAIN, AGAIN, 0], 3), ([AGAIN] * 3, 3), ([1, 0], 1)])
def test_only_a_recording_that_went_wrong_is_repeated_and_not_for_ever(codes: list[int], tries: int):
    answers = iter([Done([], code, "{}", "NO_NAVSTART") for code in codes])
    asked: list[str] = []

    def answer(address: str) -> Done:
        asked.append(address)
        return next(answers)

    if codes[tries - 1] == 0:
        assert lighthouse("http://127.0.0.1/", record=answer) == {}
    else:
        with pytest.raises(AssertionError, match="NO_NAVSTART"):
            lighthouse("http://127.0.0.1/", record=answer)
    assert len(asked) == tries
