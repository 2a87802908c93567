"""An alert that somebody looks at: what moves shows within seconds, at a few cheap questions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from shared import wiring
from shared.adapters.clock import SystemClock
from shared.domain.alert import State, replace
from shared.domain.audience import Platform
from shared.domain.delivery import Delivery, DeliveryState
from shared.domain.statistics import PlatformFigures, SentFigures
from tests.browser.desk import ADDRESS, Desk, desk, eventually

__all__ = ["desk"]  # a fixture

pytestmark = pytest.mark.browser

SUMMARY = ("GET", "/api/alerts/a1/summary")
SENT = SentFigures(40, 40, by_kind={"android": PlatformFigures(40, 40, residents=40)}, residents=40)
LIVE, CALM, OVER, MINUTE = 5_000, 15_000, 60_000, 60_000  # ms
HIDDEN = "Object.defineProperty(document, 'hidden', {get: () => %s, configurable: true})"


class LaterClock(SystemClock):
    """Of the API: the figures that it has are old enough to be gathered anew."""

    later = timedelta()

    def now(self) -> datetime:
        return super().now() + self.later


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> LaterClock:
    clock = LaterClock()
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    return clock


@pytest.fixture
def sent(desk: Desk, clock: LaterClock) -> Desk:
    """An alert that reached forty phones a moment ago."""
    now = datetime.now(UTC)
    desk.alert("a1", "Woda", state=State.ACTIVE, started=now)
    until = now + timedelta(days=1)
    done = Delivery("a1", "push", 1, 1, 1, False, now, until, state=DeliveryState.DONE, figures=SENT)
    desk.office.delivery.put(done)
    return desk


def opened(desk: Desk, path: str = "/alerts/a1", context: BrowserContext | None = None) -> Page:
    """With a clock that is moved by hand, and the first figures."""
    context = context or desk.context("anna")
    context.clock.install()
    page = desk.tab(context, path)
    expect(page.locator("[data-figure=accepted]")).to_have_text("40")
    return page


def questions(desk: Desk) -> int:
    return desk.asked.count(SUMMARY)


def pass_time(page: Page, milliseconds: int, step: int = 1000) -> None:
    """Bit by bit; what was asked meanwhile is answered before a file that is asked for last."""
    for _ in range(0, milliseconds, step):
        page.clock.run_for(step)
        page.evaluate("fetch('/icon.svg').then((answer) => answer.text())")


def look(page: Page, hidden: str) -> None:
    page.evaluate(f"{HIDDEN % hidden}; document.dispatchEvent(new Event('visibilitychange'))")


def test_figures_come_while_somebody_looks(sent: Desk, clock: LaterClock):
    page = opened(sent)
    sent.office.published.receive("a1", "received", 30, Platform.ANDROID)
    clock.later = timedelta(seconds=30)
    page.clock.run_for(LIVE)
    expect(page.locator("[data-figure=received]")).to_have_text("30")


def test_what_a_colleague_does_shows(sent: Desk):
    page = opened(sent)
    before = sent.stored("a1")
    sent.office.alerts.put(replace(before, state=State.CANCELLED, revision=2, finished=datetime.now(UTC)))
    page.clock.run_for(LIVE)
    expect(page.locator(".detail-head .govuk-tag")).to_have_text("Odwołany")
    expect(page.get_by_role("button", name="Odwołaj", exact=True)).to_have_count(0)


def test_what_the_system_does_under_the_same_revision_shows(sent: Desk):
    page = opened(sent)
    sent.office.alerts.put(replace(sent.stored("a1"), state=State.EXPIRED, finished=datetime.now(UTC)))
    page.clock.run_for(LIVE)
    expect(page.get_by_role("button", name="Odwołaj", exact=True)).to_have_count(0)


def test_while_nothing_moves_no_body_is_sent_and_the_time_of_the_figures_goes_on(
    sent: Desk, clock: LaterClock
):
    page = opened(sent)
    first = page.locator(".figures__time").inner_text()
    clock.later = timedelta(minutes=10)
    with page.expect_response(lambda answer: answer.url.endswith("/summary")) as answer:
        page.clock.run_for(LIVE)
    assert answer.value.status == 304
    expect(page.locator(".figures__time")).not_to_have_text(first)


def test_it_asks_every_few_seconds_and_seldom_once_nothing_moves(sent: Desk):
    page = opened(sent)
    before = questions(sent)
    pass_time(page, MINUTE)
    lively = questions(sent) - before
    assert 9 <= lively <= MINUTE // LIVE
    pass_time(page, 6 * MINUTE, LIVE)
    before = questions(sent)
    pass_time(page, MINUTE)
    assert 2 <= questions(sent) - before <= MINUTE // CALM + 1


def test_an_alert_that_is_over_is_asked_about_once_a_minute(sent: Desk):
    sent.office.alerts.put(replace(sent.stored("a1"), state=State.EXPIRED, finished=datetime.now(UTC)))
    page = opened(sent)
    before = questions(sent)
    pass_time(page, 3 * MINUTE, LIVE)
    assert 2 <= questions(sent) - before <= 3


def test_a_tab_that_nobody_sees_asks_nothing_and_then_once(sent: Desk):
    page = opened(sent)
    look(page, "true")
    before = questions(sent)
    pass_time(page, 5 * MINUTE, MINUTE)
    assert questions(sent) == before
    for _ in range(20):
        look(page, "false")
        look(page, "true")
    look(page, "false")
    page.clock.run_for(900)
    eventually(page, lambda: questions(sent) > before)
    assert questions(sent) == before + 1


def test_tabs_ask_each_for_itself_and_show_the_same(sent: Desk, clock: LaterClock):
    context = sent.context("anna")
    pages = [opened(sent, context=context), opened(sent, context=context)]
    sent.office.published.receive("a1", "opened", 20, Platform.ANDROID)
    clock.later = timedelta(seconds=30)
    for page in pages:
        page.clock.run_for(LIVE)
        expect(page.locator("[data-figure=opened]")).to_have_text("20")


def failing(desk: Desk, **how: Any) -> Page:
    page = opened(desk)
    desk.broken.update(how)
    page.clock.run_for(LIVE)
    expect(page.get_by_text("Nie udało się odświeżyć liczb.")).to_be_visible()
    return page


def test_a_server_that_fails_is_asked_ever_more_seldom_and_then_all_is_well(sent: Desk, clock: LaterClock):
    page = failing(sent, **{"/summary": 503})
    before = questions(sent)
    pass_time(page, 10 * MINUTE, LIVE)
    assert 5 <= questions(sent) - before <= 14
    sent.broken.clear()
    clock.later = timedelta(seconds=30)
    pass_time(page, 2 * MINUTE, LIVE)
    expect(page.get_by_text("Nie udało się odświeżyć liczb.")).to_have_count(0)


def test_a_network_that_is_back_is_not_waited_for(sent: Desk):
    page = failing(sent, **{"/summary": 503})
    pass_time(page, 3 * MINUTE, LIVE)
    sent.broken.clear()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.clock.run_for(1000)
    expect(page.get_by_text("Nie udało się odświeżyć liczb.")).to_have_count(0)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_who_may_no_longer_see_it_is_told_and_asks_no_more(sent: Desk, status: int):
    page = failing(sent, **{"/summary": status})
    expect(page.locator("#failure")).to_contain_text("Nie teraz.")
    before = questions(sent)
    pass_time(page, 5 * MINUTE, LIVE)
    assert questions(sent) == before


def test_a_list_asks_a_failing_server_ever_more_seldom(sent: Desk):
    context = sent.context("anna")
    context.clock.install()
    page = sent.tab(context, "/alerts")
    sent.broken["/api/alerts?"] = 503
    pass_time(page, MINUTE, LIVE)
    expect(page.locator("#failure")).to_be_visible()
    before = len(sent.asked)
    pass_time(page, 5 * MINUTE, LIVE)
    assert len(sent.asked) - before <= 2 * 8  # two questions each time


def test_the_page_asks_its_own_site_alone(sent: Desk):
    context, asked = sent.context("anna"), list[str]()
    context.on("request", lambda request: asked.append(request.url))
    opened(sent, context=context)
    assert [url for url in asked if not url.startswith(f"{ADDRESS}/")] == []
