"""Crisis centres told by one tap on an alert's page, their addresses, and the report: phone and desktop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from shared.domain.alert import State
from shared.domain.upwards import CentreContact, Centres
from tests.accessibility import assert_accessible
from tests.browser.desk import Desk, desk, eventually
from tests.fakes.alert_values import TERC

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SCREENS = ("phone", "phone, dark", "desktop")
POWIAT = CentreContact("PCZK", "12 345 67 89", "pczk@powiat.example")
VOIVODESHIP = CentreContact("WCZK", "", "wczk@muw.example")


def sent(desk: Desk) -> None:
    now = desk.office.clock.now()
    began = {"approved": now - timedelta(minutes=6), "started": now - timedelta(minutes=5)}
    desk.alert("a1", "Brak wody: ul. Główna", state=State.ACTIVE, **began)


def test_one_tap_tells_both_centres_and_the_answer_is_written_down(desk: Desk):
    sent(desk)
    desk.office.centres.put(None, Centres(TERC, POWIAT, VOIVODESHIP, 1))
    page = desk.open("anna", "/alerts/a1")
    page.get_by_role("button", name="Powiadom e-mailem: PCZK, WCZK").click()
    eventually(page, lambda: len(desk.office.mail.sent) == 2)
    told = page.locator("#upwards-told li")
    expect(told).to_have_count(2)
    expect(told.first).to_contain_text("powiat (PCZK), e-mail: przekazano")
    told.first.get_by_role("button", name="Zapisz odpowiedź").click()
    expect(told.first).to_contain_text("Odpowiedź:")
    page.get_by_role("button", name="Zapisz rozmowę telefoniczną: PCZK").click()
    expect(told).to_have_count(3)
    assert len(desk.office.mail.sent) == 2
    assert_accessible(page, SCREENS)


def test_whoever_only_reads_sees_what_was_told_and_an_admin_enters_addresses(desk: Desk):
    sent(desk)
    page = desk.open("dorota", "/alerts/a1")
    expect(page.get_by_text("Ich adresy wpisuje administrator.")).to_be_visible()
    expect(page.get_by_role("button", name="Powiadom")).to_have_count(0)
    page = desk.open("adam", "/centres")
    page.get_by_label("Nazwa (powiat)").fill("PCZK")
    page.get_by_role("button", name="Zapisz adresy").click()
    expect(page.locator("#failure")).to_contain_text("Podaj telefon albo adres e-mail centrum.")
    page.get_by_label("E-mail (powiat)").fill("pczk@powiat.example")
    page.get_by_role("button", name="Zapisz adresy").click()
    expect(page.locator("#centres-kept")).to_be_visible()
    kept = desk.office.centres.get(TERC)
    assert kept
    assert kept.value == Centres(TERC, CentreContact("PCZK", "", "pczk@powiat.example"), None, 1)
    assert_accessible(page, SCREENS)


def test_the_report_is_read_printed_and_saved(desk: Desk):
    sent(desk)
    page = desk.open("dorota", "/alerts/a1")
    page.get_by_role("link", name="Raport przebiegu").click()
    expect(page.locator("h1")).to_contain_text("Raport: alert")
    expect(page.get_by_role("heading", name="Przebieg minuta po minucie")).to_be_visible()
    expect(page.get_by_text("Podgląd z")).to_be_visible()
    assert_accessible(page, SCREENS)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Pobierz PDF").click()
    assert saved.value.suggested_filename == "report-a1.pdf"
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_contain_text("Report: alert")
    assert page.pdf().startswith(b"%PDF")
