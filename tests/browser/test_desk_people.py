"""Who may do what: granted by two, with a scope; a lost phone, the end of access, invitations."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from shared.domain.staff import Enrolment, StaffRecord
from tests.accessibility import assert_accessible
from tests.browser.desk import Desk, desk, eventually
from tests.fakes.tokens import STAFF

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ANNA = STAFF["anna"].person
SCREENS = ("phone", "phone, dark", "desktop")


@pytest.fixture(autouse=True)
def people(desk: Desk) -> None:
    for name in ("anna", "adam", "beata"):
        desk.register(name, STAFF[name])


def anna(desk: Desk) -> StaffRecord:
    return desk.office.register.records[ANNA.uid]


def row(page: Page):
    return page.locator(f'[data-person="{ANNA.uid}"]')


def test_a_role_is_granted_by_two_and_a_scope_by_keyboard(desk: Desk):
    first = desk.open("adam", "/people")
    own = first.locator('[data-person="uid-adam"]')
    expect(own).to_contain_text("to Ty")
    expect(own.get_by_role("button")).to_have_count(0)
    row(first).get_by_role("button", name="Zmień uprawnienia").press("Enter")
    row(first).get_by_label("Zatwierdzający", exact=True).press("Space")
    row(first).locator("summary", has_text="Zakres roli: Autor").press("Enter")
    row(first).get_by_label("Awaria").first.press("Space")
    row(first).get_by_label("Powód (trafi do rejestru zdarzeń)").fill("Zastępuje Ewę")
    assert_accessible(first, SCREENS)
    row(first).get_by_role("button", name="Zapisz").press("Enter")
    expect(first.locator("#notice")).to_contain_text("drugi administrator")
    expect(row(first)).to_contain_text("tylko Awaria")
    assert anna(desk).roles == {"author"}
    expect(first.locator("[data-grant]")).to_contain_text("Musi to potwierdzić inny administrator")
    expect(first.locator("[data-grant]").get_by_role("button", name="Potwierdź")).to_have_count(0)
    [act] = desk.office.audit.acts(STAFF["anna"].terc, "staff.rights")
    assert act.why == "Zastępuje Ewę"

    second = desk.open("beata", "/people")
    assert_accessible(second, SCREENS)
    second.locator("[data-grant]").get_by_role("button", name="Potwierdź").press("Enter")
    expect(second.locator("#notice")).to_contain_text("Potwierdzono.")
    assert anna(desk).roles == {"author", "approver"}
    expect(second.locator("[data-grant]")).to_have_count(0)


def test_a_refusal_costs_nobody_their_words(desk: Desk):
    page = desk.open("adam", "/people")
    page.get_by_text("Zaproponuj porozumienie o zastępstwie").click()
    page.get_by_label("Kto zastępuje").fill("Powiat ościenny")
    page.get_by_label("Adresy e-mail osób").fill("nikt@oscienna.example")
    page.get_by_role("button", name="Zaproponuj porozumienie", exact=True).click()
    expect(page.locator("#failure")).to_be_focused()
    expect(page.get_by_label("Kto zastępuje")).to_have_value("Powiat ościenny")
    expect(page.get_by_label("Adresy e-mail osób")).to_have_value("nikt@oscienna.example")


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
    page.get_by_role("dialog").get_by_label("Powód").fill("Koniec umowy")
    page.get_by_role("dialog").get_by_role("button", name="Wyłącz dostęp").click()
    expect(page.locator("#notice")).to_contain_text("nie ma już dostępu")
    assert not anna(desk).active
    expect(row(page)).to_contain_text("dostęp wyłączony")
    expect(row(page).get_by_role("button")).to_have_count(0)
    assert [act.why for act in desk.office.enrolment.audit.acts(STAFF["anna"].terc, "staff.disable")] == [
        "Koniec umowy"
    ]


def test_an_invitation_is_sent_once_and_withdrawn(desk: Desk):
    page = desk.open("adam", "/people")
    page.get_by_role("button", name="Zaproś", exact=True).click()
    expect(page.locator("#name-error, #email-error, #roles-error").first).to_be_visible()
    assert_accessible(page)
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


@pytest.mark.parametrize("name", ["piotr", "dorota"])
def test_others_see_no_list_of_people(desk: Desk, name: str):
    page = desk.open(name, "/alerts")
    expect(page.get_by_role("link", name="Pracownicy")).to_have_count(0)
    page.get_by_role("link", name="Zastępstwo powiatu").click()
    expect(page.locator("h1")).to_have_text("Zastępstwo powiatu")
    expect(page.locator("[data-person], [data-invitation], form")).to_have_count(0)
    assert [path for _, path in desk.asked if "/api/people" in path or "/invitations" in path] == []
