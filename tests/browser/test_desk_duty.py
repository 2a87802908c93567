"""The duty page: one person on a phone at night; what is corrected, returned, followed up, drilled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from shared.domain.alert import Kind, Severity, State, replace
from tests.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk, desk, eventually
from tests.browser.thumb import Thumb

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SCREEN: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
SCREENS = ("phone", "phone, dark", "desktop", "desktop at 200 %")
MOST_ACTIONS, MOST_SECONDS = 12, 60  # of the night
OF_CORRECTION = 6  # actions


def active(desk: Desk, alert_id: str = "m1", title: str = "Skażona woda", **changes: Any) -> None:
    now = datetime.now(UTC)
    desk.alert(alert_id, title, state=State.ACTIVE, started=now, approved=now, **changes)


def begin(page: Page, tile: str) -> Thumb:
    thumb = Thumb(page)
    thumb.opened()
    thumb.choose(page.get_by_role("link", name=tile, exact=True))
    return thumb


def saved(page: Page) -> None:
    """Its answer names what the texts leave unsaid: a person reads the preview meanwhile."""
    expect(page.locator('[data-draft="saved"]')).to_have_count(1)
    expect(page.locator(".step--now .preview__figures")).to_be_visible()


def send(page: Page, thumb: Thumb) -> None:
    thumb.choose(page.get_by_role("button", name="zagrożenie trwa"))
    thumb.hold(page.locator("#send-now"))
    expect(page.locator("#notice")).to_contain_text("Wysłano")


def street_without_water(desk: Desk) -> Thumb:
    page = desk.open("kasia", **SCREEN)
    thumb = begin(page, "Brak wody")
    thumb.write(page.locator("#names"), "roz")
    thumb.choose(page.get_by_label("ul. Różana"))
    thumb.tap(page.locator("#next"))
    thumb.choose(page.locator(".chip").first)
    thumb.tap(page.locator("#next"))
    saved(page)
    send(page, thumb)
    return thumb


def severe_of_unknown_place_and_hour(desk: Desk) -> Thumb:
    """The whole municipality, since nobody knows where yet; no hour is given."""
    page = desk.open("kasia", **SCREEN)
    thumb = begin(page, "Przegotuj wodę")
    expect(page.locator("#names")).to_be_focused()
    thumb.choose(page.get_by_role("button", name="Cała gmina"))
    thumb.tap(page.locator("#next"))
    thumb.tap(page.locator("#next"))
    saved(page)
    thumb.tap(page.get_by_label("Wiem o tym. Wyślij mimo to"))
    send(page, thumb)
    return thumb


def test_the_night_takes_one_thumb_and_a_minute(desk: Desk, record_property: Any):
    night = street_without_water(desk)
    print(f"{night.actions} actions, {night.seconds:.1f} s at a person's pace")
    record_property("actions", night.actions)
    record_property("seconds", round(night.seconds, 1))
    assert night.actions <= MOST_ACTIONS
    assert night.seconds <= MOST_SECONDS
    sent = desk.only()
    assert (sent.state, sent.sent_alone, sent.reason) == (State.SCHEDULED, True, "zagrożenie trwa")
    assert sent.approved is not None
    clock = night.page.locator("#notice").inner_text()
    local = night.page.evaluate(
        "at => new Date(at).toLocaleTimeString('pl-PL', {timeZone: 'Europe/Warsaw'})",
        sent.approved.isoformat(),
    )
    assert local in clock  # the server's own moment


def test_a_severe_alert_of_unknown_place_and_hour_takes_one_action_more(desk: Desk):
    severe = severe_of_unknown_place_and_hour(desk)
    print(f"{severe.actions} actions, {severe.seconds:.1f} s at a person's pace")
    assert severe.actions <= MOST_ACTIONS + 1
    sent = desk.only()
    assert sent.content.severity is Severity.SEVERE
    assert sent.sent_alone


def test_what_is_not_said_or_odd_is_asked_about_before_it_goes(desk: Desk):
    page = desk.open("kasia", "/alerts/new?template=water_contamination")
    page.get_by_role("button", name="Cała gmina").click()
    expect(page.locator(".surprise")).to_contain_text("cała gmina")
    page.locator("#send-now").press("Enter")
    expect(page.locator("#failure")).to_contain_text("Wybierz powód.")
    expect(page.locator("#failure")).to_contain_text("zaznacz, że o tym wiesz")
    page.get_by_role("button", name="inny powód").click()
    page.locator("#alone-own").fill("Wodociągi dzwoniły.")
    page.get_by_label("Wiem o tym").check()
    assert_accessible(page, SCREENS)
    page.locator("#send-now").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("bez drugiej osoby")
    assert desk.count() == 0 or desk.only().state is State.DRAFT
    page.locator("#dialog-yes").click()
    expect(page.locator("#notice")).to_contain_text("Wysłano")
    assert desk.only().reason == "Wodociągi dzwoniły."


@pytest.mark.parametrize("name", ["anna", "ewa"])
def test_whoever_is_not_on_duty_has_no_such_button(desk: Desk, name: str):
    page = desk.open(name, "/alerts/new?template=water_outage")
    expect(page.locator("#submit")).to_be_visible()
    expect(page.locator("#send-now")).to_have_count(0)


def test_without_a_network_nothing_is_called_sent_and_a_lost_answer_is_looked_up(desk: Desk):
    page = desk.open("kasia", "/alerts/new?template=water_outage", **SCREEN)
    page.locator("#names").fill("roz")
    page.get_by_label("ul. Różana").check()
    page.locator("#next").click()
    page.locator(".chip").first.click()
    page.locator("#next").click()
    saved(page)
    page.get_by_role("button", name="liczy się czas").click()
    lost: list[str] = []

    def lose(route: Any) -> None:
        """The server takes the first one, and its answer never comes."""
        if lost:
            return route.fallback()
        request = route.request
        lost.append(request.url)
        headers = {name: value for name, value in request.headers.items() if name != "host"}
        path = request.url.split(":4999", 1)[1]
        taken = desk.api.client.open(path, method="POST", headers=headers, data=request.post_data_buffer)
        assert taken.status_code == 200
        return route.abort()

    page.context.route("**/send-now", lose)
    page.locator("#send-now").press("Enter")
    page.locator("#dialog-yes").click()
    expect(page.locator("#failure")).to_be_visible()
    expect(page.locator("#notice")).to_have_count(0)
    assert desk.only().sent_alone
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#notice")).to_contain_text("Wysłano")
    assert desk.count() == 1


def test_a_wrong_alert_is_corrected_by_one_person_from_the_prepared_text(desk: Desk):
    active(desk, severity=Severity.SEVERE)
    page = desk.open("anna", **SCREEN)
    thumb = Thumb(page)
    thumb.opened()
    thumb.tap(page.get_by_role("button", name="Sprostuj"))
    expect(page.locator("h1")).to_have_text("Sprostowanie: Skażona woda")
    came(page)
    thumb.hold(page.locator(".actions").get_by_role("button", name="Wyślij bez drugiej osoby"))
    expect(page.locator("#notice")).to_contain_text("Wysłano")
    print(f"{thumb.actions} actions, {thumb.seconds:.1f} s at a person's pace")
    assert thumb.actions <= OF_CORRECTION
    (made,) = [one for one in desk.office.alerts.thread("m1") if one.id != "m1"]
    assert (made.kind, made.sent_alone, made.replaces) == (Kind.CORRECTION, True, "m1")


def came(page: Page) -> None:
    """All that whoever decides is to see."""
    expect(page.locator(".decision .reach__figures")).not_to_contain_text("Liczymy")
    expect(page.locator(".map canvas").first).to_be_visible()
    expect(page.locator("#thread")).to_be_visible()


def step(page: Page, name: str) -> Locator:
    return page.locator(".actions").get_by_role("button", name=name)


def test_an_alert_is_returned_with_a_reason_edited_and_approved_anew(desk: Desk):
    desk.submitted("s1", "Brak wody")
    approver = desk.open("piotr", "/alerts/s1", **SCREEN)
    step(approver, "Zwróć do poprawy").click()
    expect(approver.locator("#dialog-yes")).to_be_disabled()
    approver.locator("#answer-reason").fill("Podaj telefon.")
    assert_accessible(approver, ("phone", "phone, dark"))
    approver.locator("#dialog-yes").click()
    expect(approver.locator("#notice")).to_contain_text("Zwrócono do poprawy.")

    author = desk.open("anna")
    waiting = author.locator('[data-section="waiting"]')
    expect(waiting).to_contain_text("Do poprawy: Podaj telefon.")
    assert author.title().startswith("(1) ")
    waiting.get_by_role("link").first.click()
    expect(author.locator("#reason")).to_contain_text("Podaj telefon.")
    author.locator(".actions").get_by_role("link", name="Popraw").click()
    author.locator("#contact").fill("12 345 67 89")
    author.locator("#submit").click()
    expect(author.locator("#notice")).to_contain_text("Przekazano")
    assert desk.stored("s1").content.contact == "12 345 67 89"

    approver.reload()
    step(approver, "Zatwierdź i wyślij").press("Enter")
    approver.locator("#dialog-yes").click()
    eventually(approver, lambda: desk.stored("s1").state is State.SCHEDULED)

    author.reload()
    author.locator(".actions").get_by_role("link", name="Popraw").click()
    author.locator("#pl-title").fill("Brak wody do rana")
    author.locator("#submit").click()
    expect(author.locator("#notice")).to_contain_text("Przekazano")
    voided = desk.stored("s1")
    assert (voided.state, voided.approver) == (State.SUBMITTED, None)


@pytest.mark.parametrize(
    ("action", "title", "prefilled"),
    [
        ("Aktualizuj", "Popraw alert", "Skażona woda"),
        ("Ogłoś koniec zagrożenia", "Koniec zagrożenia: Skażona woda", "minęło"),
    ],
)
def test_what_follows_is_prefilled_and_the_thread_is_shown(
    desk: Desk, action: str, title: str, prefilled: str
):
    active(desk)
    page = desk.open("anna", **SCREEN)
    page.get_by_role("button", name=action).click()
    expect(page.locator("h1")).to_have_text(title)
    if "edit" in page.url:
        expect(page.locator("#pl-title")).to_have_value(prefilled)
        page.goto(page.url.removesuffix("/edit"))
    else:
        expect(page.locator(".message__body").first).to_contain_text(prefilled)
    expect(page.locator("#thread [data-message]")).to_have_count(2)
    assert_accessible(page, ("phone", "phone, dark"))
    page.locator("#thread").get_by_role("link", name="Skażona woda").first.click()
    expect(page.locator("#thread [aria-current=page]")).to_have_text("Skażona woda")


def test_the_desk_says_what_waits_what_is_late_and_what_ends(desk: Desk):
    now = datetime.now(UTC)
    active(desk, "a1", "Wysłał jeden", sent_alone=True)
    active(desk, "a2", "Zwykły")
    late = desk.stored("a2")
    promised, ends = now - timedelta(minutes=9), now + timedelta(minutes=20)
    content = replace(late.content, next_info=promised, expires=ends)
    desk.office.alerts.put(replace(late, content=content))
    page = desk.open("ewa", **SCREEN)
    expect(page.locator('[data-section="waiting"]')).to_contain_text("Wysłała to jedna osoba.")
    now_active = page.locator('[data-section="now"]')
    expect(now_active).to_contain_text("jeszcze jej nie ma")
    expect(now_active.get_by_role("button", name="Przedłuż ważność")).to_be_visible()
    assert page.title().startswith("(1) ")
    assert_accessible(page, SCREENS)
    now_active.get_by_role("button", name="Wstrzymaj wysyłkę").click()
    page.locator("#dialog-yes").click()
    eventually(page, lambda: desk.stored("a2").stopped is not None)
    page.reload()
    expect(page.get_by_role("dialog")).to_have_count(0)  # asked for once


def test_when_it_was_noticed_is_asked_once_and_shown_with_the_time_to_sending(desk: Desk):
    page = desk.open("anna", "/alerts/new?template=water_outage", **SCREEN)
    page.locator("#names").fill("roz")
    page.get_by_label("ul. Różana").check()
    page.locator("#next").click()
    page.get_by_role("button", name="15 min temu").click()
    expect(page.locator("#noticed-spoken")).to_contain_text("Zgłoszono:")
    page.locator("#next").click()
    page.locator("#submit").click()
    expect(page.locator("#notice")).to_contain_text("Przekazano")
    made = desk.only()
    assert made.noticed is not None
    assert timedelta(minutes=14) < datetime.now(UTC) - made.noticed < timedelta(minutes=20)
    active(desk, "a9", noticed=datetime.now(UTC) - timedelta(minutes=7))
    page.goto(page.url.rsplit("/", 1)[0] + "/a9")
    expect(page.get_by_text("Od zgłoszenia do wysłania")).to_be_visible()
    expect(page.get_by_text("7 min", exact=True)).to_be_visible()


def test_an_exercise_begins_by_a_way_of_its_own_and_stays_one(desk: Desk):
    page = desk.open("anna", **SCREEN)
    page.get_by_role("link", name="Ćwiczenie", exact=True).click()
    expect(page.locator("h1")).to_have_text("Nowe ćwiczenie")
    expect(page.locator("#exercise")).to_have_count(0)
    page.locator(".tiles").get_by_role("button", name="Ewakuacja").click()
    page.get_by_role("button", name="Cała gmina").click()
    assert_accessible(page, ("phone", "phone, dark"))
    for _ in range(2):
        page.locator("#next").click()
    expect(page.locator(".lock__title").first).to_contain_text("ĆWICZENIE: Ćwiczymy ewakuację")
    page.locator("#submit").click()
    expect(page.locator("#failure")).to_contain_text("Zaznacz, że ćwiczenie jest ogłoszone.")
    page.get_by_label("Ogłoszenie wisi").check()
    page.locator("#submit").click()
    expect(page.locator("#notice")).to_contain_text("Przekazano")
    made = desk.only()
    assert made.content.exercise
    assert made.content.send_at is not None
    assert made.content.send_at - datetime.now(UTC) > timedelta(hours=23, minutes=55)

    page.get_by_role("link", name="Ogłoszenie do wydruku").click()
    expect(page.locator(".announcement")).to_contain_text("Nic nie trzeba robić.")
    expect(page.locator(".announcement")).to_contain_text("Gmina Regionalna")
    assert_accessible(page, SCREENS)
    page.emulate_media(media="print")
    expect(page.locator("#print")).to_be_hidden()
    page.emulate_media(media="screen")

    page.goto(page.url.replace("/announcement", "/edit"))
    expect(page.locator(".exercise-banner")).to_be_visible()
    ordinary = desk.open("anna", "/alerts/new", **SCREEN)
    expect(ordinary.locator(".exercise-banner")).to_have_count(0)
    expect(ordinary.locator("#exercise")).to_have_count(0)
    expect(ordinary.locator(".tiles").get_by_role("button", name="Brak wody")).to_be_visible()
    expect(ordinary.locator(".tiles").get_by_role("button", name="Próba alertów")).to_have_count(0)
