"""What is on the phone is shown, and nothing is said that no server said: whatever fails around the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, Route, expect

from infra.local.accounts import TERC
from infra.local.processes import ROOT
from infra.local.stack import Stack
from shared.domain.alert import Severity
from shared.domain.public_alert import Kind
from shared.geo.cells import cell_of
from tests.residents.placing import save, type_coordinates
from tests.residents.publisher import METRE, Point, Publisher, now
from tests.residents.push import TITLE, Phone, push
from tests.residents.reader import Reader, home, installed, office, reader
from tests.residents.resident import Resident
from tests.residents.settled import Settled

__all__ = ["home", "installed", "office", "reader"]
pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

NOTHING = "Teraz nic nie dotyczy Twoich adresów."
UNKNOWN = "Jeszcze nie wiemy"
SOON = 15_000  # ms; Auth gives an answer that does not come up after thirty seconds


@pytest.fixture
def phone(kept_phone: Phone) -> Phone:
    return kept_phone


def silent(page: Page, *addresses: str) -> None:
    """Requests to these are never answered."""
    for address in addresses:
        page.context.route(address, lambda route: None)


def test_what_came_by_push_is_in_the_list_though_no_server_confirms_it(phone: Phone):
    phone.live_here()
    phone.leave()
    phone.deliver(push(severity="Extreme"), "m1")
    phone.shows(TITLE)
    phone.page.context.set_offline(True)
    phone.come_back("/")
    item = phone.page.locator("#now .alerts__item")
    expect(item).to_contain_text(TITLE)
    expect(item).to_contain_text("jeszcze niepotwierdzona")
    expect(phone.page.locator("main")).not_to_contain_text(NOTHING)
    item.get_by_role("link").click()
    expect(phone.page.locator(".alert__body")).to_contain_text("Pękła rura.")


def test_before_a_server_has_answered_nothing_is_said_to_be_nothing(
    new_resident: Callable[..., Resident], stack: Stack
):
    resident = new_resident(service_workers="block")
    silent(resident.page, f"http://{stack.host('firestore')}/**")
    resident.open()
    resident.agree()
    resident.open("/")
    expect(resident.page.locator("#unknown")).to_contain_text(UNKNOWN)
    expect(resident.page.locator("main")).not_to_contain_text(NOTHING)
    expect(resident.page.locator("main")).not_to_contain_text("W ostatnich 30 dniach nic")


LIST, ALERT = "**/alerts/*.json", "**/a/*.json"
SIGN_IN = "**/identitytoolkit.googleapis.com/**"
ELSEWHERE = {"municipality": {"terc": "0000000", "name": "", "languages": [], "keys": []}, "alerts": []}
OTHERS: dict[str, dict[str, Any]] = {
    "busy": {"status": 503, "body": "busy"},
    "too many": {"status": 429, "body": "slowly"},
    "a Wi-Fi's page": {"status": 200, "body": "<title>Log in</title>", "content_type": "text/html"},
    "not JSON": {"status": 200, "body": '{"alerts": [', "content_type": "application/json"},
    "nothing": {"status": 200, "json": {"alerts": []}},
    "another place's": {"status": 200, "json": ELSEWHERE},
    "not there": {"status": 404, "body": "unknown"},
}


def answering(answer: dict[str, Any]) -> Callable[[Route], None]:
    return lambda route: route.fulfill(**answer)


def opened_beside(resident: Resident, *addresses: str) -> Iterator[Page]:
    """A tab at the list for each of the other answers, which these addresses give there; none is waited for:
    the app has patience with each."""
    resident.page.goto("about:blank")  # it would ask, and be answered
    for answer in OTHERS.values():
        page = resident.page.context.new_page()
        for address in addresses:
            page.route(address, answering(answer))
        page.goto(f"{resident.address}/", wait_until="commit")
        yield page


def test_whatever_answers_instead_of_the_list_hides_nothing(reader: Reader, office: Publisher, home: Point):
    alert = office.publish(home, "Skażona woda", severity=Severity.EXTREME)
    expect(reader.item("Skażona woda")).to_be_visible()
    pages = list(opened_beside(reader.resident, LIST, ALERT))
    for page in pages:
        expect(page.locator("#now .alerts__item")).to_contain_text("Skażona woda")
        expect(page.locator("#since")).to_contain_text("Stan z: dzisiaj")
        page.goto(f"{reader.resident.address}/app/alert/{alert.id}", wait_until="commit")
    for page in pages:
        expect(page.locator("#seal")).to_contain_text("Podpis jest prawdziwy")
        expect(page.locator("#since")).to_contain_text("Stan z: dzisiaj")


def test_whatever_answers_instead_of_the_list_says_nothing_of_it(
    settled: Settled, office: Publisher, home: Point
):
    resident = settled.done()
    office.house(resident.uid(), [("Dom", cell_of(*home))])
    pages = list(opened_beside(resident, LIST))
    for page in pages:
        expect(page.locator("#unknown")).to_contain_text(UNKNOWN)
        expect(page.locator("main")).not_to_contain_text(NOTHING)
    for page in pages:
        page.unroute(LIST)
        page.evaluate("dispatchEvent(new Event('online')) && true")
        expect(page.locator("#now")).to_contain_text(NOTHING)


def test_an_older_copy_takes_no_alert_away(reader: Reader, office: Publisher, home: Point):
    address = f"{reader.resident.address}/alerts/{TERC}.json"
    before = requests.get(address, timeout=60).text
    office.publish(home, "Skażona woda")
    expect(reader.item("Skażona woda")).to_be_visible()
    long_ago = {"date": format_datetime(now() - timedelta(hours=1), usegmt=True)}
    copy = {"body": before, "headers": long_ago, "content_type": "application/json"}
    reader.page.route(LIST, lambda route: route.fulfill(status=200, **copy))
    reader.resident.open("/")
    expect(reader.item("Skażona woda")).to_be_visible()
    expect(reader.page.locator("#since")).to_contain_text("Stan z: dzisiaj")


def test_what_came_by_push_stays_though_the_list_does_not_have_it_yet(phone: Phone):
    phone.live_here()
    phone.deliver(push(severity="Extreme"), "m1")
    phone.shows(TITLE)
    phone.resident.open("/")
    expect(phone.page.locator("#now .alerts__item")).to_contain_text(TITLE)
    expect(phone.page.locator("#since")).to_have_count(0)
    expect(phone.page.locator("#now .alerts__item")).to_contain_text("jeszcze niepotwierdzona")


def test_a_sign_in_that_is_not_answered_holds_no_alert_back(
    installed: Reader, office: Publisher, home: Point, stack: Stack
):
    alert = office.publish(home, "Skażona woda", severity=Severity.EXTREME)
    expect(installed.item("Skażona woda")).to_be_visible()
    silent(installed.page, "**/identitytoolkit.googleapis.com/**", "**/securetoken.googleapis.com/**")
    for path, heading in (("/", "Alerty"), (f"/app/alert/{alert.id}", "Skażona woda")):
        installed.page.goto(installed.resident.address + path)
        expect(installed.page.locator("main h1")).to_have_text(heading, timeout=SOON)
        expect(installed.page.locator("main")).to_contain_text("Skażona woda", timeout=SOON)


def test_a_busy_sign_in_costs_nobody_the_account(reader: Reader):
    for status in (429, 503):
        refused = {"error": {"code": status, "message": "BUSY"}}
        answer = {"status": status, "json": refused}
        reader.page.context.route(SIGN_IN, answering(answer))
        reader.resident.open("/")
        expect(reader.page.locator(".tabs")).to_be_visible()
        reader.page.context.unroute(SIGN_IN)
        reader.resident.open("/")
        assert reader.resident.uid() == reader.uid


def test_what_holds_is_not_pushed_out_of_the_list_by_what_came_since(
    reader: Reader, office: Publisher, home: Point
):
    elsewhere = (home[0] + 900 * METRE, home[1])
    office.publish(home, "Ewakuacja", severity=Severity.EXTREME, sent=now() - timedelta(hours=2))
    for number in range(50):
        office.publish(elsewhere, f"Zebranie {number}", kind=Kind.ALERT)
    reader.resident.open("/")
    expect(reader.page.locator("#now .alerts__item")).to_contain_text("Ewakuacja")


def test_a_danger_to_life_elsewhere_in_my_municipality_is_not_folded_away(
    reader: Reader, office: Publisher, home: Point
):
    office.publish((home[0] + 900 * METRE, home[1]), "Ewakuacja obok", severity=Severity.EXTREME)
    expect(reader.page.locator("#near")).to_contain_text("Ewakuacja obok")
    expect(reader.item("Ewakuacja obok")).to_be_visible()


def test_the_list_says_which_of_my_places_is_meant(reader: Reader, office: Publisher, home: Point):
    office.publish(home, "Brak wody u mnie")
    expect(reader.item("Brak wody u mnie")).to_contain_text("Dotyczy: Dom")


def test_an_all_clear_has_no_mark_of_danger(reader: Reader, office: Publisher, home: Point):
    first = office.publish(home, "Skażona woda", severity=Severity.EXTREME)
    clear = office.follow_up(first, Kind.ALL_CLEAR, "Woda zdatna", severity=Severity.EXTREME)
    expect(reader.item("Woda zdatna")).to_contain_text("Naprawione")
    expect(reader.item("Woda zdatna")).not_to_contain_text("Zagrożenie życia")
    reader.read(clear.id)
    expect(reader.page.locator(".alert .severity")).to_have_count(0)


def test_telephone_numbers_of_a_signed_text_can_be_tapped(reader: Reader, office: Publisher, home: Point):
    from shared.domain.alert import Text

    texts = {"pl": Text("Brak wody", "Pytania: 44 725 88 17")}
    alert = office.publish(home, "", texts=texts)
    page = reader.read(alert.id)
    expect(page.locator(".alert__body a")).to_have_attribute("href", "tel:447258817")


LATER = "**/js/more-*.js"


def foreign(route: Route) -> None:
    """A view's file that asks of another one what the page's copy of that does not have."""
    names = (ROOT / "web-residents/built/js").glob("main-*.js")
    text = f"import {{ added }} from './{next(names).name}'; export const open = added;"
    route.fulfill(body=text, content_type="text/javascript")


def gone(route: Route) -> None:
    """As Hosting answers for a file of the release before."""
    route.fulfill(status=404, body="<p>404", content_type="text/html")


def replaced(route: Route) -> None:
    """The page of the next release."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("/js/main-", "/js/main-next-"))


def test_an_app_open_over_a_deployment_loads_itself_anew(settled: Settled):
    resident = settled.done()
    page = resident.open("/")  # which has not loaded it
    page.route(LATER, foreign)
    page.get_by_role("link", name="Ustawienia").click()
    expect(page.locator("main h1")).to_have_text("Coś się nie udało")  # loaded anew by itself, once
    page.unroute(LATER)
    page.get_by_role("button", name="Spróbuj ponownie").click()
    resident.expect_view("Ustawienia")


def test_a_file_that_is_gone_loads_the_page_anew_only_after_a_deployment(settled: Settled):
    for deployed in (True, False):
        resident = settled.done()
        page = resident.open("/")
        page.route(LATER, gone)
        if deployed:
            page.route(
                resident.address + "/", lambda route: replaced(route) if asks(route) else route.continue_()
            )
        page.get_by_role("link", name="Ustawienia").click()
        expect(page.locator("main h1")).to_have_text("Coś się nie udało")
        assert page.evaluate("sessionStorage.getItem('reloaded') !== null") == deployed


def asks(route: Route) -> bool:
    """Whether a script wants to know what the page is by now."""
    return route.request.resource_type == "fetch"


def test_an_alert_that_comes_while_another_view_is_open_is_named_there(phone: Phone):
    phone.live_here()
    phone.resident.open("/app/settings")
    phone.deliver(push(), "m1")
    banner = phone.page.locator("#arrival")
    expect(banner).to_contain_text(TITLE)
    banner.get_by_role("link", name=TITLE).click()
    expect(banner).to_have_count(0)


def test_notifications_that_are_on_stay_on_without_internet(phone: Phone):
    """Wi-Fi without internet: the browser says that it is online."""
    phone.page.context.set_offline(True)
    phone.page.add_init_script("Object.defineProperty(Navigator.prototype, 'onLine', {get: () => true})")
    phone.resident.open("/")
    expect(phone.page.locator(".tabs")).to_be_visible()
    phone.resident.open("/app/notifications")
    phone.expect_state("on")
    expect(phone.page.locator(".receive-banner")).to_have_count(0)


def test_a_trial_goes_the_whole_way(phone: Phone):
    phone.live_here()
    phone.resident.open("/app/notifications")
    phone.expect_state("on")
    phone.page.get_by_role("button", name="Pokaż powiadomienie na próbę").click()
    expect(phone.page.locator("#trial-arrived")).to_be_visible()
    phone.shows("Próba: powiadomienia działają")


def test_what_was_pushed_is_not_said_to_have_come_silently_by_wishes_of_later(phone: Phone):
    phone.live_here()
    phone.leave()
    phone.deliver(push(severity="Minor"), "m1")
    phone.shows(TITLE)
    phone.come_back("/app/settings")
    phone.page.get_by_label("Tylko zagrożenie życia", exact=True).check()
    expect(phone.page.locator("main")).to_contain_text("Zapisano")
    phone.come_back("/")
    item = phone.page.locator("#now .alerts__item").filter(has_text=TITLE)
    expect(item).to_be_visible()
    expect(item).not_to_contain_text("Bez powiadomienia")


def test_the_greeting_makes_way_for_alerts(settled: Settled, office: Publisher, home: Point):
    office.publish(home, "Brak wody")
    resident = settled.agreed()
    page = resident.open("/app/places/new")
    type_coordinates(page, f"{home[0]:.6f}, {home[1]:.6f}")
    save(page, "Dom")
    expect(page).to_have_url(f"{resident.address}/app/notifications")
    resident.skip()
    expect(page.locator("#now .alerts__item")).to_contain_text("Brak wody")
    expect(page.locator("main")).not_to_contain_text("Gotowe. Tu pojawią się alerty")
