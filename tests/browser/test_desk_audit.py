"""The audit on the page: read, filtered and taken along by keyboard, in both languages, light and dark."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from shared.domain.alert import Person
from shared.domain.audit import Act, Outcome
from shared.ports import Staff
from shared.services.inspection import read_audit
from tests.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk, desk
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture
def audited(desk: Desk) -> Desk:
    desk.office.tokens.staff["ola"] = Staff(Person("uid-ola", "Ola Audytor"), TERC, frozenset({"auditor"}))
    desk.alert("a1")
    desk.api.get("ola", "/api/me")  # her sign-in is an act, too
    desk.office.audit.chains.clear()
    desk.office.audit.record(
        Act(TERC, "alert.create", AUTHOR, "alerts/a1", None, {"area_name": "Rynek"}, where="192.0.2.0/24"),
        Act(TERC, "alert.approve", AUTHOR, "alerts/a1", why="own-approval", outcome=Outcome.REFUSED),
        Act(TERC, "alert.approve", APPROVER, "alerts/a1", {"state": "submitted"}, {"state": "scheduled"}),
        Act(TERC, "alert.start", None, "alerts/a1"),
        Act(TERC, "word.of_a_later_release", APPROVER),
    )
    return desk


def test_the_newest_entry_stands_first_with_who_what_and_why(audited: Desk):
    page = audited.open("ola", "/audit")
    expect(page.locator("h1")).to_have_text("Rejestr zdarzeń")
    rows = page.locator(".audit-entry")
    assert [row.get_attribute("data-seq") for row in rows.all()] == ["5", "4", "3", "2", "1"]
    expect(rows.nth(0)).to_contain_text("word.of_a_later_release")
    expect(rows.nth(1)).to_contain_text("System")
    expect(rows.nth(3)).to_contain_text("odmowa")
    rows.nth(4).locator("summary").click()
    expect(rows.nth(4)).to_contain_text("Rynek")
    expect(rows.nth(4)).to_contain_text("192.0.2.0/24")
    assert_accessible(page, ("phone", "phone, dark", "desktop"))


def test_it_is_filtered_by_person_action_and_day(audited: Desk):
    page = audited.open("ola", "/audit")
    page.get_by_role("link", name=APPROVER.name).first.click()
    expect(page.locator(".audit-entry")).to_have_count(2)
    page.locator("#action").select_option("alert.approve")
    page.get_by_role("button", name="Pokaż", exact=True).click()
    expect(page.locator(".audit-entry")).to_have_count(1)
    page.locator("#until").fill("2020-01-01")
    page.get_by_role("button", name="Pokaż", exact=True).click()
    expect(page.get_by_text("Nie ma takich wpisów.")).to_be_visible()
    page.get_by_role("link", name="Pokaż wszystko").click()
    expect(page.locator(".audit-entry")).to_have_count(5)


def test_older_entries_follow_by_keyboard(audited: Desk):
    audited.office.audit.record(*(Act(TERC, "reach.ask", AUTHOR) for _ in range(60)))
    page = audited.open("ola", "/audit", viewport=PHONE)
    rows = page.locator(".audit-entry")
    expect(rows).to_have_count(50)
    page.get_by_role("button", name="Pokaż starsze").press("Enter")
    expect(rows).to_have_count(65)
    expect(rows.nth(50).locator("summary")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_is_taken_along_as_files(audited: Desk, tmp_path: Path):
    page = audited.open("ola", "/audit?about=alerts/a1")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Pobierz dane (JSON)").click()
    taken.value.save_as(tmp_path / "audit.json")
    assert len(json.loads((tmp_path / "audit.json").read_text())["entries"]) == 4
    expect(page.get_by_text("Plik jest gotowy: audit.json.")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Pobierz pakiet alertu (XML i PDF)").click()
    taken.value.save_as(tmp_path / "alert.zip")
    with zipfile.ZipFile(tmp_path / "alert.zip") as packet:
        assert "dokumenty/alert-a1.pdf" in packet.namelist()


def test_what_is_too_long_for_one_file_goes_into_several(audited: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(read_audit, "PAGE", 1)
    monkeypatch.setattr(read_audit, "MOST_EXPORTED", 2)
    page = audited.open("ola", "/audit?about=alerts/a1")
    with page.expect_download(lambda one: one.suggested_filename == "audit-2.csv"):
        page.get_by_role("button", name="Pobierz tabelę (CSV)").click()
    expect(page.get_by_text("Plik jest gotowy: audit.csv, audit-2.csv.")).to_be_visible()


def test_who_may_not_read_it_is_told_so_and_not_led_there(audited: Desk):
    page = audited.open("anna", "/alerts")
    assert page.get_by_role("link", name="Rejestr zdarzeń").count() == 0
    page = audited.open("anna", "/audit")
    expect(page.locator("#failure")).to_be_visible()


def test_an_auditor_is_led_there_and_reads_it_in_english(audited: Desk):
    page = audited.open("ola", "/alerts")
    page.get_by_role("button", name="English").click()
    page.get_by_role("link", name="Audit log").click()
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("h1")).to_have_text("Audit log")
    expect(page.locator(".audit-entry").nth(2)).to_contain_text("Approved")
