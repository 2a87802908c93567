"""Streets and houses beneath the residents' maps: drawn late, kept for offline; the map does without them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route, expect

from infra.local.accounts import TERC
from infra.local.stack import Stack
from shared.geo.cells import cell_of
from tests.accessibility import violations
from tests.browser.town import LAT, LNG, Town
from tests.residents.publisher import Publisher
from tests.residents.resident import Resident
from tests.residents.settled import Settled

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

NewResident = Callable[..., Resident]

MARKET = (LAT + 0.001, LNG + 0.001)  # on Rynek, far from Leśna
STREETS = f"/map/{TERC}.json"
ARRIVAL = 120.0  # seconds; the stack shares its processors with all other tests

# What is written on canvases stands in the page too, for the tests to read.
NOTE_DRAWN_TEXT = """
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
    const { dataset } = document.documentElement;
    dataset.drawn = [...new Set([...(dataset.drawn ?? '').split('|'), text])].join('|');
    return fillText.call(this, text, ...where);
  };
"""
IS_KEPT = "path => caches.match(path).then(Boolean)"


@pytest.fixture
def office(stack: Stack, town: Town) -> Iterator[Publisher]:
    office = Publisher(stack, town)
    yield office
    office.close()


@pytest.fixture(params=["light", "dark"])
def someone(request: pytest.FixtureRequest, settled: Settled) -> Resident:
    resident = noting(settled.done())
    resident.page.emulate_media(color_scheme=request.param)
    return resident


def noting(resident: Resident) -> Resident:
    resident.page.add_init_script(NOTE_DRAWN_TEXT)
    return resident


def keep_place(resident: Resident, town: Town) -> None:
    place = {"label": "Dom", "cell": cell_of(*MARKET), "updated": datetime.now(UTC)}
    town.registers.write(f"residents/{resident.uid()}/places/1", place)


def expect_drawn(page: Page, name: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-drawn", re.compile(rf"(^|\|){name}(\||$)"))


def asked(page: Page, begin: str) -> str:
    """The path of a file that the page has loaded."""
    names = page.evaluate("performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)")
    return next(name for name in names if name.startswith(begin))


def await_kept(page: Page, path: str) -> None:
    """Until the service worker can answer it without a network."""
    end = time.monotonic() + ARRIVAL
    while not page.evaluate(IS_KEPT, path):
        assert time.monotonic() < end, f"{path} was never kept"
        page.wait_for_timeout(100)


def test_the_streets_about_a_place_have_their_names(someone: Resident, town: Town, tmp_path: Path):
    keep_place(someone, town)
    page = someone.open("/app/places/1")
    expect_drawn(page, "Rynek")
    expect(page.locator('[data-fact="near"]')).to_have_text(
        re.compile(r"Najbliższy adres: Rynek, około \d+ m")
    )
    page.locator(".place-map").screenshot(path=tmp_path / "place.png")
    assert "Leśna" not in (page.locator("html").get_attribute("data-drawn") or "")
    assert violations(page) == []


def test_the_streets_of_an_alerts_area_have_their_names(someone: Resident, office: Publisher, tmp_path: Path):
    page = someone.open(f"/app/alert/{office.publish(MARKET, 'Brak wody').id}")
    expect_drawn(page, "Rynek")
    page.locator(".alert-map").screenshot(path=tmp_path / "alert.png")
    assert violations(page) == []


def test_the_nearest_street_is_said_in_words_and_follows_the_point(settled: Settled, town: Town):
    resident = noting(settled.done())
    keep_place(resident, town)
    page = resident.open("/app/places/1")
    near = page.locator('[data-fact="near"]')
    expect(near).to_contain_text("Rynek")
    page.locator(".place-map").focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowDown")
    expect(near).to_contain_text("Główna")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowUp")
    expect(near).to_contain_text("Rynek")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowUp")
    expect(near).to_have_count(0)


def test_of_two_places_with_one_name_the_list_tells_which_is_which(someone: Resident, town: Town):
    keep_place(someone, town)
    page = someone.open("/app/places")
    expect(page.locator('.place [data-fact="near"]')).to_have_text(
        re.compile(r"Najbliższy adres: Rynek, około \d+ m")
    )


def test_they_are_asked_for_with_the_first_map_and_only_once(settled: Settled, office: Publisher, town: Town):
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    resident = noting(settled.done())
    resident.page.on("request", note)
    resident.open()
    keep_place(resident, town)
    assert [url for url in asked if "/map/" in url] == []
    page = resident.open("/app/places/1")
    expect_drawn(page, "Rynek")
    page.get_by_role("button", name="Na północ").click()
    expect(page.locator('[data-fact="moved"]')).to_be_visible()
    assert [url for url in asked if "/map/" in url] == [resident.address + STREETS]


def test_without_a_network_they_are_still_there(new_resident: NewResident, office: Publisher, town: Town):
    resident = noting(new_resident())
    page = resident.settle()
    keep_place(resident, town)
    resident.open("/app/places/1")
    expect_drawn(page, "Rynek")
    for path in (STREETS, asked(page, "/js/map-")):
        await_kept(page, path)
    alert = office.publish(MARKET, "Brak wody").id
    resident.open(f"/app/alert/{alert}")
    expect(page.locator(".alert-map canvas").first).to_be_visible()
    page.context.set_offline(True)
    resident.open(f"/app/alert/{alert}")
    expect_drawn(page, "Rynek")
    resident.open("/app/places/1")
    expect_drawn(page, "Rynek")


def _missing(route: Route) -> None:
    route.fulfill(status=404, content_type="text/html", body="<p>404")


def _broken(route: Route) -> None:
    route.abort()


@pytest.mark.parametrize("answer", [_missing, _broken])
def test_without_them_the_map_is_as_it_was(
    settled: Settled, office: Publisher, answer: Callable[[Route], None]
):
    resident = settled.done()
    page = resident.page
    page.context.route(f"**{STREETS}", answer)
    with page.expect_request(f"**{STREETS}"):
        resident.open(f"/app/alert/{office.publish(MARKET, 'Brak wody').id}")
    area = page.get_by_role("application", name="Mapa obszaru alertu")
    expect(area.locator("canvas").first).to_be_visible()
    page.get_by_role("button", name="Przybliż").click()
    expect(page.get_by_text("Nie można teraz pokazać mapy.")).to_have_count(0)
