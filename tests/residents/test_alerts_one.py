"""One alert in the app: its words, place, thread and end; why I see it; passing it on; "not mine"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from infra.local.stack import PROJECT, Stack
from shared.domain.alert import State
from shared.domain.content import Category, Hazard, Response, Severity, Text
from shared.domain.covered import Covered, CoveredName
from shared.domain.public_alert import Kind
from tests.accessibility import violations
from tests.residents.publisher import METRE, Point, Publisher, around, now
from tests.residents.reader import Reader, home, installed, office, reader
from tests.rules.conftest import AppClient, id_token
from tests.rules.firestore_json import SERVER_TIME

__all__ = ["home", "installed", "office", "reader"]
pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]


def test_an_alert_says_all_of_itself(reader: Reader, office: Publisher, home: Point):
    page = reader.read(office.publish(home, "Brak wody").id)
    expect(page.locator("h1")).to_have_text("Brak wody")
    expect(page).to_have_title("Brak wody – Alert Online")
    expect(page.locator(".alert__body")).to_have_text("Pękła rura.\nBeczkowóz: Rynek.", use_inner_text=True)
    expect(page.locator(".alert .severity")).to_contain_text("Umiarkowane")
    facts = page.locator(".alert__facts")
    expect(facts).to_contain_text("Gmina Regionalna")
    expect(facts).to_contain_text("dzisiaj")
    expect(page.locator(".alert")).to_contain_text("ul. Główna")
    expect(page.get_by_text("Dom: w obszarze alertu")).to_be_visible()


def test_an_alert_names_the_streets_that_it_covers(reader: Reader, office: Publisher, home: Point):
    streets = tuple(CoveredName(f"1:{at}", f"ul. Polna {at}", 7, 117) for at in range(12))
    covered = Covered((CoveredName("1:99", "ul. Różana", 42, 42), *streets), 126, 8000, more=3, more_inside=9)
    page = reader.read(office.publish(home, "Brak wody", covers=covered).id)
    names = page.locator("#covers li")
    expect(names.first).to_have_text("ul. Różana: wszystkie 42 adresy")
    expect(names.nth(1)).to_have_text("ul. Polna 0: 7 z 117")
    expect(page.locator("#covers li:visible")).to_have_count(8)
    page.get_by_text("Pozostałe nazwy (8)").click()
    expect(page.locator("#covers li:visible")).to_have_count(13)
    expect(page.locator("#covers")).to_contain_text("Nazw, które się tu nie zmieściły: 3.")
    assert violations(page) == []


def test_an_alert_of_before_names_no_streets(reader: Reader, office: Publisher, home: Point):
    page = reader.read(office.publish(home, "Brak wody").id)
    expect(page.locator("h1")).to_have_text("Brak wody")
    expect(page.locator("#covers")).to_have_count(0)


def _warning(**changes: Any) -> dict[str, Any]:
    texts = {"pl": Text("Dym", "Zostań w domu.", "Zamknij okna.\nDuszności? 112.")}
    return {
        "category": Category.WARNING,
        "severity": Severity.SEVERE,
        "event": Hazard("smoke"),
        "response": Response("Shelter"),
        "source": "PSP w Krakowie",
        "contact": "+48 12 345 67 89",
        "next_info": now() + timedelta(hours=1),
        "texts": texts,
        **changes,
    }


def test_a_warning_says_what_to_do_until_when_and_whom_to_ask(reader: Reader, office: Publisher, home: Point):
    page = reader.read(office.publish(home, "Dym", **_warning()).id)
    expect(page.locator("#instruction")).to_have_text("Zamknij okna.\nDuszności? 112.", use_inner_text=True)
    facts = page.locator(".alert__facts")
    for fact in (
        "Ostrzeżenie: Dym",
        "PSP w Krakowie",
        "nie wiemy jeszcze",
        "Następna informacja do",
        "Schroń się",
    ):
        expect(facts).to_contain_text(fact)
    expect(facts.get_by_role("link", name="+48 12 345 67 89")).to_have_attribute("href", "tel:+48123456789")
    told = facts.inner_text()
    assert told.index("Przewidywany koniec") < told.index("Wiadomość ważna do")
    assert "To nie jest przewidywany koniec zdarzenia." in told
    expect(page.locator("#late")).to_have_count(0)
    assert violations(page) == []


def test_the_office_can_be_called_from_the_alert(reader: Reader, office: Publisher, home: Point):
    def with_phone(route: Route) -> None:
        answer = route.fetch()
        served = answer.json()
        for one in served["municipalities"]:
            one["contact"] = {"phone": "12 272 12 34"}
        route.fulfill(response=answer, json=served)

    reader.page.route("**/municipalities.json", with_phone)
    page = reader.read(office.publish(home, "Brak wody").id)
    phone = page.locator(".alert__facts").get_by_role("link", name="12 272 12 34")
    expect(phone).to_have_attribute("href", "tel:122721234")


def test_information_that_was_promised_and_did_not_come_is_said_to_be_late(
    reader: Reader, office: Publisher, home: Point
):
    promised = now() - timedelta(seconds=30)
    first = office.publish(home, "Dym", **_warning(next_info=promised, event_ends=now() + timedelta(hours=1)))
    page = reader.read(first.id)
    expect(page.locator("#late")).to_contain_text("Jeszcze jej nie ma.")
    expect(page.locator(".alert__facts")).not_to_contain_text("nie wiemy jeszcze")
    office.follow_up(first, Kind.UPDATE, "Dym rzednie")
    expect(page.locator("#newer")).to_be_visible()
    expect(page.locator("#late")).to_have_count(0)


def test_words_of_a_later_release_are_shown_plainly_and_believed(
    reader: Reader, office: Publisher, home: Point
):
    later = {
        "category": Category("air_raid"),
        "severity": Severity("Catastrophic"),
        "state": State("handed_over"),
        "kind": Kind("reminder"),
        "event": Hazard("black_ice"),
    }
    alert = office.publish(home, "Nowe słowa", **later)
    item = reader.item("Nowe słowa")
    for word in ("Catastrophic", "Air raid: Black ice", "Reminder"):
        expect(item).to_contain_text(word)
    page = reader.read(alert.id)
    expect(page.locator("#unverified")).to_have_count(0)
    expect(page.locator("#over")).to_have_count(0)
    expect(page.locator("#seal")).to_contain_text("Tak. Podpis jest prawdziwy")
    expect(page.locator(".alert__facts")).to_contain_text("Air raid: Black ice")


def test_the_area_is_on_a_map_that_the_keyboard_moves(reader: Reader, office: Publisher, home: Point):
    page = reader.read(office.publish(home, "Brak wody").id)
    area = page.get_by_role("application", name="Mapa obszaru alertu")
    expect(area.locator("canvas").first).to_be_visible()
    expect(area.get_by_role("button", name="Przybliż")).to_be_visible()
    area.focus()
    before = area.screenshot()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    for _ in range(100):
        if area.screenshot() != before:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the map stays where it is")


def test_a_newer_message_is_announced_above_the_old_one(reader: Reader, office: Publisher, home: Point):
    first = office.publish(home, "Brak wody")
    page = reader.read(first.id)
    expect(page.locator("#newer")).to_have_count(0)
    update = office.follow_up(first, Kind.UPDATE, "Brak wody do 20:00")
    expect(page.locator("#newer")).to_contain_text("W tej sprawie jest nowsza wiadomość.")
    expect(page.locator("#announcements")).to_have_text("Nowy alert: Brak wody do 20:00")
    office.follow_up(update, Kind.ALL_CLEAR, "Woda wróciła")
    expect(page.locator("#newer")).to_contain_text("Ta sprawa jest zakończona.")
    page.get_by_role("link", name="Przejdź do najnowszej: Woda wróciła").click()
    expect(page.locator("h1")).to_have_text("Woda wróciła")
    expect(page.locator("#newer")).to_have_count(0)
    messages = page.locator(".alert__thread li")
    expect(messages).to_have_count(3)
    expect(messages.nth(0)).to_contain_text("Naprawione")
    expect(messages.nth(0)).to_contain_text("tę wiadomość czytasz teraz")
    messages.nth(2).get_by_role("link", name="Brak wody").click()
    expect(page.locator("h1")).to_have_text("Brak wody")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": State.CANCELLED, "cancelled": now()}, "Ten alert odwołano: dzisiaj"),
        ({"expires": now() - timedelta(minutes=1)}, "Ten alert już nie obowiązuje. Wygasł:"),
    ],
    ids=["cancelled", "expired"],
)
def test_an_alert_that_is_over_says_so(
    reader: Reader, office: Publisher, home: Point, changes: dict[str, Any], words: str
):
    page = reader.read(office.publish(home, "Brak wody", **changes).id)
    expect(page.locator("#over")).to_contain_text(words)


def test_an_alert_that_is_cancelled_while_it_is_read_says_so(reader: Reader, office: Publisher, home: Point):
    alert = office.publish(home, "Brak wody")
    page = reader.read(alert.id)
    expect(page.locator("#over")).to_have_count(0)
    office.write(replace(alert, state=State.CANCELLED, cancelled=now(), revision=4))
    expect(page.locator("#over")).to_contain_text("Ten alert odwołano")


def test_it_says_why_i_see_it(reader: Reader, office: Publisher, home: Point):
    mine = office.publish(home, "Moje")
    page = reader.read(mine.id)
    expect(page.locator("#why-text")).to_have_text(
        "Ten alert dotyczy obszaru: ul. Główna. Leży w nim Twój adres: Dom."
    )
    elsewhere = around((home[0] + 1000 * METRE, home[1]))
    page = reader.read(office.follow_up(mine, Kind.CORRECTION, "To inna ulica", area=elsewhere).id)
    expect(page.locator("#why-text")).to_contain_text("obejmowała je wcześniejsza wiadomość")
    expect(page.get_by_text("Dom: poza obszarem, 960 m od niego")).to_be_visible()
    page = reader.read(office.publish((home[0] + 2000 * METRE, home[1]), "Cudze").id)
    expect(page.locator("#why-text")).to_contain_text("choć nie dotyczy żadnego z Twoich adresów")
    expect(page.get_by_role("button", name="To mnie nie dotyczy")).to_have_count(0)


def test_that_it_is_not_mine_is_reported_once(stack: Stack, reader: Reader, office: Publisher, home: Point):
    alert = office.publish(home, "Nie moje").id
    reader.get_by_push(alert)
    page = reader.read(alert)
    page.get_by_role("button", name="To mnie nie dotyczy").click()
    expect(page.locator("#reported")).to_contain_text("Dziękujemy")
    expect(page.locator("#announcements")).to_contain_text("Dziękujemy")
    report = office.wait_for_report(alert, reader.uid)
    assert report["reason"] == {"stringValue": "not_mine"}
    assert set(report) == {"reason", "device", "proof", "at", "expire"}
    page.evaluate("indexedDB.deleteDatabase('alert-online-app') && true")
    page = reader.read(alert)
    expect(page.locator("#reported")).to_be_visible()
    app = AppClient(stack.host("firestore"), PROJECT, id_token(PROJECT, reader.uid, {}))
    assert not app.set(f"published/{alert}/reports/{reader.uid}", {"reason": "not_mine", "at": SERVER_TIME})


def test_what_did_not_come_by_push_cannot_be_reported(reader: Reader, office: Publisher, home: Point):
    page = reader.read(office.publish(home, "Z listy").id)
    expect(page.locator("#why-text")).to_contain_text("Dom")
    expect(page.get_by_role("button", name="To mnie nie dotyczy")).to_have_count(0)


def test_sharing_copies_the_public_address(reader: Reader, office: Publisher, home: Point):
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    alert = office.publish(home, "Brak wody").id
    page = reader.read(alert)
    page.evaluate("Object.defineProperty(navigator, 'share', {value: undefined, configurable: true})")
    page.get_by_role("button", name="Udostępnij").click()
    address = f"{reader.resident.address}/a/{alert}"
    expect(page.locator("#shared")).to_contain_text(address)
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_sharing_hands_the_public_address_to_the_phone(reader: Reader, office: Publisher, home: Point):
    alert = office.publish(home, "Brak wody").id
    page = reader.read(alert)
    page.evaluate(
        """() => {
          const share = async (what) => { window.handed = what; };
          Object.defineProperty(navigator, 'share', {value: share, configurable: true});
        }"""
    )
    page.get_by_role("button", name="Udostępnij").click()
    address = f"{reader.resident.address}/a/{alert}"
    assert page.evaluate("window.handed") == {"title": "Brak wody", "url": address}


def test_without_sharing_and_clipboard_the_address_is_shown(reader: Reader, office: Publisher, home: Point):
    page = reader.read(office.publish(home, "Brak wody").id)
    page.evaluate(
        """() => {
          Object.defineProperty(navigator, 'share', {value: undefined, configurable: true});
          navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
        }"""
    )
    page.get_by_role("button", name="Udostępnij").click()
    expect(page.locator("#shared")).to_contain_text("/a/a")


def test_a_text_that_is_missing_in_my_language_comes_in_polish_and_says_so(
    reader: Reader, office: Publisher, home: Point
):
    texts = {"pl": Text("Brak wody", "Pękła rura."), "uk": Text("Немає води", "Прорвало трубу.")}
    both, polish = office.publish(home, "", texts=texts), office.publish(home, "Tylko po polsku")
    reader.page.evaluate("localStorage.setItem('language', 'uk')")
    page = reader.read(both.id)
    expect(page.locator("h1")).to_have_text("Немає води")
    expect(page.locator("#other-language")).to_have_count(0)
    page = reader.read(polish.id)
    expect(page.locator("#other-language")).to_contain_text("Цього сповіщення немає українською")
    expect(page.locator("h1")).to_have_attribute("lang", "pl")


def test_an_exercise_says_that_nothing_has_happened(reader: Reader, office: Publisher, home: Point):
    page = reader.read(office.publish(home, "Próba", exercise=True).id)
    expect(page.locator(".alert")).to_contain_text("To ćwiczenie. Nic się nie stało.")


def test_an_alert_that_is_not_there_is_said_to_be_missing(reader: Reader):
    reader.resident.open("/app/alert/nothing")
    expect(reader.page.locator("h1")).to_have_text("Nie ma takiego alertu")


PUSHED = """async (push) => {
  const {write} = await import('/source/sw/state.js');
  await write('alerts', push.alert, {...push, at: Date.now()});
}"""


def test_an_alert_of_which_only_the_push_came_is_read_from_it(
    installed: Reader, office: Publisher, home: Point
):
    """The phone lost its network between the notification and the click."""
    page: Page = installed.page
    push = {
        "alert": "aPushed",
        "thread": "aPushed",
        "version": "1",
        "title": "Ewakuacja",
        "body": "Wyjdź teraz.",
    }
    more = {"severity": "Extreme", "category": "warning", "language": "pl", "proof": "0" * 64}
    page.evaluate(PUSHED, {**push, **more})
    expect(page.locator("#since")).to_have_count(0)
    page.context.set_offline(True)
    installed.resident.open("/app/alert/aPushed")
    expect(page.locator("h1")).to_have_text("Ewakuacja")
    expect(page.locator("#pushed")).to_contain_text("To treść powiadomienia.")
    expect(page.locator(".alert")).to_contain_text("Zagrożenie życia")
    page.goto(f"{installed.resident.address}/app/alert/aUnknown")
    expect(page.locator("h1")).to_have_text("Tego alertu nie ma jeszcze w telefonie")
