"""The stand-in for FCM refuses what FCM refuses, in FCM's words."""

from __future__ import annotations

import json
from io import BytesIO

import pycurl
import pytest

from shared.channels.push import message as push
from shared.channels.push.outcome import Sound
from shared.domain.alert import Severity, Text
from shared.domain.audience import Platform, Target
from tests.fakes.alert_values import alert, content
from tests.fcm import PROJECT, TOKEN

REGISTRATION = "c" * 22 + ":APA91b" + "x" * 134
FID = "c" * 22
BEARER = f"Bearer {TOKEN}"
DATA = {"alert": "a1", "title": "Brak wody"}
FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"


@pytest.fixture
def post(fcm):
    """Send a body (a message, or raw bytes); answers the status and the JSON or text of the answer."""
    curl = pycurl.Curl()

    def send(
        message, *, project=PROJECT, authorization=f"Bearer {TOKEN}", path=None, method="POST", **request
    ):
        content = BytesIO()
        body = message if isinstance(message, bytes) else json.dumps({"message": message, **request}).encode()
        curl.reset()
        curl.setopt(pycurl.URL, fcm.endpoint + (path or f"/v1/projects/{project}/messages:send"))
        curl.setopt(pycurl.CAINFO, fcm.ca_file)
        curl.setopt(pycurl.POSTFIELDS, body)
        curl.setopt(pycurl.CUSTOMREQUEST, method)
        curl.setopt(pycurl.HTTPHEADER, [f"Authorization: {authorization}"] if authorization else [])
        curl.setopt(pycurl.WRITEFUNCTION, content.write)
        curl.perform()
        text = content.getvalue().decode()
        return curl.getinfo(pycurl.RESPONSE_CODE), json.loads(text) if text.startswith("{") else text

    yield send
    curl.close()


def message(**changes):
    return {"token": REGISTRATION, "data": DATA, **changes}


def violations(answer):
    (details,) = answer["error"]["details"]
    assert details["@type"] == BAD_REQUEST
    return [violation.get("field") for violation in details["fieldViolations"]]


def fcm_error(answer):
    (details,) = answer["error"]["details"]
    assert details["@type"] == FCM_ERROR
    return details["errorCode"]


def test_an_accepted_message_has_a_name_and_is_recorded(fcm, post):
    status, answer = post(message())
    assert status == 200
    assert answer["name"].startswith(f"projects/{PROJECT}/messages/")
    (kept,) = fcm.messages()
    assert (kept["name"], kept["target"], kept["alert"]) == (answer["name"], REGISTRATION, "a1")
    assert kept["message"] == message()


def test_a_message_can_be_addressed_to_an_installation(fcm, post):
    assert post({"fid": FID, "data": DATA})[0] == 200
    assert [(kept["kind"], kept["target"]) for kept in fcm.messages()] == [("fid", FID)]


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", "Basic dTpw", "Bearer two words"])
def test_without_a_token_nobody_sends(fcm, post, authorization):
    status, answer = post(message(), authorization=authorization)
    assert (status, answer["error"]["status"]) == (401, "UNAUTHENTICATED")
    assert fcm.messages() == []


def test_a_refused_token_is_unauthenticated(fcm, post):
    fcm.behave(refused_tokens=[TOKEN])
    assert post(message())[0] == 401


def test_another_project_is_forbidden(fcm, post):
    status, answer = post(message(), project="someone-else")
    assert (status, answer["error"]["status"]) == (403, "PERMISSION_DENIED")
    assert fcm.messages() == []


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", None), ("POST", "/v1/projects/demo-alert-online/messages"), ("POST", "/fcm/send")],
)
def test_other_addresses_and_methods_are_not_found_in_html(post, method, path):
    status, answer = post(message(), method=method, path=path)
    assert status == 404
    assert answer.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("body", [b"", b"{", b'{"message": nan}', b'{"message":{"data":{"a":"\xff'])
def test_broken_json_is_refused(fcm, post, body):
    status, answer = post(body)
    assert (status, answer["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert fcm.messages() == []


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"{}", b'{"message": null}', b'{"message": []}'])
def test_json_of_another_shape_is_refused(post, body):
    status, answer = post(body)
    assert (status, answer["error"]["status"]) == (400, "INVALID_ARGUMENT")


REFUSED = {
    "no target": ({"data": DATA}, "message"),
    "two targets": ({**message(), "fid": FID}, "message"),
    "target is no string": ({"token": 7, "data": DATA}, "message.token"),
    "unknown field": (message(collapseKey="x"), "message"),
    "unknown field deeper": (message(android={"priorty": "HIGH"}), "message.android"),
    "number in data": (message(data={"version": 1}), "message.data[0].value"),
    "null in data": (message(data={"a": "b", "c": None}), "message.data[1].value"),
    "data is a list": (message(data=["a"]), "message.data"),
    "reserved: from": (message(data={"from": "x"}), "message.data"),
    "reserved: notification": (message(data={"notification": "x"}), "message.data"),
    "reserved: message_type": (message(data={"message_type": "x"}), "message.data"),
    "reserved: google.": (message(data={"google.c.a.e": "1"}), "message.data"),
    "reserved: gcm.": (message(data={"gcm.notification.title": "1"}), "message.data"),
    "reserved in android.data": (message(android={"data": {"gcm": "1"}}), "message.android.data"),
    "android priority": (message(android={"priority": "URGENT"}), "message.android.priority"),
    "android is a string": (message(android="HIGH"), "message.android"),
    "ttl without unit": (message(android={"ttl": "3600"}), "message.android.ttl"),
    "ttl as number": (message(android={"ttl": 3600}), "message.android.ttl"),
    "negative ttl": (message(android={"ttl": "-1s"}), "message.android.ttl"),
    "ttl over 28 days": (message(android={"ttl": "2419201s"}), "message.android.ttl"),
    "number in apns headers": (
        message(apns={"headers": {"apns-priority": 5}}),
        "message.apns.headers[0].value",
    ),
    "data only at priority 10": (message(apns={"headers": {"apns-priority": "10"}}), "message.apns.headers"),
    "background at priority 10": (
        message(apns={"headers": {"apns-priority": "10"}, "payload": {"aps": {"content-available": 1}}}),
        "message.apns.headers",
    ),
    "apns priority 7": (message(apns={"headers": {"apns-priority": "7"}}), "message.apns.headers"),
    "apns push type": (message(apns={"headers": {"apns-push-type": "silent"}}), "message.apns.headers"),
    "alert with nothing to show": (
        message(apns={"headers": {"apns-push-type": "alert"}, "payload": {"aps": {"content-available": 1}}}),
        "message.apns.headers",
    ),
    "background with something to show": (
        message(apns={"headers": {"apns-push-type": "background"}, "payload": {"aps": {"badge": 1}}}),
        "message.apns.headers",
    ),
    "apns expiration": (message(apns={"headers": {"apns-expiration": "soon"}}), "message.apns.headers"),
    "collapse id too long": (
        message(apns={"headers": {"apns-collapse-id": "x" * 65}}),
        "message.apns.headers",
    ),
    "apple's payload without aps": (
        message(apns={"payload": {"sound": "default"}}),
        "message.apns.payload",
    ),
    "aps is empty": (message(apns={"payload": {"aps": {}}}), "message.apns.payload"),
    "aps neither shows nor wakes": (
        message(apns={"payload": {"aps": {"mutable-content": 1}}}),
        "message.apns.payload",
    ),
    "aps is a string": (message(apns={"payload": {"aps": "x"}}), "message.apns.payload"),
    "number in web headers": (message(webpush={"headers": {"TTL": 60}}), "message.webpush.headers[0].value"),
    "web ttl with unit": (message(webpush={"headers": {"TTL": "60s"}}), "message.webpush.headers"),
    "web ttl over 28 days": (message(webpush={"headers": {"TTL": "2419201"}}), "message.webpush.headers"),
    "urgency": (message(webpush={"headers": {"Urgency": "HIGH"}}), "message.webpush.headers"),
}


@pytest.mark.parametrize(("body", "field"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_message_is_refused_and_the_field_is_named(fcm, post, body, field):
    status, answer = post(body)
    assert (status, answer["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert violations(answer) == [field]
    assert fcm.messages() == []


def test_all_wrong_fields_are_named_together(post):
    _, answer = post({"data": {"from": "x"}, "android": {"ttl": "1"}})
    assert set(violations(answer)) == {"message", "message.data", "message.android.ttl"}


def test_validate_only_must_be_a_boolean(post):
    _, answer = post(message(), validate_only="yes")
    assert violations(answer) == ["validate_only"]


ALLOWED = {
    "28 days": message(android={"ttl": "2419200s", "priority": "HIGH"}),
    "ttl 0": message(android={"ttl": "0s"}),
    "fraction of a second": message(android={"ttl": "3.5s"}),
    "camelCase": message(android={"collapseKey": "x"}, fcmOptions={"analyticsLabel": "x"}),
    "visible at priority 10": message(
        apns={"headers": {"apns-priority": "10"}, "payload": {"aps": {"alert": {"title": "t"}}}}
    ),
    "visible without a sound at priority 10": message(
        apns={
            "headers": {"apns-priority": "10", "apns-push-type": "alert"},
            "payload": {"aps": {"alert": {"title": "t"}, "interruption-level": "passive"}},
        }
    ),
    "notification at priority 10": message(
        notification={"title": "t"}, apns={"headers": {"apns-priority": "10"}}
    ),
    "data only at priority 5": message(apns={"headers": {"apns-priority": "5"}}),
    "web headers": message(webpush={"headers": {"TTL": "2419200", "Urgency": "very-low"}}),
    "no data": {"token": REGISTRATION, "notification": {"title": "t"}},
}


@pytest.mark.parametrize("body", ALLOWED.values(), ids=ALLOWED)
def test_a_right_message_is_accepted(post, body):
    assert post(body)[0] == 200


def test_the_largest_data_passes_and_one_byte_more_does_not(fcm, post):
    """4,051 bytes of one field are what senders found to be the limit."""
    status, _ = post(message(data={"a": "x" * 4050}))
    assert status == 200
    status, answer = post(message(data={"a": "x" * 4051}))
    assert (status, fcm_error(answer)) == (400, "INVALID_ARGUMENT")
    assert answer["error"]["message"] == "Android message is too big"
    assert len(fcm.messages()) == 1


def test_a_topic_allows_half_as_much(post):
    """FCM docs, ErrorCode: 2,048 bytes "in the case of messages to topics"."""
    assert post({"topic": "t", "data": {"a": "x" * 2002}})[0] == 200
    status, answer = post({"topic": "t", "data": {"a": "x" * 2003}})
    assert (status, fcm_error(answer)) == (400, "INVALID_ARGUMENT")


def test_bytes_count_not_characters(post):
    assert post(message(data={"a": "ż" * 2025}))[0] == 200
    assert post(message(data={"a": "ż" * 2026}))[0] == 400


def test_the_apple_payload_is_limited_too(post):
    payload = {"aps": {"alert": {"title": "t", "body": "x" * 4096}}}
    _, answer = post({"token": REGISTRATION, "apns": {"payload": payload}})
    assert answer["error"]["message"] == "APNs message is too big"


@pytest.mark.parametrize("target", ["", "short", "x" * 4097, "with space" * 3, "żółć" * 10])
def test_a_malformed_token_is_fcms_own_error(fcm, post, target):
    status, answer = post({"token": target, "data": DATA})
    assert (status, fcm_error(answer)) == (400, "INVALID_ARGUMENT")
    assert fcm.messages() == []


@pytest.mark.parametrize("target", ["", "x" * 22, "c" * 21, "c" * 23, "c" * 21 + "!"])
def test_a_malformed_installation_id_is_fcms_own_error(post, target):
    status, answer = post({"fid": target, "data": DATA})
    assert (status, fcm_error(answer)) == (400, "INVALID_ARGUMENT")


def test_a_dry_run_is_checked_and_answered_but_not_delivered(fcm, post):
    status, answer = post(message(), validate_only=True)
    assert (status, answer["name"]) == (200, f"projects/{PROJECT}/messages/fake_message_id")
    assert post({"data": DATA}, validate_only=True)[0] == 400
    assert fcm.messages() == []
    assert fcm.counts()["outcomes"] == {"validated": 1, "invalid": 1}


@pytest.mark.parametrize(
    ("fate", "status", "code"),
    [
        ("unregistered", 404, "UNREGISTERED"),
        ("sender_mismatch", 403, "SENDER_ID_MISMATCH"),
        ("bad_target", 400, "INVALID_ARGUMENT"),
        ("throttled", 429, "QUOTA_EXCEEDED"),
        ("internal", 500, "INTERNAL"),
        ("unavailable", 503, "UNAVAILABLE"),
    ],
)
def test_each_fate_is_answered_as_documented(fcm, post, fate, status, code):
    fcm.behave(targets={REGISTRATION: fate})
    answered, answer = post(message())
    assert (answered, fcm_error(answer)) == (status, code)
    assert fcm.messages() == []


def test_the_quota_is_per_minute_and_counts_refused_messages_too(fcm, post):
    fcm.behave(quota_per_minute=2)
    assert [post(body)[0] for body in (message(), {"data": DATA}, message())] == [200, 400, 429]


# ---- What this system sends

LONG = alert(
    "a" * 20,
    content=content(
        severity=Severity.MODERATE,
        exercise=True,
        texts={"pl": Text("Ż" * 120, "Pękła rura 🚰 „żółć”.\n" * 180)},
    ),
    version=9999,
)
LONGEST_URL = "https://alerty.urzad-gminy-regionalna.example.pl/" + "x" * 60
TEMPLATES = [(platform, sound) for platform in Platform for sound in Sound]


@pytest.mark.parametrize("target", [Target("token", REGISTRATION), Target("fid", FID)])
@pytest.mark.parametrize(("platform", "sound"), TEMPLATES)
def test_our_longest_message_is_accepted(fcm, post, platform, sound, target):
    body = push.template(LONG, "pl", platform, LONGEST_URL, LONG.updated, sound).body(target, "f" * 64)
    assert post(body)[0] == 200
    (kept,) = fcm.messages()
    assert (kept["platform"], kept["message"]["data"]["sound"]) == (platform, sound)


@pytest.mark.parametrize("platform", Platform)
def test_the_trial_of_our_longest_message_passes_and_nothing_is_recorded(fcm, post, platform):
    status, answer = post(push.validation(LONG, "pl", platform, LONGEST_URL, LONG.updated))
    assert (status, answer["name"]) == (200, f"projects/{PROJECT}/messages/fake_message_id")
    assert fcm.messages() == []


def test_the_trial_of_a_message_with_a_fault_names_it(post):
    """A key that FCM keeps to itself, as a careless change could add it."""
    faulty = json.loads(push.validation(LONG, "pl", Platform.WEB, LONGEST_URL))
    faulty["message"]["data"]["from"] = "x"
    status, answer = post(json.dumps(faulty).encode())
    assert (status, violations(answer)) == (400, ["message.data"])
