"""What the staff's page asks for every few seconds costs little while nothing changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.scope import Scope
from tests.fakes.alert_values import alert
from tests.fakes.tokens import NEIGHBOUR, STAFF


def ask(api, tag=None, who="anna", query=""):
    headers = {"If-None-Match": tag} if tag else {}
    return api.get(who, f"/api/alerts{query}", headers=headers)


@pytest.fixture
def known(api, office):
    office.alerts.put(alert("a1"))
    return ask(api).headers["ETag"]


def test_a_list_that_is_as_it_was_is_not_read_again(api, office, known, monkeypatch):
    monkeypatch.setattr(office.alerts, "list", lambda *_: pytest.fail("the list was read"))
    asked = office.marks.asked
    answer = ask(api, known)
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", known)
    assert answer.headers["Cache-Control"] == "no-store"
    assert office.marks.asked == asked + 1


@pytest.mark.parametrize(
    "change",
    [
        lambda office: office.alerts.put(alert("a2")),
        lambda office: office.alerts.put(alert("a1", state=State.ACTIVE)),
        lambda office: office.clock.advance(timedelta(minutes=5)),
    ],
)
def test_whatever_changes_is_read(api, office, known, change):
    change(office)
    answer = ask(api, known)
    assert answer.status_code == 200
    assert answer.headers["ETag"] != known


@pytest.mark.parametrize(("who", "query"), [("piotr", ""), ("anna", "?limit=2"), ("anna", "?state=draft")])
def test_another_person_or_question_has_another_answer(api, known, who, query):
    assert ask(api, known, who, query).status_code == 200


def test_whoever_asks_for_two_municipalities_is_not_answered_the_one_for_the_other(api, office):
    """Before anything was written in either, both have the same mark."""
    office.tokens.elsewhere["anna", NEIGHBOUR] = replace(STAFF["anna"], terc=NEIGHBOUR)
    known = ask(api).headers["ETag"]
    headers = {"If-None-Match": known, "Alert-Municipality": NEIGHBOUR}
    assert api.get("anna", "/api/alerts", headers=headers).status_code == 200


def test_other_rights_have_another_answer(api, office, known):
    limited = {"author": Scope(severity="Minor")}
    office.tokens.staff["anna"] = replace(STAFF["anna"], scopes=limited)
    assert ask(api, known).status_code == 200


def test_another_municipality_learns_nothing(api, office, known):
    office.alerts.put(alert("b1", terc="9999999"))
    assert ask(api, known).status_code == 304
