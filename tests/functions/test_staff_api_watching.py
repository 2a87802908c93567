"""An alert that somebody looks at: told when something of it moved, and cheap while nothing did."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.audience import Platform
from shared.domain.delivery import Delivery, DeliveryState
from shared.domain.statistics import PlatformFigures, SentFigures
from shared.formats.alert_json import time_json
from shared.services.delivery.gather_summary import EVERY
from tests.fakes.alert_values import alert, at

SENT = SentFigures(40, 40, by_kind={"android": PlatformFigures(40, 40, residents=40)}, residents=40)
PATH = "/api/alerts/a1/summary"


def ask(api, tag=None, who="anna", path=PATH):
    return api.get(who, path, headers={"If-None-Match": tag} if tag else {})


@pytest.fixture
def running(office):
    """An alert that reached forty phones."""
    now = office.clock.now()
    office.alerts.put(alert("a1", state=State.ACTIVE, started=now))
    done = Delivery("a1", "push", 1, 1, 1, False, now, at(23), state=DeliveryState.DONE, figures=SENT)
    office.delivery.put(done)
    return ask


def test_where_it_stands_and_its_figures_come_together(api, running):
    told = running(api).json
    assert told["alert"] == {
        "revision": 1,
        "state": "active",
        "started": "2026-11-22T01:10:00.000Z",
        "actions": ["stop", "cancel", "extend", "update", "correct", "all_clear", "take_back"],
    }
    assert (told["figures"]["targeted"], told["figures"]["accepted"]) == (40, 40)


def test_before_it_was_started_nothing_is_gathered(api, office):
    office.alerts.put(alert("a1", state=State.SUBMITTED))
    answer = ask(api)
    assert (answer.json["alert"]["state"], answer.json["figures"]) == ("submitted", None)
    assert office.summaries.writes == 0
    assert "Gathered" not in answer.headers


def test_whoever_knows_it_already_gets_no_body(api, running):
    tag = running(api).headers["ETag"]
    answer = running(api, tag)
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    assert answer.headers["Cache-Control"] == "no-store"


def test_figures_that_are_the_same_later_are_no_news_but_say_when_they_were_gathered(api, office, running):
    tag = running(api).headers["ETag"]
    office.clock.advance(10 * EVERY)
    answer = running(api, tag)
    assert answer.status_code == 304
    assert answer.headers["Gathered"] == time_json(office.clock.now())


def confirm(office):
    office.published.receive("a1", "received", 30, Platform.ANDROID)
    office.clock.advance(EVERY)


CHANGES = {
    "phones confirm": confirm,
    "it is called off": lambda office: office.alerts.put(
        alert("a1", state=State.CANCELLED, started=office.clock.now(), revision=2)
    ),
    "it ends by itself, under the same revision": lambda office: office.alerts.put(
        alert("a1", state=State.EXPIRED, started=office.clock.now())
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_whatever_moves_is_told(api, office, running, kind):
    tag = running(api).headers["ETag"]
    CHANGES[kind](office)
    answer = running(api, tag)
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_what_one_may_no_longer_do_is_news(api, office):
    waiting = office.alerts.put(alert("a1", state=State.SUBMITTED)).value
    before = ask(api, who="piotr")
    assert "approve" in before.json["alert"]["actions"]
    office.clock.advance(waiting.content.expires - office.clock.now() + timedelta(seconds=1))
    after = ask(api, before.headers["ETag"], "piotr")
    assert "approve" not in after.json["alert"]["actions"]


def test_people_with_other_rights_have_other_answers(api, office):
    office.alerts.put(alert("a1", state=State.SUBMITTED))
    assert ask(api, ask(api).headers["ETag"], "piotr").status_code == 200


@pytest.mark.parametrize("path", ["/api/alerts/nowhere/summary", PATH])
def test_another_municipalitys_alert_is_not_there(api, running, path):
    answer = running(api, who="jan", path=path)
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def test_of_several_who_look_one_gathers(api, office, running):
    for _ in range(4):
        for who in ("anna", "piotr", "ewa"):
            running(api, who=who)
        office.clock.advance(EVERY)
    assert office.summaries.writes == 4
