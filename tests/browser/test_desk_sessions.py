"""A session that ends while somebody writes loses nothing; a key confirms; other devices are ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from shared import wiring
from shared.domain.alert import Person, Severity, State
from shared.domain.own_factors import Factors, new_pin
from shared.domain.staff_session import SessionLimits
from tests.accessibility import assert_accessible
from tests.browser.desk import Desk, desk, eventually
from tests.fakes.staff import record
from tests.fakes.tokens import STAFF, staff

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PIN = "482915"
SCREENS = ("phone", "phone, dark")


def leave(desk: Desk, token: str = "anna") -> None:
    """Nobody has been there for an hour, and what was typed before is long kept."""
    sessions, uid = desk.office.sessions, STAFF[token].person.uid
    kept = sessions.get(uid, desk.office.tokens.signed_in[token]).value
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    sessions.note(kept, replace(kept, idle_s=1800, seen=hour_ago, composed=None, upheld=None))


def give_pin(desk: Desk) -> None:
    desk.office.factors.put(None, Factors("uid-anna", pin=new_pin(PIN)))


def writing(desk: Desk) -> Page:
    """A draft that is saved, whose writer was away and types on."""
    page = desk.open("anna", "/alerts/new")
    page.locator("#pl-title").fill("Brak wody")
    expect(page.locator('[data-draft="saved"]')).to_be_visible()
    leave(desk)
    page.locator("#pl-body").fill("Pękła rura w ulicy Głównej.")
    expect(page.locator("#renewal:modal")).to_be_visible()
    return page


def body(desk: Desk) -> str:
    return desk.only().content.texts["pl"].body


def kept(desk: Desk, page: Page) -> None:
    """Both the page and the server have all of it, and the page was not loaded anew."""
    expect(page.locator("#renewal")).to_have_count(0)
    eventually(page, lambda: body(desk) == "Pękła rura w ulicy Głównej.")
    expect(page.locator("#pl-title")).to_have_value("Brak wody")
    expect(page.locator("#pl-body")).to_have_value("Pękła rura w ulicy Głównej.")


def test_a_pin_renews_a_session_that_ended_while_somebody_wrote(desk: Desk):
    give_pin(desk)
    page = writing(desk)
    expect(page.locator("#renewal-title")).to_have_text("Sesja jest wstrzymana")
    assert_accessible(page, SCREENS)
    assert body(desk) == ""
    page.locator("#pin").fill("111112")
    page.get_by_role("button", name="Wznów").click()
    expect(page.locator("#renewal-failure")).to_contain_text("Pozostało prób: 4")
    page.locator("#pin").fill(PIN)
    page.get_by_role("button", name="Wznów").click()
    kept(desk, page)


def test_without_a_pin_a_sign_in_renews_it_in_its_place(desk: Desk):
    desk.office.tokens.staff["anna-again"] = STAFF["anna"]
    page = writing(desk)
    page.locator("#renewal-password").fill("hasło")
    page.locator("#renewal").get_by_role("button", name="Zaloguj się").click()
    page.locator("#renewal-code").fill("123456")
    page.locator("#renewal").get_by_role("button", name="Zaloguj się").click()
    kept(desk, page)


def test_whoever_will_not_sign_in_now_keeps_what_was_typed_in_this_browser(desk: Desk):
    give_pin(desk)
    page = writing(desk)
    page.locator("#renewal-later").click()
    expect(page.locator("#failure")).to_contain_text("Sesja jest wstrzymana")
    page.reload()
    expect(page.locator("#renewal")).to_be_visible()
    page.locator("#pin").fill(PIN)
    page.get_by_role("button", name="Wznów").click()
    expect(page.locator("#pl-body")).to_have_value("Pękła rura w ulicy Głównej.")


def test_an_alert_is_stopped_in_an_idle_session_without_anything_asked(desk: Desk):
    desk.alert("a1", state=State.ACTIVE, started=datetime.now(UTC), author=STAFF["ewa"].person, writers=())
    page = desk.open("anna", "/alerts/a1")
    leave(desk)
    page.reload()
    expect(page.locator("#renewal")).to_be_visible()
    assert page.locator("#renewal:modal").count() == 0
    assert_accessible(page, SCREENS)
    page.locator(".actions").get_by_role("button", name="Odwołaj", exact=True).click()
    page.locator("#dialog-yes").click()
    eventually(page, lambda: desk.stored("a1").state is State.CANCELLED)


def virtual_key(page: Page) -> None:
    """Chromium's own authenticator, whose holder has proved to it who they are."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    cdp.send(
        "WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}}
    )


def test_a_key_that_was_added_confirms_a_severe_alert(desk: Desk):
    desk.office.areas.gazetteers = {}
    desk.submitted("a1", severity=Severity.SEVERE)
    page = desk.open("piotr", "/account")
    virtual_key(page)
    page.locator("#key-name").fill("Klucz w kieszeni")
    page.get_by_role("button", name="Dodaj klucz").click()
    expect(page.get_by_text("Klucz w kieszeni")).to_be_visible()
    assert_accessible(page, SCREENS)
    piotr = desk.office.tokens.staff["piotr"]
    desk.office.tokens.staff["piotr"] = replace(piotr, proof=replace(piotr.proof, has_key=True))
    page.evaluate("history.pushState(null, '', '/alerts/a1'); dispatchEvent(new PopStateEvent('popstate'))")
    page.locator(".actions").get_by_role("button", name="Zatwierdź i wyślij").click()
    page.locator("#dialog-yes").click()
    expect(page.locator("#renewal-title")).to_have_text("Potwierdź kluczem")
    assert desk.stored("a1").state is State.SUBMITTED
    page.locator("#renewal").get_by_role("button", name="Użyj klucza").click()
    eventually(page, lambda: desk.stored("a1").state is State.SCHEDULED)


def test_whoever_has_no_key_signs_in_anew_before_a_severe_alert(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.office.areas.gazetteers = {}
    desk.office.tokens.staff["piotr-again"] = STAFF["piotr"]
    desk.office.session_limits = SessionLimits()
    monkeypatch.setattr(wiring, "session_ports", lambda: desk.office.session_ports)
    desk.submitted("a1", severity=Severity.SEVERE)
    page = desk.open("piotr", "/alerts/a1")
    desk.office.tokens.signed_in["piotr"] -= timedelta(minutes=20)
    page.locator(".actions").get_by_role("button", name="Zatwierdź i wyślij").click()
    page.locator("#dialog-yes").click()
    expect(page.locator("#renewal-title")).to_have_text("Potwierdź, że to Ty")
    page.locator("#renewal-password").fill("hasło")
    page.locator("#renewal").get_by_role("button", name="Zaloguj się").click()
    page.locator("#renewal-code").fill("123456")
    page.locator("#renewal").get_by_role("button", name="Zaloguj się").click()
    eventually(page, lambda: desk.stored("a1").state is State.SCHEDULED)


def test_other_devices_are_ended_from_the_account(desk: Desk):
    desk.office.tokens.staff["anna-again"] = STAFF["anna"]
    desk.office.tokens.signed_in["anna-again"] = datetime.now(UTC).replace(microsecond=0) - timedelta(
        minutes=1
    )
    other = desk.open("anna-again", "/alerts")
    page = desk.open("anna", "/account")
    devices = page.locator("section", has=page.locator("#devices"))
    expect(devices.locator("li")).to_have_count(2)
    page.locator("#end-others").click()
    expect(devices.locator("li")).to_have_count(1)
    other.reload()
    expect(other.locator("#renewal-title")).to_have_text("Tę sesję zakończono")


def test_an_admin_looks_through_who_may_do_what_and_signs(desk: Desk):
    desk.office.tokens.staff["ada"] = staff(Person("uid-ada", "Ada Administrator"), "admin")
    waldek = replace(
        record("author"), uid="uid-waldek", name="Waldek Wodny", email="waldek@wodociagi.example"
    )
    desk.office.register.records["uid-waldek"] = waldek
    page = desk.open("ada", "/review")
    expect(page.locator("ol li")).to_contain_text("Waldek Wodny")
    expect(page.locator("ol li")).to_contain_text("Bez logowania w ciągu dwóch lat")
    assert_accessible(page, (*SCREENS, "desktop"))
    page.locator("#review-sign").click()
    page.locator("#dialog-yes").click()
    expect(page.locator("#review-signed")).to_contain_text("Ada Administrator")
    assert [act.action for act in desk.office.audit.acts(waldek.terc, "review.sign")] == ["review.sign"]
