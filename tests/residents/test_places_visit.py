"""A place from a link: opened by a visitor, confirmed by them, ended on its day; and making such a link."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from playwright.sync_api import Request, expect

from shared.geo.cells import cell_of
from tests.browser.town import LAT, LNG, Town
from tests.residents.placing import press_save
from tests.residents.resident import Resident
from tests.residents.settled import Settled

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

NewResident = Callable[..., Resident]

HOTEL = cell_of(LAT + 0.004, LNG - 0.003)
NEXT_WEEK = (datetime.now(UTC) + timedelta(days=7)).date().isoformat()
VISIT = f"/app/visit#cell={HOTEL}&label={quote('Pensjonat Żuk')}&until={NEXT_WEEK}"


def _place(resident: Resident, slot: str, label: str) -> None:
    """Waits until the list shows it, stored."""
    card = resident.page.locator(".place").filter(has_text=label)
    expect(card).to_be_visible()
    expect(card.get_by_text("Czeka na połączenie")).to_have_count(0)
    assert resident.document(f"/places/{slot}")


def test_a_visitor_agrees_checks_the_place_and_keeps_it_until_its_day(resident: Resident):
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    resident.page.context.on("request", note)
    page = resident.open(VISIT)
    resident.agree()
    resident.expect_view("Miejsce z linku")
    expect(page.locator(".place-map canvas").first).to_be_visible()
    expect(page.locator(".place-municipality")).to_contain_text("Gmina Regionalna")
    expect(page.locator("#label")).to_have_value("Pensjonat Żuk")
    expect(page.locator("#until")).to_have_value(NEXT_WEEK)
    press_save(page)
    expect(page).not_to_have_url(re.compile("/app/visit"))
    resident.open("/app/places")
    _place(resident, "1", "Pensjonat Żuk")
    place = resident.document("/places/1")
    assert place
    assert place["cell"] == {"stringValue": HOTEL}
    assert place["until"]["timestampValue"] > NEXT_WEEK
    assert [url for url in asked if HOTEL in url.partition("#")[0]] == []


NO_GOOD = {
    "": "W tym linku nie ma miejsca.",
    "#cell=8d1e2adb5a1d93e&label=Hotel": "Ten link jest uszkodzony.",
    f"#cell={HOTEL}&until=2020-01-01": "był ważny do dnia, który już minął",
    f"#cell={HOTEL}&until=2099-01-01": "później niż za rok",
}


def test_a_link_that_is_no_good_is_explained(settled: Settled):
    resident = settled.done()
    for fragment, words in NO_GOOD.items():
        resident.page.goto("about:blank")  # another fragment alone opens nothing anew
        page = resident.open(f"/app/visit{fragment}")
        expect(page.locator("main")).to_contain_text(words)
        expect(page.get_by_role("link", name="Dodaj adres bez linku")).to_be_visible()


def test_a_link_to_outside_all_municipalities_promises_nothing(settled: Settled):
    page = settled.done().open(f"/app/visit#cell={cell_of(52.2297, 21.0122)}&label=Hotel")
    expect(page.locator(".place-municipality")).to_contain_text("poza gminami")
    expect(page.get_by_role("button", name="Zapisz adres")).to_have_count(0)


def test_a_link_opened_again_changes_the_place_instead_of_adding_one(settled: Settled, town: Town):
    resident = settled.done()
    place = {"label": "Hotel", "cell": HOTEL, "updated": datetime.now(UTC)}
    town.registers.write(f"residents/{resident.uid()}/places/3", place)
    page = resident.open(VISIT)
    expect(page.get_by_text("To miejsce masz już zapisane jako: Hotel")).to_be_visible()
    press_save(page)
    _place(resident, "3", "Pensjonat Żuk")
    assert resident.document("/places/1") is None


def test_a_place_is_passed_on_as_a_link_that_opens_it(
    settled: Settled, new_resident: NewResident, town: Town
):
    host = settled.done()
    host.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = host.page
    place = {"label": "Pensjonat", "cell": HOTEL, "updated": datetime.now(UTC)}
    town.registers.write(f"residents/{host.uid()}/places/1", place)
    host.open("/app/places/1")
    page.get_by_text("Przekaż to miejsce gościom").click()
    page.locator("#share-until").fill(NEXT_WEEK)
    expect(page.locator("#share-link")).to_contain_text(
        re.compile(f"/app/visit#cell={HOTEL}.*until={NEXT_WEEK}")
    )
    page.get_by_role("button", name="Kopiuj link").click()
    expect(page.get_by_text("Skopiowano.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    guest = new_resident(service_workers="block")
    guest.open(link.removeprefix(guest.address))
    guest.agree()
    guest.expect_view("Miejsce z linku")
    assert "Pensjonat" not in link
    expect(guest.page.locator("#label")).to_have_value("Pobyt")
