"""Somebody with the app who reads the office's alerts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import h3
import pytest
from playwright.sync_api import Locator, Page, expect

from infra.local.stack import Stack
from shared.geo.cells import cell_of
from tests.browser.town import HALF_LAT, HALF_LNG, LAT, LNG, Town
from tests.residents.publisher import METRE, Point, Publisher
from tests.residents.resident import Resident
from tests.residents.settled import Settled

_HOUSES = count()

REMEMBER = """async ([alert, uid, proof]) => {
  const { write } = await import('/source/sw/state.js');
  const expires = new Date(Date.now() + 3600000).toISOString();
  await write('device', 'this', { slot: '1', uid, token: 'this browser', written: Date.now() });
  await write('alerts', alert, { alert, proof, expires, at: Date.now() });
}"""
# Until the worker has taken in the whole app (sw/release.js).
TAKEN_IN = """async () => {
  const register = await caches.open('releases');
  while (!(await register.match('/current'))) await new Promise((resolve) => setTimeout(resolve, 200));
}"""
IN_A_ROW = 25  # houses, 300 metres apart in latitude's degrees: within the municipality


@pytest.fixture
def office(stack: Stack, town: Town) -> Iterator[Publisher]:
    office = Publisher(stack, town)
    yield office
    office.close()


@pytest.fixture
def home() -> Point:
    """Where nobody else lives, in the municipality's south: a cell's centre, which areas go by."""
    row, column = divmod(next(_HOUSES), IN_A_ROW)
    south, west = LAT - HALF_LAT * 0.9, LNG - HALF_LNG * 0.9
    lat, lng = h3.cell_to_latlng(cell_of(south + row * 300 * METRE, west + column * 300 * METRE))
    return lat, lng


class Reader:
    """Somebody with the app who lives at `home`."""

    def __init__(self, resident: Resident, office: Publisher, home: Point) -> None:
        self.resident, self._office = resident, office
        self.page = resident.page
        self.uid = resident.uid()
        office.house(self.uid, [("Dom", cell_of(*home))])
        office.readers.append(self.look)

    def at_the_list(self) -> Reader:
        expect(self.page.locator("#now")).to_be_visible()
        return self

    def look(self) -> None:
        """As when there is a network again: the app asks at once, and not only within the minute."""
        self.page.evaluate("dispatchEvent(new Event('online')) && true")

    def read(self, alert: str) -> Page:
        self.resident.open(f"/app/alert/{alert}")
        expect(self.page.locator(".alert__body")).to_be_visible()
        return self.page

    def get_by_push(self, alert: str) -> None:
        """What the worker remembers of a push, whose proof reports and receipts need."""
        proof = self._office.send(alert, self.uid)
        self.page.evaluate(REMEMBER, [alert, self.uid, proof])

    def item(self, title: str) -> Locator:
        return self.page.locator(".alerts__item").filter(has_text=title)


def new_reader(resident: Resident, office: Publisher, home: Point) -> Reader:
    """Of one who has not opened the app yet."""
    resident.settle()
    return Reader(resident, office, home).at_the_list()


@pytest.fixture
def reader(settled: Settled, office: Publisher, home: Point) -> Reader:
    """Without the service worker, which costs each test a download of the whole app."""
    reader = Reader(settled.done(), office, home)
    reader.resident.open()
    return reader.at_the_list()


@pytest.fixture
def installed(new_resident: Callable[..., Resident], office: Publisher, home: Point) -> Reader:
    """With the service worker, which keeps the app for times without a network."""
    reader = new_reader(new_resident(), office, home)
    reader.page.evaluate(TAKEN_IN)
    return reader
