"""The powiat's staff stand in: agreed by two, begun in one step, said on every page, over by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from shared.domain.alert import Person
from shared.domain.municipality import Municipality
from shared.domain.stand_in import LASTS, StandIn
from shared.errors import Forbidden
from shared.ports import Staff, Versioned
from shared.services.staff.stand_in import standing
from tests.accessibility import assert_accessible
from tests.browser.desk import ADDRESS, Desk, desk
from tests.fakes.alert_values import TERC
from tests.fakes.municipalities import GMINA
from tests.fakes.staff import LONG_AGO
from tests.fakes.tokens import NEIGHBOUR, STAFF, FakeTokenVerifier, staff

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

OLGA = Person("uid-olga", "Olga Ościenna")
SCREENS = ("phone", "phone, dark", "desktop")


class Admitting:
    """Lets in where the register or a stand-in does, as the real one; `verify` of the fake stands beneath."""

    def __init__(self, desk: Desk, beneath: FakeTokenVerifier) -> None:
        self._desk, self._beneath = desk, beneath
        self._verify = beneath.verify

    def __call__(self, token: str, terc: str = "") -> Staff:
        found = self._verify(token)
        if terc in ("", found.terc):
            return found
        stands = standing(self._desk.office.people_ports, found.person.uid, terc)
        if stands is None:
            raise Forbidden("no-municipality")
        return replace(found, terc=terc, on_behalf=stands.name, late=stands.late)


@pytest.fixture(autouse=True)
def people(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = desk.office.tokens
    tokens.staff["olga"] = staff(OLGA, "author", "approver", terc=NEIGHBOUR)
    monkeypatch.setattr(tokens, "verify", Admitting(desk, tokens))
    served = {TERC: GMINA, NEIGHBOUR: Municipality(NEIGHBOUR, "Gmina Ościenna", ("pl",), GMINA.center)}
    monkeypatch.setattr(desk.office.municipalities, "get", served.get)
    known = {name: STAFF[name] for name in ("adam", "beata")} | {"olga": tokens.staff["olga"]}
    for name, one in known.items():
        desk.register(name, one)


def agreed(desk: Desk, begun: datetime | None = None) -> None:
    adam, beata = STAFF["adam"].person, STAFF["beata"].person
    one = StandIn(
        TERC, NEIGHBOUR, "Powiat", (OLGA,), adam, LONG_AGO, beata, LONG_AGO, begun, OLGA if begun else None
    )
    desk.office.stand_ins.agreements[TERC] = Versioned(one, 0)


def banner(page: Page):
    return page.locator("#standing-in")


def test_it_is_agreed_by_two_begun_in_one_step_and_said_on_every_page(desk: Desk):
    adam = desk.open("adam", "/people")
    adam.get_by_text("Zaproponuj porozumienie o zastępstwie").click()
    adam.get_by_label("Kto zastępuje").fill("Powiat ościenny")
    adam.get_by_label("Adresy e-mail osób").fill("olga@urzad.example")
    adam.get_by_role("button", name="Zaproponuj porozumienie", exact=True).press("Enter")
    expect(adam.locator("#notice")).to_contain_text("Zaproponowano")
    expect(adam.locator("#confirm-stand-in")).to_have_count(0)
    beata = desk.open("beata", "/people")
    beata.locator("#confirm-stand-in").press("Enter")
    expect(beata.locator("#notice")).to_contain_text("Zastępstwo można rozpocząć")
    assert_accessible(beata, SCREENS)

    olga = desk.open("olga", "/people")
    expect(banner(olga)).to_have_count(0)
    assert_accessible(olga, SCREENS)
    olga.locator(f"#begin-{TERC}").press("Enter")
    expect(banner(olga)).to_contain_text("działasz za: Gmina Regionalna. Do: ")
    assert [one.terc for one in desk.office.stand_in_alarms] == [TERC]
    for path in ("/alerts", "/alerts/new", "/templates", "/account", "/people"):
        olga.goto(f"{ADDRESS}{path}")
        expect(olga.locator("h1")).to_be_visible()
        expect(banner(olga)).to_contain_text("Do: ")
    assert_accessible(olga, SCREENS)
    expect(olga.locator("[data-person]")).to_have_count(0)
    olga.get_by_role("button", name="English").click()
    expect(banner(olga)).to_contain_text("Standing in: you act for: Gmina Regionalna. Until: ")
    olga.get_by_role("button", name="Back to your own").click()
    expect(olga.locator("h1")).to_be_visible()
    expect(banner(olga)).to_have_count(0)
    olga.locator(f"#enter-{TERC}").click()
    expect(banner(olga)).to_be_visible()


def test_it_ends_by_itself_and_its_holder_is_at_home_again(desk: Desk):
    agreed(desk, datetime.now(UTC) - LASTS + timedelta(seconds=12))
    olga = desk.open("olga", "/people")
    olga.locator(f"#enter-{TERC}").click()
    expect(banner(olga)).to_contain_text("Do: ")
    expect(banner(olga)).to_contain_text("Zastępstwo się skończyło. Działasz znów u siebie: Gmina Ościenna.")
    expect(olga.locator("h1")).to_have_text("Alerty")
    olga.get_by_role("link", name="Moje konto").click()
    expect(banner(olga)).to_have_count(0)


def test_whoever_comes_back_after_its_end_is_at_home(desk: Desk):
    agreed(desk)
    context = desk.context("olga")
    context.add_init_script(
        f"if (location.port && !sessionStorage.came) {{ sessionStorage.came = '1';"
        f" sessionStorage.setItem('alert-online-municipality', '{TERC}'); }}"
    )
    olga = desk.tab(context, "/alerts")
    expect(banner(olga)).to_contain_text("Zastępstwo się skończyło")
    expect(olga.locator("h1")).to_have_text("Alerty")
