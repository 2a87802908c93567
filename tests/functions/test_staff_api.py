"""The way of an alert through the API: routes, headers, preconditions."""

from __future__ import annotations

from tests.fakes.alert_values import APPROVER, AUTHOR
from tests.fakes.requests import water


def created(api, who="anna", **changes):
    answer = api.post(who, "/api/alerts", water(**changes))
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return answer


def submitted(api):
    draft = created(api)
    return api.step("anna", draft.location + "/submit", draft.headers["ETag"])


def test_a_draft_is_answered_with_its_address_and_etag(api, office):
    answer = created(api)
    assert answer.headers["ETag"] == '"1"'
    assert answer.location == f"/api/alerts/{answer.json['id']}"
    assert answer.json["state"] == "draft"
    assert answer.json["author"] == {"uid": AUTHOR.uid, "name": AUTHOR.name}
    assert answer.json["actions"] == ["edit", "submit", "cancel"]
    assert office.alerts.get(answer.json["id"]).value.content.area_name == "ul. Główna"


def test_an_alert_goes_from_draft_to_scheduled_by_two_people(api, office):
    waiting = submitted(api)
    path = f"/api/alerts/{waiting.json['id']}"
    approved = api.step("piotr", path + "/approve", waiting.headers["ETag"])
    assert approved.status_code == 200
    assert approved.json["state"] == "scheduled"
    assert approved.json["approver"] == {"uid": APPROVER.uid, "name": APPROVER.name}
    assert office.caller.calls == [("start_alert", {"alert": waiting.json["id"], "generation": 1})]
    history = api.get("anna", path + "/history").json["items"]
    assert [(entry["action"], entry["by"]["name"]) for entry in history] == [
        ("create", AUTHOR.name),
        ("submit", AUTHOR.name),
        ("approve", APPROVER.name),
    ]


def test_what_is_read_can_be_sent_back_unchanged(api):
    draft = created(api)
    content = {name: draft.json[name] for name in water()}
    again = api.edit("anna", draft.location, draft.headers["ETag"], content)
    assert again.status_code == 200
    assert {name: again.json[name] for name in water()} == content
