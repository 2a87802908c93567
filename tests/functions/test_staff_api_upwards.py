"""Crisis centres through the API: who enters and tells them, what is written down, what refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.audit import Outcome
from shared.domain.call import Outcome as Sent
from shared.domain.gsm import TWO_PARTS, places
from shared.domain.upwards import Upwards
from shared.errors import Conflict, MailRefused, Throttled, Unavailable
from tests.fakes.alert_values import AUTHOR, TERC, alert
from tests.fakes.tokens import STAFF
from tests.functions.test_openapi import SPEC

POWIAT = {"name": "PCZK w Myślenicach", "phone": "12 345 67 89", "email": "pczk@powiat.example"}
VOIVODESHIP = {"name": "WCZK", "phone": None, "email": "wczk@muw.example"}
BOTH = {"powiat": POWIAT, "voivodeship": VOIVODESHIP}
TELL = {"centres": ["powiat", "voivodeship"], "way": "email"}
PATH, KEY = "/api/upwards/a1", {"Idempotency-Key": "tap-1"}


def scene(office, api):
    """An alert that was sent, and both centres."""
    office.alerts.put(alert("a1", state=State.ACTIVE, started=office.clock.now()))
    assert api.edit("adam", "/api/centres", '"0"', BOTH).status_code == 200


def told(office, action):
    return [
        (act.outcome, act.after["outcome"], act.by.uid, act.about) for act in office.audit.acts(TERC, action)
    ]


def faults(answer):
    return [(error["pointer"], error["code"]) for error in answer.json["errors"]]


def test_one_tap_tells_both_centres_once_and_is_written_down(office, api):
    scene(office, api)
    before = api.get("anna", PATH).json
    assert (before["may"], before["tellings"], len(before["centres"])) == (True, [], 2)
    assert before["text"].startswith("Gmina Wzor") or "1201022" in before["text"]
    answer = api.post("anna", PATH, TELL, headers=KEY)
    assert answer.status_code == 200
    assert {(one["centre"], one["outcome"], one["by"]) for one in answer.json["tellings"]} == {
        ("powiat", "sent", AUTHOR.name),
        ("voivodeship", "sent", AUTHOR.name),
    }
    assert [mail.to for mail in office.mail.sent] == [POWIAT["email"], VOIVODESHIP["email"]]
    assert before["text"] in office.mail.sent[0].text
    assert "TERYT" in office.mail.sent[0].text
    about = ("uid-anna", "alerts/a1")
    intents, done = (Outcome.INTENT, "intent", *about), (Outcome.DONE, "sent", *about)
    assert told(office, "upwards.tell") == [intents, intents, done, done]
    properties = SPEC["components"]["schemas"]["UpwardsTelling"]["properties"]
    assert answer.json["tellings"][0].keys() == properties.keys()
    assert answer.json.keys() == SPEC["components"]["schemas"]["Upwards"]["properties"].keys()


def test_the_same_tap_again_tells_nobody_again(office, api):
    scene(office, api)
    first = api.post("anna", PATH, TELL, headers=KEY).json
    acts = office.acts
    assert api.post("anna", PATH, TELL, headers=KEY).json == first
    assert (len(office.mail.sent), office.acts) == (2, acts)
    assert len(api.post("anna", PATH, TELL, headers={"Idempotency-Key": "tap-2"}).json["tellings"]) == 4


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (MailRefused(), "refused"),
        (Throttled(), "throttled"),
        (Unavailable(), "unknown"),
        (Unavailable("mail-not-set-up"), "off"),
    ],
)
def test_what_the_provider_says_is_kept_and_it_is_asked_once(office, api, error, outcome):
    scene(office, api)
    office.mail.fails = error
    answer = api.post("anna", PATH, {**TELL, "centres": ["powiat"]}, headers=KEY)
    assert (answer.status_code, answer.json["tellings"][0]["outcome"]) == (200, outcome)
    assert told(office, "upwards.tell")[-1][:2] == (Outcome.FAILED, outcome)
    office.mail.fails = None
    api.post("anna", PATH, {**TELL, "centres": ["powiat"]}, headers=KEY)
    assert office.mail.sent == []


def test_a_worker_that_dies_between_mail_and_record_leaves_what_nobody_knows(office, api, monkeypatch):
    scene(office, api)
    put, calls = office.upwards.put, []

    def dying(before, after, acts=()):
        calls.append(after)
        if len(calls) > 1:
            raise Unavailable
        return put(before, after, acts)

    monkeypatch.setattr(office.upwards, "put", dying)
    assert api.post("anna", PATH, {**TELL, "centres": ["powiat"]}, headers=KEY).status_code == 503
    monkeypatch.setattr(office.upwards, "put", put)
    assert len(office.mail.sent) == 1
    again = api.post("anna", PATH, {**TELL, "centres": ["powiat"]}, headers={"Idempotency-Key": "tap-2"})
    assert (again.status_code, len(office.mail.sent)) == (409, 1)  # it is still under way
    office.clock.advance(timedelta(minutes=1))
    assert api.get("anna", PATH).json["tellings"][0]["outcome"] == "unknown"
    api.post("anna", PATH, {**TELL, "centres": ["powiat"]}, headers=KEY)
    assert len(office.mail.sent) == 1
    api.post("anna", PATH, {**TELL, "centres": ["powiat"]}, headers={"Idempotency-Key": "tap-3"})
    assert len(office.mail.sent) == 2


def test_two_who_write_at_once_lose_nothing(office, api, monkeypatch):
    scene(office, api)
    put = office.upwards.put
    raced: list[int] = []

    def racing(before, after, acts=()):
        if not raced:
            raced.append(1)
            other = replace(after.tellings[0], number=1, key="other", outcome=Sent.SENT)
            put(before, Upwards("a1", TERC, (other,)))
            raise Conflict
        return put(before, after, acts)

    monkeypatch.setattr(office.upwards, "put", racing)
    found = api.post("anna", PATH, {**TELL, "way": "phone", "centres": ["powiat"]}, headers=KEY).json
    assert [one["number"] for one in found["tellings"]] == [1, 2]


def test_a_telephone_call_is_written_down_with_its_time_and_so_is_the_answer(office, api):
    scene(office, api)
    began = office.clock.now()
    office.clock.advance(timedelta(hours=2))
    said = (began + timedelta(minutes=4)).isoformat()
    body = {"centres": ["powiat"], "way": "phone", "at": said}
    (telling,) = api.post("piotr", PATH, body, headers=KEY).json["tellings"]
    assert (telling["at"][:16], telling["outcome"], telling["address"]) == (
        said[:16],
        "sent",
        POWIAT["phone"],
    )
    assert office.mail.sent == []
    first = api.post("anna", f"{PATH}/answer", {"number": 1}).json["tellings"][0]
    assert (first["answered"], first["noted"]) != (None, None)
    office.clock.advance(timedelta(hours=1))
    acts = office.acts
    again = api.ask("piotr", "POST", f"{PATH}/answer", json={"number": 1}, headers=KEY)
    assert (again.json["tellings"][0], office.acts) == (first, acts)
    assert api.post("anna", f"{PATH}/answer", {"number": 7}).status_code == 404


def test_who_may_not_tell_changes_nothing(office, api):
    scene(office, api)
    office.tokens.staff["zone"] = replace(
        STAFF["anna"], scopes={"author": replace(STAFF["anna"].scope("author"), severity="Minor")}
    )
    for who, status in {"dorota": 403, "adam": 403, "jan": 404, "zone": 403}.items():
        assert api.post(who, PATH, TELL, headers=KEY).status_code == status, who
        assert api.post(who, f"{PATH}/answer", {"number": 1}).status_code == status, who
    assert api.get("jan", PATH).status_code == 404
    assert api.get("dorota", PATH).json["may"] is False
    for who in ("anna", "piotr", "kasia", "dorota"):
        assert api.edit(who, "/api/centres", '"1"', BOTH).status_code == 403, who
    assert (office.mail.sent, office.upwards.kept) == ([], {})


def test_before_an_alert_is_sent_nobody_is_told_of_it(office, api):
    office.alerts.put(alert("a1", state=State.SUBMITTED))
    api.edit("adam", "/api/centres", '"0"', BOTH)
    assert api.get("anna", PATH).json["text"] is None
    assert api.post("anna", PATH, TELL, headers=KEY).status_code == 409


def test_a_wrong_body_names_its_field_and_changes_nothing(office, api):
    scene(office, api)
    api.edit("adam", "/api/centres", '"1"', {**BOTH, "voivodeship": {"name": "WCZK", "phone": "12 3"}})
    ahead = (office.clock.now() + timedelta(hours=1)).isoformat()
    wrong = {
        ("/centres", "missing"): {**TELL, "centres": []},
        ("/centres/0", "unknown-value"): {**TELL, "centres": ["kraj"]},
        ("/centres", "upwards-twice"): {**TELL, "centres": ["powiat", "powiat"]},
        ("/centres/1", "centre-no-email"): TELL,
        ("/way", "unknown-value"): {**TELL, "way": "fax"},
        ("/at", "upwards-time"): {"centres": ["powiat"], "way": "phone", "at": ahead},
        ("/at", "not-a-time"): {"centres": ["powiat"], "way": "phone", "at": "13:00"},
        ("/x", "unknown-field"): {**TELL, "x": 1},
        ("", "not-object"): [],
    }
    for fault, body in wrong.items():
        answer = api.post("anna", PATH, body, headers=KEY)
        assert (answer.status_code, fault in faults(answer)) == (422, True), (fault, answer.json)
    answers = {("/number", "not-a-number"): {"number": True}, ("/number", "missing"): {}}
    for fault, body in answers.items():
        assert fault in faults(api.post("anna", f"{PATH}/answer", body))
    assert office.upwards.kept == {}


def test_a_centre_that_nobody_entered_is_told_by_nobody(office, api):
    office.alerts.put(alert("a1", state=State.ACTIVE, started=office.clock.now()))
    assert faults(api.post("anna", PATH, TELL, headers=KEY))[0] == ("/centres/0", "centre-unknown")


def test_addresses_are_entered_by_an_admin_as_they_were_seen(office, api):
    assert api.get("anna", "/api/centres").json == {"revision": 0, "powiat": None, "voivodeship": None}
    assert api.ask("adam", "PUT", "/api/centres", json=BOTH).status_code == 428
    kept = api.edit("adam", "/api/centres", '"0"', BOTH)
    assert (kept.status_code, kept.headers["ETag"], kept.json["powiat"]) == (200, '"1"', POWIAT)
    assert api.edit("adam", "/api/centres", '"0"', BOTH).status_code == 412
    (act,) = office.audit.acts(TERC, "centres.keep")
    assert (act.before["powiat"], act.after["powiat"]["email"]) == (None, POWIAT["email"])
    wrong = {
        ("/powiat/email", "not-email"): {**BOTH, "powiat": {**POWIAT, "email": "x"}},
        ("/powiat/phone", "centre-phone"): {**BOTH, "powiat": {**POWIAT, "phone": "12x"}},
        ("/powiat/name", "missing"): {**BOTH, "powiat": {"email": "a@b.pl"}},
        ("/powiat/name", "too-long"): {**BOTH, "powiat": {**POWIAT, "name": "x" * 121}},
        ("/powiat", "centre-nowhere"): {**BOTH, "powiat": {"name": "x"}},
        ("/powiat/phone", "not-text"): {**BOTH, "powiat": {**POWIAT, "phone": 7}},
        ("/powiat/x", "unknown-field"): {**BOTH, "powiat": {**POWIAT, "x": 1}},
        ("/powiat", "not-object"): {**BOTH, "powiat": "x"},
        ("/voivodeship", "missing"): {"powiat": None},
    }
    for fault, body in wrong.items():
        answer = api.edit("adam", "/api/centres", '"1"', body)
        assert fault in faults(answer), (fault, answer.json)
    assert office.centres.get(TERC).value.revision == 1


def test_the_text_is_two_sms_at_most(office, api):
    scene(office, api)
    assert (places(api.get("anna", PATH).json["text"]) or 999) <= TWO_PARTS
