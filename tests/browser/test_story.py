"""The main job in the browser, on the real stack: one writes, another approves, both see it arrive."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import violations
from tests.browser.site import Site, draw, figure, write_texts
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

ARRIVAL = 60_000  # ms; the stack shares its processors with all other tests
AROUND_THE_MIDDLE = [(-110, -90), (110, -90), (110, 90), (-110, 90)]


def _compose(site: Site) -> Page:
    page = site.sign_in("anna")
    page.get_by_role("link", name="Nowy alert").click()
    write_texts(page, "Brak wody: ul. Główna", "Pękła rura. Zakręć krany.")
    draw(page, AROUND_THE_MIDDLE)
    return page


def _alert_of(page: Page) -> str:
    page.wait_for_url(re.compile(r"/alerts/\w{20}$"))
    return page.url.rsplit("/", 1)[1]


def test_an_alert_is_drawn_approved_by_another_and_watched_as_it_arrives(site: Site, town: Town):
    author = _compose(site)
    expect(author.locator(".reach__figures")).to_contain_text("10 mieszkańców, 15 telefonów")
    assert violations(author) == []
    author.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    alert = _alert_of(author)
    expect(author.get_by_text("Przekazano do zatwierdzenia.")).to_be_visible()
    expect(author.get_by_role("button", name="Zatwierdź i wyślij")).to_have_count(0)
    expect(author.get_by_text("nie może go zatwierdzić")).to_be_visible()

    approver = site.sign_in("piotr", f"/alerts/{alert}")
    approver.get_by_role("button", name="Zatwierdź i wyślij").click()
    question = approver.get_by_role("dialog")
    expect(question.get_by_text("10 mieszkańców, 15 telefonów").first).to_be_visible()
    assert violations(approver) == []
    question.get_by_role("button", name="Zatwierdź i wyślij").click()
    expect(approver.get_by_text(re.compile("Zatwierdzono [0-9:]+. Stan wysyłki"))).to_be_visible()

    for page in (author, approver):  # the author's page learns it by itself
        expect(page.locator(".govuk-tag")).to_have_text("Aktywny", timeout=ARRIVAL)
        expect(figure(page, "targeted")).to_have_text("15", timeout=ARRIVAL)
        expect(figure(page, "accepted")).to_have_text("15", timeout=ARRIVAL)
    near = town.near()
    assert sorted(town.pushed(alert)) == sorted(phone for resident in near for phone in resident.phones)

    key = town.proof_key(alert)
    assert all(resident.confirm(alert, key, "received") for resident in near[:11])
    assert near[0].confirm(alert, key, "opened")
    expect(figure(author, "received")).to_have_text("10", timeout=ARRIVAL)
    expect(figure(author, "opened")).to_have_text("mniej niż 10", timeout=ARRIVAL)
    by_platform = author.locator('[data-table="platforms"] tbody tr')
    expect(by_platform.nth(3)).to_contain_text(re.compile(r"Odebrano\s*10\s*mniej niż 10\s*mniej niż 10"))
    expect(author.locator("svg[role=img] polyline")).to_have_count(3)
    expect(author.locator('[data-table="places"]')).to_have_count(0)  # ten people in two of them
    assert violations(author) == []
    assert not near[11].confirm(alert, "0" * 64, "received")  # a forged receipt

    author.get_by_role("button", name="Odwołaj", exact=True).click()
    author.get_by_role("dialog").get_by_role("button", name="Odwołaj", exact=True).click()
    expect(author.get_by_text("Alert odwołano.")).to_be_visible()
    expect(approver.locator(".govuk-tag")).to_have_text("Odwołany", timeout=ARRIVAL)
    expect(approver.get_by_role("button", name="Odwołaj", exact=True)).to_have_count(0)
    done = author.locator(".history__what")
    expect(done.last).to_have_text("Odwołanie")
    written = ["Utworzenie szkicu", "Przekazanie do zatwierdzenia", "Zatwierdzenie", "Początek wysyłki"]
    assert done.all_text_contents()[:4] == written
