"""Calls, duty, drills and one's own number through the API: what they open, what they do not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.alert_number import alert_number
from shared.domain.audit import Outcome as Done
from shared.domain.call import Attempt, CallKind, Outcome, Way
from shared.domain.duty import DutyRow, Roster
from shared.domain.matters import call_of, matters
from shared.errors import SmsRefused, Unavailable
from shared.services.calls.hand_over import hand_over
from tests.fakes.alert_values import APPROVER, TERC, alert
from tests.fakes.mail import FakeMailSender
from tests.fakes.sms import FakeSmsSender
from tests.fakes.staff import record
from tests.fakes.tokens import STAFF
from tests.functions.test_openapi import SPEC

ROW = {"day": "mon", "begins": "08:00", "ends": "16:00", "first": APPROVER.uid}
NUMBER = "+48600100200"


@pytest.fixture
def api(office, monkeypatch):
    for who in ("anna", "piotr", "ewa", "adam"):
        known = STAFF[who]
        one = replace(record(*known.roles), uid=known.person.uid, name=known.person.name)
        office.register.records[one.uid] = replace(one, email=f"{who}@urzad.example")
    return office.open(monkeypatch)


def acts(office):
    return [
        act.action
        for act in office.audit.acts(TERC)
        if act.action != "session.begin" and act.outcome is Done.DONE
    ]


def waiting_call(office):
    """Of an alert that Piotr was called about."""
    now = office.clock.now()
    written = alert("a1", state=State.SUBMITTED, submitted=now)
    office.alerts.put(written)
    call = call_of(written, matters(written, (), False, now)[0], now)
    told = Attempt(0, APPROVER.uid, APPROVER.name, Way.SMS, now, Outcome.SENT, 1)
    office.calls.create(replace(call, round=0, attempts=(told,), wake=now + timedelta(minutes=3)))
    return call


def code_of(office):
    return re.search(r"[0-9]{6}", office.sms.sent[-1].text)[0]


def faults(answer):
    return [(error["pointer"], error["code"]) for error in answer.json["errors"]]


def test_a_call_is_listed_without_where_it_went_until_somebody_acts(office, api):
    call = waiting_call(office)
    (item,) = api.get("piotr", "/api/calls").json["items"]
    assert (item["number"], item["alert"], item["mine"], item["deaf"]) == (
        alert_number("a1"),
        "a1",
        True,
        False,
    )
    assert item["told"][0]["name"] == APPROVER.name
    assert "+48" not in str(item)
    assert item.keys() == SPEC["components"]["schemas"]["Call"]["properties"].keys()
    assert api.get("piotr", "/api/alerts/a1").json["number"] == call.number
    office.alerts.put(alert("a1", state=State.CANCELLED))
    assert api.get("piotr", "/api/calls").json["items"] == []


def test_whoever_may_act_ends_the_call_and_nobody_else(office, api):
    call = waiting_call(office)
    path = f"/api/calls/{call.id}/acknowledge"
    assert api.post("anna", path).json["code"] == "not-called"  # she wrote it
    assert api.post("adam", path).status_code == 403
    assert office.calls.get(call.id).value.is_open
    assert api.post("piotr", path).status_code == 200
    assert office.calls.get(call.id).value.by == APPROVER.uid
    assert acts(office).count("call.acknowledge") == 1
    office.calls.kept[call.id] = replace(
        office.calls.kept[call.id], value=replace(office.calls.get(call.id).value, terc="0202022")
    )
    assert api.post("piotr", path).status_code == 404


def test_what_an_alert_called_for_is_told_to_its_office_also_when_it_is_over(office, api):
    call = waiting_call(office)
    office.calls.create(replace(call, id="a1.news.x", kind=CallKind.NEWS, news="approved", round=0))
    office.calls.create(replace(call, id="a1.expiring.x", round=-1))  # has not begun
    api.post("piotr", f"/api/calls/{call.id}/acknowledge")
    items = {one["id"]: one for one in api.get("dorota", "/api/alerts/a1/calls").json["items"]}
    assert items.keys() == {call.id, "a1.news.x"}
    told = items[call.id]
    assert (told["by"], told["why"], told["ended"]) == (APPROVER.name, "acknowledged", told["acknowledged"])
    assert (items["a1.news.x"]["news"], items["a1.news.x"]["by"]) == ("approved", None)
    assert api.get("jan", "/api/alerts/a1/calls").status_code == 404  # of another municipality
    assert api.get("adam", "/api/alerts/a1/calls").status_code == 403


def test_a_number_that_takes_no_sms_is_told_to_its_owner_until_it_does_again(office, api):
    call, uid = waiting_call(office), APPROVER.uid
    office.register.records[uid] = replace(office.register.records[uid], phone=NUMBER)
    sms, mail = FakeSmsSender(), FakeMailSender()
    ports = replace(office.call_ports, sms=lambda: sms, mail=lambda: mail)

    def called():
        found = office.calls.get(call.id).value
        return hand_over(ports, found, replace(found.attempts[0], outcome=Outcome.INTENT))

    def refused():
        answer = api.get("piotr", "/api/contact").json
        return answer["refused"] is not None

    assert not refused()
    for error, outcome, wanted in (
        (SmsRefused(), Outcome.REFUSED, True),
        (Unavailable(), Outcome.UNKNOWN, True),
        (SmsRefused(), Outcome.REFUSED, True),
        (None, Outcome.SENT, False),
        (SmsRefused(), Outcome.REFUSED, True),
    ):
        sms.fails = error
        assert (called(), refused()) == (outcome, wanted)
    assert acts(office).count("staff.phone-refused") == 3
    assert api.ask("piotr", "DELETE", "/api/contact").json["refused"] is None


def test_the_roster_is_kept_by_admin_and_crisis_as_it_was_seen(office, api):
    first = api.get("piotr", "/api/duty")
    assert (first.json["rows"], first.headers["ETag"]) == ([], '"0"')
    assert api.edit("piotr", "/api/duty", '"0"', {"rows": [ROW]}).status_code == 403
    kept = api.edit("adam", "/api/duty", '"0"', {"rows": [ROW]})
    assert (kept.status_code, kept.headers["ETag"], kept.json["rows"][0]["deputy"]) == (200, '"1"', None)
    assert api.edit("adam", "/api/duty", '"0"', {"rows": []}).status_code == 412
    assert api.ask("adam", "PUT", "/api/duty", json={"rows": []}).status_code == 428
    assert office.duty.get(TERC).value.rows == (DutyRow("mon", "08:00", "16:00", APPROVER.uid),)
    assert acts(office) == ["duty.keep"]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([{**ROW, "day": "someday"}], ("/rows/0/day", "duty-day")),
        ([{**ROW, "day": "2027-02-30"}], ("/rows/0/day", "duty-day")),
        ([ROW, {**ROW, "begins": "24:00"}], ("/rows/1/begins", "duty-hour")),
        ([{**ROW, "first": "uid-anna"}], ("/rows/0/first", "duty-nobody")),
        ([{**ROW, "deputy": APPROVER.uid}], ("/rows/0/deputy", "duty-same")),
        ([{**ROW, "deputy": "nobody"}], ("/rows/0/deputy", "duty-nobody")),
        ([{**ROW, "x": 1}], ("/rows/0/x", "unknown-field")),
        ([{}], ("/rows/0/begins", "missing")),
        ([7], ("/rows/0", "not-object")),
        ([ROW] * 101, ("/rows", "duty-rows")),
        ("x", ("/rows", "duty-rows")),
    ],
)
def test_a_wrong_roster_names_its_field_and_changes_nothing(office, api, rows, wanted):
    answer = api.edit("adam", "/api/duty", '"0"', {"rows": rows})
    assert answer.status_code == 422
    assert wanted in faults(answer)
    assert office.duty.get(TERC) is None


def test_a_number_is_ones_own_once_the_code_is_said(office, api):
    asked = api.ask("piotr", "PUT", "/api/contact", json={"phone": "600 100 200"})
    assert (asked.status_code, asked.json["phone"], asked.json["waiting"]) == (200, None, NUMBER)
    assert office.sms.sent[0].to == NUMBER
    code = code_of(office)
    wrong = "000000" if code != "000000" else "111111"
    answer = api.post("piotr", "/api/contact/verify", {"code": wrong})
    assert faults(answer) == [("/code", "code-wrong")]
    assert api.post("piotr", "/api/contact/verify", {"code": code}).json["phone"] == NUMBER
    assert office.register.records[APPROVER.uid].phone == NUMBER
    assert code not in str(office.register.records)
    assert NUMBER not in str([act.after for act in office.audit.acts(TERC)])
    people = api.get("adam", "/api/people")
    assert "600100200" not in people.text
    assert api.ask("piotr", "DELETE", "/api/contact").json["phone"] is None


@pytest.mark.parametrize("late", [True, False])
def test_a_code_that_is_old_or_was_tried_too_often_serves_no_more(office, api, late):
    api.ask("piotr", "PUT", "/api/contact", json={"phone": NUMBER})
    code = code_of(office)
    wrong = "000000" if code != "000000" else "111111"
    if late:
        office.clock.advance(timedelta(minutes=11))
    else:
        for _ in range(5):
            assert api.post("piotr", "/api/contact/verify", {"code": wrong}).status_code == 422
    answer = api.post("piotr", "/api/contact/verify", {"code": code})
    assert (answer.status_code, answer.json["code"]) == (404, "no-code")
    assert office.register.records[APPROVER.uid].phone == ""


@pytest.mark.parametrize("phone", ["600", "+15551234567", "+4860010020", "", "abc", "+48 600 100 20x"])
def test_what_is_no_number_in_europe_is_sent_nothing(office, api, phone):
    answer = api.ask("piotr", "PUT", "/api/contact", json={"phone": phone})
    assert faults(answer) == [("/phone", "phone-number")]
    assert office.sms.asked == 0
    assert office.register.records[APPROVER.uid].proving is None


@pytest.mark.parametrize(("error", "status"), [(SmsRefused(), 422), (Unavailable(), 503)])
def test_what_the_provider_says_is_told_and_it_is_asked_once(office, api, error, status):
    office.sms.fails = error
    assert api.ask("piotr", "PUT", "/api/contact", json={"phone": NUMBER}).status_code == status
    assert office.sms.asked == 1
    assert office.register.records[APPROVER.uid].phone == ""


def test_a_drill_is_ones_own_or_everybodys_by_an_admin_and_its_seconds_are_nobody_elses(office, api):
    assert api.post("piotr", "/api/drills", {"everybody": True}).status_code == 403
    assert api.post("adam", "/api/drills", {"everybody": False}).status_code == 403  # nobody calls him
    assert api.post("anna", "/api/drills", {"everybody": False}).status_code == 403
    begun = api.post("adam", "/api/drills", {"everybody": True}).json["begun"]
    assert begun == len(office.calls.kept) == len(office.tasks.waiting) >= 2
    assert api.post("adam", "/api/drills", {"everybody": True}, headers={"Idempotency-Key": "x"}).json == {
        "begun": 0
    }
    (mine,) = [one for one in office.calls.kept if APPROVER.uid in one]
    found = office.calls.get(mine)
    office.calls.replace(found, replace(found.value, round=0))
    assert [one["id"] for one in api.get("piotr", "/api/calls").json["items"]] == [mine]
    assert api.post("ewa", f"/api/calls/{mine}/acknowledge").status_code == 404
    office.clock.advance(timedelta(seconds=42))
    assert api.post("piotr", f"/api/calls/{mine}/acknowledge").status_code == 200
    own = api.get("piotr", "/api/readiness").json
    assert own["roles"] == [{"role": "approver", "ready": 1, "of": begun}]
    assert [one["until"] is not None for one in own["people"]] == [one["ready"] for one in own["people"]]
    assert (own["own"]["seconds"], own["own"]["ready"], own["ready"], own["enough"]) == (42, True, 1, False)
    seen = api.get("adam", "/api/readiness").json
    assert seen["own"] is None
    assert "42" not in str(seen)


def test_on_duty_is_who_has_the_hour_a_date_before_its_day_and_nights_go_on():
    rows = (
        DutyRow("mon", "22:00", "06:00", "night", "deputy"),
        DutyRow("mon", "08:00", "16:00", "day"),
        DutyRow("2026-11-23", "08:00", "12:00", "holiday"),
    )
    roster, monday = Roster(TERC, rows), alert().created.replace(day=23, minute=0)
    at = {hour: roster.on_duty(monday.replace(hour=hour))[0] for hour in (6, 7, 10, 11, 15, 20, 21, 23)}
    assert at == {6: "", 7: "holiday", 10: "holiday", 11: "day", 15: "", 20: "", 21: "night", 23: "night"}
    assert roster.on_duty(monday.replace(day=24, hour=4)) == ("night", "deputy")
    assert roster.on_duty(monday.replace(day=24, hour=5)) == ("", "")
