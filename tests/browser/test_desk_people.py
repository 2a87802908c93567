"""Who may do what: granted by two, a lost phone, the end of access, invitations."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from shared.domain.staff import Enrolment, StaffRecord
from tests.accessibility import assert_accessible
from tests.browser.desk import Desk, desk, eventually
from tests.fakes.staff import LONG_AGO
from tests.fakes.tokens import STAFF

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ANNA = STAFF["anna"].person


@pytest.fixture(autouse=True)
def people(desk: Desk) -> None:
    for name in ("anna", "adam", "beata"):
        one = STAFF[name]
        desk.office.register.records[one.person.uid] = StaffRecord(
            one.terc,
            one.roles,
            one.person.name,
            active=True,
            valid_since=LONG_AGO,
            uid=one.person.uid,
            email=f"{name}@urzad.example",
        )


def anna(desk: Desk) -> StaffRecord:
    return desk.office.register.records[ANNA.uid]


def row(page: Page):
    return page.locator(f'[data-person="{ANNA.uid}"]')


def test_a_role_is_granted_by_two(desk: Desk):
    first = desk.open("adam", "/people")
    row(first).locator("summary").click()
    row(first).get_by_label("Zatwierdzający").check()
    row(first).get_by_role("button", name="Zapisz role").click()
    expect(first.locator("#notice")).to_contain_text("czeka na drugiego administratora")
    assert anna(desk).roles == {"author"}
    expect(first.locator("[data-grant]").get_by_role("button", name="Potwierdź")).to_have_count(0)

    second = desk.open("beata", "/people")
    assert_accessible(second)
    second.locator("[data-grant]").get_by_role("button", name="Potwierdź").click()
    expect(second.locator("#notice")).to_contain_text("Potwierdzono.")
    assert anna(desk).roles == {"author", "approver"}


def test_two_admins_replace_a_lost_phone(desk: Desk):
    for name, told in (("adam", "Zgłoszono."), ("beata", "Telefon odłączono.")):
        page = desk.open(name, "/people")
        row(page).get_by_role("button", name="Zgubiony telefon").click()
        page.get_by_role("dialog").get_by_role("button", name="Zgubiony telefon").click()
        expect(page.locator("#notice")).to_contain_text(told)
    assert anna(desk).state is Enrolment.INVITED
    links = [mail.to for mail in desk.office.enrolment.mail.sent if "/join#" in mail.text]
    assert links == ["anna@urzad.example"]


def test_somebodys_access_ends_at_once(desk: Desk):
    page = desk.open("adam", "/people")
    row(page).get_by_role("button", name="Wyłącz dostęp").click()
    page.get_by_role("dialog").get_by_role("button", name="Wyłącz dostęp").click()
    expect(page.locator("#notice")).to_contain_text("nie ma już dostępu")
    assert not anna(desk).active
    expect(row(page)).to_contain_text("Dostęp wyłączony.")


def test_an_invitation_is_sent_once_and_withdrawn(desk: Desk):
    page = desk.open("adam", "/invitations")
    assert_accessible(page)
    page.get_by_role("button", name="Zaproś", exact=True).click()
    expect(page.locator("#name-error, #email-error, #roles-error").first).to_be_visible()
    page.locator("#name").fill("Jan Nowy")
    page.locator("#email").fill("jan@urzad.example")
    page.locator("#role-author").check()
    page.get_by_role("button", name="Zaproś", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("E-mail wysłany na adres jan@urzad.example.")
    page.get_by_role("button", name="Wyślij ponownie").click()
    expect(page.locator("#failure")).to_contain_text("Zaproszenie przed chwilą wysłano")
    assert len(desk.office.enrolment.mail.sent) == 1
    page.get_by_role("button", name="Cofnij").click()
    expect(page.locator("[data-invitation]")).to_contain_text("Cofnięte.")
    eventually(page, lambda: not any(one.is_invited for one in desk.office.register.records.values()))
