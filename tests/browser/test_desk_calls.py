"""Calls of staff on the page: told by an SMS that Amazon's stand-in took, found by its number, seen to.

The office is a fake one; SMS go through the adapter of Amazon SNS to moto, and their numbers are read there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from shared.adapters import sns_sms
from shared.adapters.clock import SystemClock
from shared.domain.alert import Severity, State
from shared.domain.call import CallKind
from shared.domain.duty import WEEKDAYS, DutyRow, Roster
from shared.services.calls.call_ports import CallPorts
from shared.services.calls.run_call import run_call
from shared.services.calls.tell import tell
from tests.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.desk import Desk, desk, eventually
from tests.emulator.amazon import Provider
from tests.fakes.alert_values import entry as _entry
from tests.fakes.mail import FakeMailSender
from tests.fakes.tokens import STAFF

__all__ = ["desk"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PIOTR, KASIA = STAFF["piotr"].person, STAFF["kasia"].person
PHONES = {"piotr": "+48600100201", "kasia": "+48600100202"}
SCREENS = ("phone", "phone, dark", "desktop")
MINUTE = timedelta(minutes=1)


class Later(SystemClock):
    """Of those who call; the page's own goes on as it does."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


class Calling:
    """The worker that calls staff, on the desk's stores, with SMS by Amazon's stand-in."""

    def __init__(self, desk: Desk, provider: Provider, sender: sns_sms.SnsSmsSender) -> None:
        self.desk, self.provider, self.clock, office = desk, provider, Later(), desk.office
        self.seen = {number: len(provider.sms(number)) for number in PHONES.values()}
        for name in (*PHONES, "anna", "adam"):
            desk.register(name, STAFF[name])
            uid = STAFF[name].person.uid
            office.register.records[uid] = replace(office.register.records[uid], phone=PHONES.get(name, ""))
        rows = tuple(DutyRow(day, "00:00", "00:00", PIOTR.uid, KASIA.uid) for day in WEEKDAYS)
        office.duty.put(None, Roster(STAFF["anna"].terc, rows, 1))
        self.mail = FakeMailSender()
        self.ports: CallPorts = replace(
            office.call_ports, clock=self.clock, sms=lambda: sender, mail=lambda: self.mail
        )

    def run(self, wait: timedelta = timedelta()) -> None:
        """What is due after a while."""
        self.clock.ahead += wait
        for found in self.desk.office.calls.waking(self.clock.now(), 10):
            run_call(self.ports, found.value.id)

    def numbers(self, name: str) -> list[str]:
        """In the SMS that came to this person since."""
        came = self.provider.sms(PHONES[name])[self.seen[PHONES[name]] :]
        assert not any("http" in one["text"] for one in came)
        return [re.search(r"\b[0-9]{4}\b", one["text"])[0] for one in came]


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    stand_in = Provider(tmp_path_factory.mktemp("calls"))
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def calling(desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Calling:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    provider.control()
    sender = sns_sms.SnsSmsSender(sns_sms.client("eu-central-1", provider.address), "AlertOnline")
    desk.office.sms = sender  # type: ignore[assignment]
    return Calling(desk, provider, sender)


def typed(page: Page, number: str) -> None:
    page.get_by_label("Numer z SMS-a").press_sequentially(number)
    expect(page.locator("#found")).to_have_text(f"Pod numerem {number}")


def test_the_colleague_told_by_sms_finds_the_alert_by_its_number_and_confirms_it(
    desk: Desk, calling: Calling
):
    now = datetime.now(UTC)
    desk.alert(
        "a1",
        "Ewakuacja",
        state=State.ACTIVE,
        author=KASIA,
        approver=KASIA,
        approved=now,
        started=now,
        sent_alone=True,
        severity=Severity.SEVERE,
    )
    tell(calling.ports, "a1")
    calling.run()
    assert (len(calling.numbers("piotr")), calling.numbers("kasia")) == (1, [])
    page = desk.open("piotr", "/alerts", viewport=PHONE)
    page.get_by_role("link", name="Wezwania i dyżury").click()
    typed(page, calling.numbers("piotr")[0])
    found = page.locator("section[aria-labelledby=found]")
    expect(found).to_contain_text("wysłany przez jedną osobę, czeka na potwierdzenie")
    assert_accessible(page, SCREENS)
    found.get_by_role("link", name="Ewakuacja").click()
    page.locator(".actions").get_by_role("button", name="Potwierdź wysłany alert").click()
    if page.locator("#dialog-yes").count():
        page.locator("#dialog-yes").click()
    eventually(page, lambda: desk.stored("a1").confirmed is not None)
    assert desk.stored("a1").confirmer == PIOTR
    calling.run(61 * MINUTE)
    assert len(calling.numbers("piotr")) == 1  # it is over: nobody is called any more


def test_when_nobody_reacts_the_deputy_is_called_and_ends_the_call(desk: Desk, calling: Calling):
    desk.submitted("a2", "Brak wody", severity=Severity.SEVERE)
    tell(calling.ports, "a2")
    calling.run()
    calling.run(3 * MINUTE)
    assert (len(calling.numbers("piotr")), calling.numbers("kasia")) == (2, [])
    calling.run(3 * MINUTE)
    (number,) = calling.numbers("kasia")
    page = desk.open("kasia", f"/calls?number={number}", viewport=PHONE)
    found = page.locator("section[aria-labelledby=found]")
    found.locator("summary").click()
    expect(found).to_contain_text("Piotr Wiśniewski, SMS, wysłano")
    assert_accessible(page, SCREENS)
    found.get_by_role("button", name="Mam to").click()
    expect(page.locator("#calls-done")).to_contain_text(f"Przyjęto wezwanie {number}.")
    expect(found).to_contain_text("Przyjęła osoba: Kasia Dyżurna")
    calling.run(10 * MINUTE)
    assert (len(calling.numbers("piotr")), len(calling.numbers("kasia"))) == (2, 1)


def test_a_drill_goes_from_the_sms_to_done_by_its_number_alone(desk: Desk, calling: Calling):
    page = desk.open("piotr", "/calls", viewport=PHONE)
    expect(page.locator("#office-ready")).to_contain_text("mniej niż dwie")
    page.locator("#drill-own").click()
    expect(page.locator("#calls-done")).to_contain_text("SMS i e-mail są w drodze")
    calling.run()
    (number,) = calling.numbers("piotr")
    expect(page.locator("#own-drill")).to_be_visible()  # it came by itself
    expect(page.locator("#own-drill").get_by_role("button")).to_have_count(0)
    assert number not in page.locator("main").inner_text()
    typed(page, number)
    page.get_by_role("button", name="Potwierdzam").click()
    expect(page.locator("#calls-done")).to_contain_text("Widzisz to tylko Ty")
    (drill,) = desk.office.calls.drills(STAFF["piotr"].terc)
    assert drill.acknowledged
    assert drill.acknowledged - drill.created < 5 * MINUTE
    expect(page.locator("#own-ready")).to_contain_text("Twoje ostatnie ćwiczenie")
    expect(page.locator("#office-ready")).to_contain_text("Gotowa jest 1 osoba")
    assert_accessible(page, SCREENS)
    other = desk.open("adam", "/calls")
    expect(other.get_by_text("gotowość do")).to_be_visible()
    expect(other.locator("main")).not_to_contain_text("Twoje ostatnie ćwiczenie")
    other.locator("#drill-all").click()
    expect(other.locator("#calls-done")).to_contain_text("Zaczęto ćwiczenie")  # of the one who had none


def test_ones_own_number_is_entered_proved_refused_and_taken_away(
    desk: Desk, calling: Calling, provider: Provider
):
    page = desk.open("anna", "/calls")
    expect(page.locator("#number-now")).to_contain_text("tylko e-mailem")
    page.locator("#phone").fill("600")
    page.get_by_role("button", name="Wyślij kod").click()
    expect(page.locator("#phone-error")).to_be_visible()
    page.locator("#phone").fill("600 100 209")
    page.get_by_role("button", name="Wyślij kod").click()
    page.locator("#code").fill("000000")
    code = re.search(r"[0-9]{6}", provider.sms("+48600100209")[-1]["text"])[0]
    assert code != "000000"
    page.get_by_role("button", name="Potwierdź numer").click()
    expect(page.locator("#code-error")).to_be_visible()
    assert_accessible(page, SCREENS)
    page.locator("#code").fill(code)
    page.get_by_role("button", name="Potwierdź numer").click()
    expect(page.locator("#number-now")).to_contain_text("+48600100209")
    provider.control(opted_out=["+48600100209"])
    now = calling.clock.now()
    done = desk.alert("a4", state=State.RETURNED, reason="Popraw", updated=now)
    desk.office.alerts.note("a4", replace(_entry(done), action="return", at=now, by=PIOTR, revision=2))
    tell(calling.ports, "a4")
    calling.run()
    assert [mail.to for mail in calling.mail.sent] == ["anna@urzad.example"]  # the next way out
    page.reload()
    expect(page.locator("#number-refused")).to_contain_text("nie przyjmuje SMS-ów")
    page.locator("#number-remove").click()
    expect(page.locator("#number-now")).to_contain_text("tylko e-mailem")
    assert desk.office.register.records["uid-anna"].phone == ""


def test_the_roster_is_kept_by_an_admin_and_read_by_all(desk: Desk, calling: Calling):
    page = desk.open("adam", "/calls")
    expect(page.locator("#on-duty")).to_have_text("Teraz dyżuruje Piotr Wiśniewski; zastępuje Kasia Dyżurna.")
    page.locator("#duty-edit").click()
    for _ in range(6):
        page.get_by_role("button", name=re.compile("Usuń dyżur")).last.click()
    page.locator("#duty-add").click()
    page.locator("#day-1").select_option("date")
    page.locator("#date-1").fill("2027-01-01")
    page.locator("#deputy-1").select_option(PIOTR.uid)
    page.get_by_role("button", name="Zapisz dyżury").click()
    expect(page.locator("#deputy-1-error")).to_be_visible()  # the same person twice
    assert_accessible(page, SCREENS)
    page.locator("#deputy-1").select_option("")
    page.get_by_role("button", name="Zapisz dyżury").click()
    expect(page.locator("#roster li")).to_have_count(2)
    kept = desk.office.duty.get(STAFF["adam"].terc)
    assert kept
    assert [(row.day, row.first, row.deputy) for row in kept.value.rows] == [
        ("mon", PIOTR.uid, KASIA.uid),
        ("2027-01-01", PIOTR.uid, ""),
    ]
    reader = desk.open("anna", "/calls")
    expect(reader.locator("#roster li").last).to_contain_text("1 stycznia 2027")
    expect(reader.locator("#duty-edit")).to_have_count(0)
    assert not any(one.value.kind is CallKind.DRILL for one in desk.office.calls.kept.values())
