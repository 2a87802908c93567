"""Nothing typed is lost, in drafts, tabs, sessions, ready texts; and nothing is handed on by mistake."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from shared.domain.alert import State
from shared.formats.unfinished_json import read_unfinished
from shared.services.alerts.keep_draft import keep_draft
from tests.accessibility import assert_accessible
from tests.browser.desk import Desk, desk, eventually
from tests.browser.site import draw, more_tools, paste_area, write_texts
from tests.browser.town import LAT, LNG, square
from tests.fakes.tokens import STAFF

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

NEW = "/alerts/new"


def type_title(page: Page, text: str) -> None:
    page.locator("#pl-title").fill(text)


def saved(page: Page) -> None:
    expect(page.locator('[data-draft="saved"]')).to_be_visible()


def test_a_title_alone_saves_itself_and_goes_on_on_another_device(desk: Desk):
    page = desk.open("anna", NEW)
    type_title(page, "Brak wody")
    saved(page)
    draft = desk.only()
    assert (draft.state, draft.content.texts["pl"].title) == (State.DRAFT, "Brak wody")
    assert page.url.endswith(f"/alerts/{draft.id}/edit")
    other = desk.open("ewa", f"/alerts/{draft.id}/edit")
    expect(other.locator("#pl-title")).to_have_value("Brak wody")
    assert_accessible(page, ("phone", "desktop"))


def test_an_untouched_form_saves_nothing(desk: Desk):
    page = desk.open("anna", NEW)
    page.locator("#area_name").fill("x")
    page.get_by_role("button", name="Wyloguj").click()
    expect(page.locator("h1")).to_have_text("Zaloguj się")
    assert desk.count() == 0


def test_an_unfinished_draft_is_saved_on_request(desk: Desk):
    page = desk.open("anna", NEW)
    page.get_by_role("button", name="Brak wody").click()
    page.get_by_role("button", name="Zapisz szkic").click()
    expect(page.get_by_text("Zapisano szkic.")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Brak wody: …")
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(page.locator("#failure")).to_be_focused()
    assert desk.only().state is State.DRAFT
    assert_accessible(page, ("phone", "desktop"))


def test_what_cannot_be_read_keeps_nothing_else_from_being_saved(desk: Desk):
    page = desk.open("anna", NEW)
    type_title(page, "Tytuł")
    page.locator("#contact").fill("nie wiem")
    expect(page.locator('[data-draft="partly"]')).to_be_visible()
    assert desk.only().content.texts["pl"].title == "Tytuł"
    page.reload()
    expect(page.locator("#contact")).to_have_value("nie wiem")


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SCHEDULED])
def test_typing_takes_nothing_back_that_was_handed_on(desk: Desk, state: State):
    desk.alert("a1", state=state)
    page = desk.open("anna", "/alerts/a1/edit")
    type_title(page, "Poprawka")
    page.get_by_role("button", name="Wyloguj").click()
    expect(page.locator("h1")).to_have_text("Zaloguj się")
    assert desk.stored("a1").state is state
    assert [path for method, path in desk.asked if method == "PUT"] == []


# ---- Signing out, the end of a session, tabs


def sign_in(page: Page, name: str) -> None:
    page.locator("#email").fill(f"{name}@example.pl")
    page.locator("#password").fill("x")
    page.locator("form button[type=submit]").click()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SCHEDULED])
def test_saving_says_that_it_takes_back_what_was_handed_on(desk: Desk, state: State):
    made = desk.alert("a1", state=state, send_at=datetime.now(UTC) + timedelta(hours=6))
    page = desk.open("anna", f"/alerts/{made.id}/edit")
    type_title(page, "Poprawka")
    page.get_by_role("button", name="Zapisz szkic").click()
    expect(
        page.get_by_text("Alert jest znów szkicem: nie wyjdzie, dopóki inna osoba go nie zatwierdzi.")
    ).to_be_visible()
    assert desk.stored("a1").state is State.DRAFT


def test_saving_a_draft_takes_nothing_back_and_says_no_such_thing(desk: Desk):
    desk.alert("a1")
    page = desk.open("anna", "/alerts/a1/edit")
    type_title(page, "Poprawka")
    page.get_by_role("button", name="Zapisz szkic").click()
    expect(page.get_by_text("Zapisano szkic.")).to_be_visible()
    expect(page.get_by_text("Alert jest znów szkicem")).to_have_count(0)


def test_signing_out_saves_first_and_leaves_nothing_in_the_browser(desk: Desk):
    page = desk.open("anna", NEW)
    type_title(page, "Niedokończone")
    page.get_by_role("button", name="Wyloguj").click()
    expect(page.locator("h1")).to_have_text("Zaloguj się")
    assert desk.only().content.texts["pl"].title == "Niedokończone"
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []


def test_what_could_not_be_saved_waits_for_its_person_alone(desk: Desk):
    page = desk.open("anna", NEW)
    desk.broken = {"/api/drafts": 503}
    type_title(page, "Bez sieci")
    page.get_by_role("button", name="Wyloguj").click()
    expect(page.locator("h1")).to_have_text("Zaloguj się")
    desk.broken = {}
    sign_in(page, "ewa")
    page.locator(".header__home").click()
    expect(page.locator("h1")).to_have_text("Alerty")
    expect(page.get_by_text("Bez sieci")).to_have_count(0)
    page.get_by_role("button", name="Wyloguj").click()
    sign_in(page, "anna")
    unsaved = page.locator('[data-section="unsaved"]')
    expect(unsaved).to_contain_text("Bez sieci")
    assert_accessible(page, ("phone", "desktop"))
    unsaved.get_by_role("link").click()
    expect(page.locator("#pl-title")).to_have_value("Bez sieci")
    saved(page)
    assert desk.only().content.texts["pl"].title == "Bez sieci"


def test_a_session_that_ends_while_writing_has_a_way_out(desk: Desk):
    page = desk.open("anna", NEW)
    desk.broken = {"/api/drafts": 401}
    type_title(page, "Sesja")
    page.locator("#sign-in-again").click()
    expect(page.get_by_text("Sesja wygasła.")).to_be_visible()
    desk.broken = {}
    sign_in(page, "anna")
    expect(page.locator("#pl-title")).to_have_value("Sesja")


def test_two_tabs_write_two_alerts(desk: Desk):
    context = desk.context("anna")
    first, second = desk.tab(context, NEW), desk.tab(context, NEW)
    desk.broken = {"/api/drafts": 503}
    type_title(first, "Pierwszy")
    type_title(second, "Drugi")
    for page, title in ((first, "Pierwszy"), (second, "Drugi")):
        page.reload()
        expect(page.locator("#pl-title")).to_have_value(title)
    desk.broken = {}
    for page in (first, second):
        page.evaluate("dispatchEvent(new Event('online'))")
        saved(page)
    assert desk.count() == 2


def test_a_new_alert_begins_empty_and_the_other_text_stands_in_the_list(desk: Desk):
    page = desk.open("anna", NEW)
    desk.broken = {"/api/drafts": 503}
    type_title(page, "Wczorajszy")
    page.get_by_role("link", name="Wróć").first.click()
    expect(page.locator('[data-section="unsaved"]')).to_contain_text("Wczorajszy")
    page.get_by_role("link", name="Nowy alert").click()
    expect(page.locator("#pl-title")).to_have_value("")


def test_a_conflict_says_who_changed_what_and_both_texts_stay(desk: Desk):
    draft = desk.alert("a1", "Wspólny")
    page = desk.open("anna", "/alerts/a1/edit")
    body = {"texts": {"pl": {"title": "Tytuł Ewy"}}, "area_name": "Ewa"}
    keep_draft(desk.office.ports, draft.id, 1, STAFF["ewa"], read_unfinished(body))
    type_title(page, "Tytuł Anny")
    expect(page.locator("#changes")).to_contain_text("Ewa Zielińska")
    expect(page.locator("#changes")).to_contain_text("Nazwa obszaru")
    assert_accessible(page, ("phone", "desktop"))
    page.get_by_role("button", name="Wczytaj wersję z serwera").click()
    expect(page.locator("#pl-title")).to_have_value("Tytuł Ewy")
    page.locator("#put-back").click()
    expect(page.locator("#pl-title")).to_have_value("Tytuł Anny")
    saved(page)
    assert desk.stored("a1").content.texts["pl"].title == "Tytuł Anny"


def test_a_ready_text_takes_nothing_that_cannot_be_had_back(desk: Desk):
    page = desk.open("anna", NEW)
    type_title(page, "Mój tytuł")
    page.get_by_role("button", name="Burza").click()
    expect(page.locator("#pl-title")).not_to_have_value("Mój tytuł")
    page.locator("#put-back").click()
    expect(page.locator("#pl-title")).to_have_value("Mój tytuł")
    expect(page.locator("#pl-title")).to_be_focused()


# ---- Nothing is handed on by mistake


def fill(page: Page) -> None:
    write_texts(page, "Brak wody", "Zakręć krany.")
    paste_area(page, square(LAT, LNG, 0.006, 0.008))


FIELDS = ["#pl-title", "#area_name", "#expires", "#contact", "#source", "#circle-point", "#circle-radius"]


@pytest.mark.parametrize("field", FIELDS)
def test_enter_in_a_field_hands_nothing_on(desk: Desk, field: str):
    page = desk.open("anna", NEW)
    fill(page)
    page.get_by_text("Koło wokół podanego punktu").click()
    page.locator(field).press("Enter")
    page.wait_for_timeout(300)
    expect(page.locator("#failure")).to_have_count(0)
    assert all("submit" not in path for _, path in desk.asked)
    assert "/edit" in page.url or page.url.endswith(NEW)


@pytest.mark.parametrize("button", ["Przekaż do zatwierdzenia", "Zapisz szkic"])
def test_an_open_shape_is_closed_or_given_up_before_the_next_step(desk: Desk, button: str):
    page = desk.open("anna", NEW)
    fill(page)
    page.get_by_role("button", name="Rysuj obszar").click()
    at_map = page.locator(".map")
    at_map.scroll_into_view_if_needed()
    box = at_map.bounding_box()
    assert box
    for x, y in [(60, 60), (140, 60)]:
        page.mouse.click(box["x"] + x, box["y"] + y)
        page.wait_for_timeout(350)
    page.get_by_role("button", name="Rysuj koło").click()
    expect(page.locator("#map-message")).to_contain_text("Kształt nie jest zamknięty")
    page.get_by_role("button", name=button).click()
    expect(page.locator("#area-error")).to_contain_text("Kształt nie jest zamknięty")
    assert all("submit" not in path for _, path in desk.asked)
    page.locator(".toolbar__more summary").click()
    page.get_by_role("button", name="Przerwij").click()
    page.get_by_role("button", name=button).click()
    eventually(page, lambda: "/edit" not in page.url and not page.url.endswith(NEW))


def test_whoever_only_approves_is_told_before_they_write(desk: Desk):
    page = desk.open("piotr", NEW)
    expect(page.locator("#failure")).to_contain_text("Nie możesz pisać alertów")


# ---- The focus is never nowhere


NEIGHBOURS = ("BUTTON", "SUMMARY")


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement?.tagName ?? ''")
    return found


def test_the_focus_goes_to_a_neighbour_when_its_place_is_gone(desk: Desk):
    page = desk.open("anna", NEW)
    draw(page, [(-100, -60), (0, -60), (0, 60)])
    expect(page.locator(".part")).to_have_count(1)
    assert focused(page) != "BODY"
    more_tools(page)
    for name in ("Cofnij", "Ponów"):  # each is switched off by being pressed
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
        assert focused(page) in NEIGHBOURS, name
    page.locator(".part__remove").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".part")).to_have_count(0)
    assert focused(page) in NEIGHBOURS
    page.get_by_role("button", name="English").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_timeout(100)
    assert focused(page) in NEIGHBOURS


def test_closing_a_shape_by_key_keeps_the_focus(desk: Desk):
    page = desk.open("anna", NEW)
    page.get_by_role("button", name="Rysuj obszar").focus()
    page.keyboard.press("Enter")
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight"):
        page.locator(".map").focus()
        page.keyboard.press(key)
        page.wait_for_timeout(400)
        page.get_by_role("button", name="Punkt w krzyżyku").focus()
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Gotowe").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".part")).to_have_count(1)
    page.wait_for_timeout(100)
    assert focused(page) in NEIGHBOURS


def test_clipping_keeps_the_focus(desk: Desk):
    page = desk.open("anna", NEW)
    paste_area(page, square(LAT, LNG, 0.2, 0.01))
    page.get_by_role("button", name="Przytnij do granic gminy").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".reach__figures")).to_be_visible()
    assert focused(page) not in ("BODY", "")
