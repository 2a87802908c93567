"""How many addresses have a phone: the office's figure as a table, by keyboard and without a map."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from shared.domain.coverage import Coverage, StreetShare
from tests.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk, desk
from tests.fakes.alert_values import TERC

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

TOWN = "Regionalna"
STREETS = (
    StreetShare(("1:00001", "1:00002", "1:00003"), "", TOWN, 15, 10),
    StreetShare(("1:00004",), "ul. Różana", TOWN, 42, 50),
    StreetShare(("2",), "Zawada", "Zawada", 12, 90),
)
SILENT = {"permission": 25, "no_place": None, "lost": 10, "muted": 15}


def counted(desk: Desk, **changes: object) -> None:
    now = datetime.now(UTC)
    fields = {"registered": 60, "joined": 50, "iphones": 20, "iphones_joined": None, "silent": SILENT}
    told = {"addresses": 69, "share": 40, "streets": STREETS, **fields, **changes}
    desk.office.coverage.put(Coverage(TERC, f"{now:%Y-%m}", now, **told))  # type: ignore[arg-type]


def test_the_share_the_phones_and_why_some_cannot_ring(desk: Desk):
    counted(desk)
    page = desk.open("piotr", "/coverage")
    expect(page.locator("h1")).to_have_text("Ile adresów ma telefon")
    expect(page.locator('[data-figure="share"]')).to_contain_text("40% z 69 adresów")
    phones, silent = page.locator('[data-table="phones"]'), page.locator('[data-table="silent"]')
    assert phones.locator("td").all_text_contents() == ["60", "50", "20", "mniej niż 10"]
    assert silent.locator("td").all_text_contents() == ["25", "10", "15", "mniej niż 10"]
    expect(silent.locator('[data-row="no_place"] th')).to_have_text("Bez adresu")
    assert_accessible(page, ("phone", "phone, dark", "desktop"))


def test_streets_stand_with_the_lowest_share_first_and_tell_neither_nobody_nor_everybody(desk: Desk):
    counted(desk)
    page = desk.open("anna", "/coverage", viewport=PHONE)
    rows = page.locator('[data-table="streets"] tbody tr')
    assert [" ".join(row.inner_text().split()) for row in rows.all()] == [
        "3 krótkie ulice razem, Regionalna 15 do 10%",
        "ul. Różana, Regionalna 42 50%",
        "Zawada 12 od 90%",
    ]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_many_streets_are_shown_by_keyboard(desk: Desk):
    many = tuple(StreetShare((f"1:{at:05}",), f"ul. {at}", TOWN, 20, 50) for at in range(80))
    counted(desk, streets=many)
    page = desk.open("anna", "/coverage")
    rows = page.locator('[data-table="streets"] tbody tr')
    expect(rows).to_have_count(30)
    page.get_by_role("button", name="Pokaż wszystkie (80)").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(80)
    expect(rows.nth(30).locator("th")).to_be_focused()


def test_with_several_municipalities_phones_without_a_place_are_those_of_all(desk: Desk):
    counted(desk, served=3)
    page = desk.open("anna", "/coverage")
    expect(page.locator('[data-row="no_place"] th')).to_contain_text("we wszystkich gminach razem")


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        (None, []),
        ({"share": None, "streets": []}, []),
        ({"share": 10, "streets": [{"name": "Polna", "share": 10}]}, ["Z telefonem: do 10% adresów."]),
        (
            {"share": 68, "streets": [{"name": "Polna", "share": 10}, {"name": "Leśna", "share": 90}]},
            [
                "Z telefonem: około 68% adresów.",
                "Najmniej telefonów: Polna (do 10%). Tam trzeba zawiadomić też inaczej.",
            ],
        ),
    ],
)
def test_the_reach_says_how_many_addresses_have_a_phone_and_where_fewest(
    desk: Desk, coverage: object, said: list[str]
):
    page = desk.open("anna", "/alerts")
    script = "async (given) => (await import('/js/compose/coverage_words.js')).coverageWords(given)"
    assert page.evaluate(script, coverage) == said


def test_before_the_first_month_that_is_said_and_every_page_leads_there(desk: Desk):
    page = desk.open("anna", "/alerts")
    page.get_by_role("link", name="Ile adresów ma telefon").click()
    expect(page.locator("h1")).to_be_focused()
    expect(page.get_by_text("Jeszcze nie policzono.")).to_be_visible()
    assert page.locator("table").count() == 0
