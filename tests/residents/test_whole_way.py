"""A resident's whole way on a phone's screen, from installing to being forgotten.

The Messaging SDK is the real one, Google's endpoints and the push service are answered by the test, all else
is the stack. The office writes, submits and approves; what the stand-in for FCM then has for this browser,
Chromium delivers to its worker.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from infra.local.stack import Stack
from shared.domain.alert import Text
from shared.domain.public_alert import Kind, PublicAlert
from shared.geo.cells import cell_of
from tests import published
from tests.browser.town import Town
from tests.browser.traffic import Traffic
from tests.residents.erasing import erase, firestore, knows, swept
from tests.residents.messaging import ENDPOINT, INSTALLATIONS, REGISTRATIONS, messaging_context
from tests.residents.placing import await_cell, save, type_coordinates, use_location
from tests.residents.publisher import METRE, Point, around
from tests.residents.push import TITLE, Phone, until, water_main
from tests.residents.reader import home
from tests.residents.resident import Resident
from tests.traces import named_in

__all__ = ["home"]
pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]

IN_PRIVATE = "in-incognito"  # what Chromium finds wrong with every page of a context like the test's


class Way:
    """One resident and their phone, the office they hear of, and all that the phone asked of anybody."""

    def __init__(self, stack: Stack, town: Town, phone: Phone, home: Point) -> None:
        self.stack, self.town, self.phone = stack, town, phone
        self.resident, self.page, self.office = phone.resident, phone.page, phone.office
        self.traffic = Traffic(self.page.context)
        self.home, self.next_home = home, (home[0] + 150 * METRE, home[1])
        self.uid = self.slot = self.token = ""
        self.proofs: set[str] = set()
        self.reported = ""  # the proof of the alert that is not theirs

    def pushed(self, alert: str) -> dict[str, str]:
        """What FCM has for this browser, once it has something."""
        data: dict[str, str] = self.phone.pushed(alert)["message"]["data"]
        self.proofs.add(data["proof"])
        return data

    def wait_until_sent(self, alert: str) -> None:
        until(lambda: self.office.alert(alert)["state"], lambda state: state == "active")
        until(lambda: self.office.summary(alert)["complete"])

    def follows(self, alert: str, kind: Kind, title: str) -> PublicAlert:
        """What the office says next in this case: published and signed."""
        text = {"pl": Text(title, "Dziękujemy za cierpliwość.")}
        return published.follow_up(self.town.registers, self.town.key, alert, kind, text)

    def told(self, text: str) -> set[str]:
        """Who was sent the text: "site", "firestore", "auth" or a host."""
        names = {urlsplit(self.resident.address).netloc: "site"}
        names |= {self.stack.host(name): name for name in ("firestore", "auth")}
        return {names.get(host, host) for host in self.traffic.told(text)}


@pytest.fixture
def way(stack: Stack, town: Town, chromium: Browser, home: Point) -> Iterator[Way]:
    here = {"latitude": home[0], "longitude": home[1], "accuracy": 35}
    with messaging_context(chromium, f"token-{uuid.uuid4()}", geolocation=here) as context:
        yield Way(stack, town, Phone(stack, Resident(stack, context.new_page())), home)


def test_the_whole_way(way: Way):
    can_be_installed(way)
    is_located_once_that_is_allowed(way)
    is_notified_once_that_is_allowed(way)
    is_spared_what_was_muted(way)
    alert = rings_once(way)
    is_counted(way, alert, "received")
    opens_by_a_click(way, alert)
    is_counted(way, alert, "opened")
    last = is_replaced_by_what_follows(way, alert)
    is_read_without_a_network(way, last)
    moves(way)
    new = rings_at_the_new_place_alone(way)
    says_that_it_is_not_theirs(way, new)
    is_forgotten(way, alert)
    has_told_nobody_else(way)
    has_kept_the_coordinates(way)


def can_be_installed(way: Way) -> None:
    page = way.resident.open()
    cdp = page.context.new_cdp_session(page)
    manifest = cdp.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert urlsplit(manifest["url"]).path == "/manifest.webmanifest"
    read = json.loads(manifest["data"])
    assert (read["id"], read["start_url"], read["scope"], read["display"]) == ("/", "/", "/", "standalone")
    errors = cdp.send("Page.getInstallabilityErrors")["installabilityErrors"]
    cdp.detach()
    assert [error["errorId"] for error in errors if error["errorId"] != IN_PRIVATE] == []


def is_located_once_that_is_allowed(way: Way) -> None:
    page = way.page
    way.resident.agree()
    use_location(page)
    expect(page.locator("#location-problem")).to_contain_text("Telefon nie pozwolił użyć lokalizacji.")
    page.context.grant_permissions(["geolocation"])  # what is not named is refused from now on
    use_location(page)
    expect(page.locator('[data-fact="accuracy"]')).to_contain_text("około 35 m")
    expect(page.locator(".place-map canvas").first).to_be_visible()
    expect(page.locator("#place-point")).to_be_focused()
    expect(page.locator(".place-municipality")).to_contain_text("Gmina Regionalna")
    save(page, "Dom")
    place = await_cell(way.resident, "1", cell_of(*way.home))
    assert sorted(place) == ["accuracy", "cell", "confirmed", "label", "updated"]
    assert (place["label"], place["accuracy"]) == ({"stringValue": "Dom"}, {"integerValue": "35"})
    assert place["confirmed"] == place["updated"]
    expect(page.locator(".header__place")).to_have_text("Gmina Regionalna")


def is_notified_once_that_is_allowed(way: Way) -> None:
    page, phone = way.page, way.phone
    expect(page).to_have_url(f"{way.resident.address}/app/notifications")
    phone.expect_state("denied")
    expect(page.locator(".receive-steps li")).not_to_have_count(0)
    assert way.resident.document("/devices/1") is None
    page.context.grant_permissions(["notifications"])
    phone.expect_state("on")
    page.get_by_role("button", name="Dalej").click()
    expect(page).to_have_url(f"{way.resident.address}/")
    assert page.evaluate(WORKER) == ["/", "activated"]
    way.uid, way.slot, way.token = way.resident.uid(), phone.slot(), phone.token()
    phone.indexed(cell=cell_of(*way.home))


def is_spared_what_was_muted(way: Way) -> None:
    page = way.resident.open("/app/settings")
    page.get_by_label("Wydarzenia").uncheck()
    expect(page.locator('.status [data-state="saved"]')).to_be_visible()
    until(lambda: "muted" in way.phone.indexed())
    alert = way.office.send(alert_at(way.home, category="event"))["id"]
    way.wait_until_sent(alert)
    assert way.phone.messages(alert) == []


def alert_at(point: Point, **changes: object) -> dict[str, object]:
    return water_main(area=json.loads(around(point)), **changes)


def rings_once(way: Way) -> str:
    """With the app closed; @returns the alert"""
    phone = way.phone
    phone.leave()
    alert: str = way.office.send(alert_at(way.home))["id"]
    data = way.pushed(alert)
    phone.deliver(data, "m1")
    [shown] = phone.shows(TITLE)
    assert (shown["tag"], shown["body"], shown["silent"]) == (alert, "Pękła rura. Zakręć krany.", False)
    assert shown["actions"] == ["Otwórz", "To mnie nie dotyczy"]
    phone.deliver(data, "m1")  # the same push again
    phone.deliver(data, "m2")  # sent again
    assert until(phone.notifications, lambda found: [one["silent"] for one in found] == [True])
    way.wait_until_sent(alert)
    assert len(phone.messages(alert)) == 1
    return alert


def is_counted(way: Way, alert: str, kind: str) -> None:
    receipt = until(lambda: way.phone.receipt(alert, kind, way.uid, way.slot))
    assert receipt
    assert receipt["expire"]["timestampValue"] > receipt["at"]["timestampValue"]
    assert way.office.summary(alert)[kind] is None  # one person is not told from nobody


def opens_by_a_click(way: Way, alert: str) -> None:
    way.phone.come_back("/")
    way.phone.click()
    expect(way.page).to_have_url(re.compile(f"/app/alert/{alert}$"))
    expect(way.page.locator("h1")).to_have_text(TITLE)
    expect(way.page.locator("#why-text")).to_contain_text("Dom")
    expect(way.page.locator("#seal")).to_contain_text("Podpis jest prawdziwy")
    way.phone.shows()


def is_replaced_by_what_follows(way: Way, alert: str) -> PublicAlert:
    """@returns the all-clear, open in the app"""
    phone, first = way.phone, way.pushed(alert)
    update = way.follows(alert, Kind.UPDATE, "Brak wody do 20:00")
    end = way.follows(update.id, Kind.ALL_CLEAR, "Woda wróciła")
    phone.leave()
    phone.deliver(first, "m3")
    phone.shows(TITLE)
    phone.deliver(following(first, update), "m4")
    assert phone.shows("Aktualizacja: Brak wody do 20:00")[0]["renotify"] is True
    phone.deliver(following(first, end), "m5")
    [shown] = phone.shows("Naprawione: Woda wróciła")
    assert (shown["tag"], shown["icon"].endswith("/icons/push-all_clear.png")) == (alert, True)
    for late, message in ((following(first, update), "m6"), (first, "m7")):
        phone.deliver(late, message)
    until(
        phone.notifications,
        lambda found: (
            [(one["title"], one["silent"]) for one in found] == [("Naprawione: Woda wróciła", True)]
        ),
    )
    phone.come_back("/")
    phone.click()
    expect(way.page).to_have_url(re.compile(f"/app/alert/{end.id}$"))
    expect(way.page.locator(".alert__thread li")).to_have_count(3)
    return end


def following(first: Mapping[str, str], alert: PublicAlert) -> dict[str, str]:
    """The push of a later message, as `first` was; the proof is the first alert's own."""
    text = alert.texts["pl"]
    of_it = {
        "alert": alert.id,
        "version": str(alert.version),
        "kind": alert.kind.value,
        "title": text.title,
        "body": text.body,
    }
    return {name: value for name, value in {**first, **of_it}.items() if name != "proof"}


def is_read_without_a_network(way: Way, alert: PublicAlert) -> None:
    page = way.page
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".offline")).to_be_visible()
    expect(page.locator("h1")).to_have_text(alert.texts["pl"].title)
    expect(page.locator(".alert__body")).to_have_text(alert.texts["pl"].body)
    expect(page.locator("#seal")).to_contain_text("Podpis jest prawdziwy")
    page.context.set_offline(False)
    expect(page.locator(".offline")).to_have_count(0)


def moves(way: Way) -> None:
    page = way.resident.open("/app/places")
    page.get_by_role("link", name="Zmień Dom").click()
    page.get_by_role("button", name="Wskaż inaczej").click()
    type_coordinates(page, "{:.6f}, {:.6f}".format(*way.next_home))
    save(page, "Nowy dom")
    await_cell(way.resident, "1", cell_of(*way.next_home))
    way.phone.indexed(cell=cell_of(*way.next_home))


def rings_at_the_new_place_alone(way: Way) -> str:
    """@returns the alert that rang"""
    phone = way.phone
    old = way.office.send(alert_at(way.home))["id"]
    new: str = way.office.send(alert_at(way.next_home))["id"]
    phone.leave()
    phone.deliver(way.pushed(new), "m8")
    assert phone.shows(TITLE)[0]["tag"] == new
    until(lambda: phone.receipt(new, "received", way.uid, way.slot))
    way.wait_until_sent(old)
    assert phone.messages(old) == []
    return new


def says_that_it_is_not_theirs(way: Way, alert: str) -> None:
    way.resident.open(f"/app/alert/{alert}")
    way.page.get_by_role("button", name="To mnie nie dotyczy").click()
    report = until(lambda: way.town.registers.fields(f"published/{alert}/reports/{way.uid}"))
    assert report
    assert set(report) == {"reason", "device", "proof", "at", "expire"}
    assert report["reason"] == {"stringValue": "not_mine"}
    way.reported = report["proof"]["stringValue"]
    way.phone.shows()


def is_forgotten(way: Way, alert: str) -> None:
    client = firestore(way.stack)
    assert len(named_in(client, way.uid)) > 6
    way.resident.open("/app/me")
    erase(way.page)
    expect(way.page.locator("h1")).to_have_text("Dane zostały usunięte", timeout=60_000)
    until(lambda: swept(way.stack) and named_in(client, way.uid), lambda left: left == [])
    assert not knows(way.stack, way.uid)
    figures = client.document(f"alerts/{alert}/deliveries/push.1").get().to_dict()["figures"]
    assert (figures["targeted"], figures["accepted"]) == (1, 1)


def has_told_nobody_else(way: Way) -> None:
    """Pages and worker: who, where and with which phone is known to Firestore, Auth and FCM alone."""
    assert way.told("") == {"site", "firestore", "auth", INSTALLATIONS, REGISTRATIONS}
    assert way.told(way.uid) == {"firestore"}
    assert way.told(way.token) == {"firestore", REGISTRATIONS}
    assert way.told(ENDPOINT) == {REGISTRATIONS}
    for point in (way.home, way.next_home):
        assert way.told(cell_of(*point)) == {"firestore"}
    for proof in way.proofs:
        assert way.told(proof) == {"firestore"}
        by_worker = {one.by_worker for one in way.traffic.asked if proof in one.text}
        assert by_worker == ({True, False} if proof == way.reported else {True})  # the app itself reports
    assert way.reported in way.proofs


def has_kept_the_coordinates(way: Way) -> None:
    """To ten metres."""
    for degrees in (*way.home, *way.next_home):
        whole, fraction = f"{degrees:.6f}".split(".")
        found = re.compile(rf"\b{whole}[.,]{fraction[:4]}")
        assert [one.address for one in way.traffic.asked if found.search(one.text)] == []


WORKER = """async () => {
  const {scope, active} = await navigator.serviceWorker.ready;
  return [new URL(scope).pathname, active.state];
}"""
