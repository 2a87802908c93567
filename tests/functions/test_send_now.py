"""One person on duty sends at once: with a reason, and with the tap of whoever was told what is missing."""

from __future__ import annotations

import pytest

from shared.domain.alert import State
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi


@pytest.fixture
def office():
    return StaffApi()


@pytest.fixture
def api(office, monkeypatch):
    return office.open(monkeypatch)


def sent(api, body, who="kasia"):
    made = api.post("kasia", "/api/alerts", water()).json
    headers = {"If-Match": '"1"'}
    return made["id"], api.post(who, f"/api/alerts/{made['id']}/send-now", body, headers=headers)


@pytest.mark.parametrize(("more", "tapped"), [({}, False), ({"all_the_same": True}, True)])
def test_it_goes_with_its_reason_and_the_tap_is_kept(api, office, more, tapped):
    alert, answer = sent(api, {"reason": "Liczy się czas.", **more})
    assert answer.status_code == 200
    assert (answer.json["reason"], bool(answer.json["all_the_same"])) == ("Liczy się czas.", tapped)
    told = office.alerts.history(alert)[-1].details
    assert told == {"reason": "Liczy się czas.", **({"all_the_same": "true"} if tapped else {})}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (None, "/reason"),
        ({}, "/reason"),
        ({"all_the_same": True}, "/reason"),
        ({"reason": " "}, "/reason"),
        ({"reason": "Liczy się czas.", "all_the_same": "yes"}, "/all_the_same"),
        ({"reason": "Liczy się czas.", "unseen": []}, "/unseen"),
        ([], ""),
    ],
)
def test_what_is_wrong_is_named_and_nothing_goes(api, office, body, pointer):
    alert, answer = sent(api, body)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json["errors"]] == [pointer]
    assert office.alerts.get(alert).value.state is State.DRAFT


@pytest.mark.parametrize("who", ["anna", "piotr", "ewa", "dorota", "adam"])
def test_only_whoever_is_on_duty_may(api, office, who):
    alert, answer = sent(api, {"reason": "Liczy się czas."}, who)
    assert answer.status_code == 403
    assert office.alerts.get(alert).value.state is State.DRAFT
