from __future__ import annotations

import json

import pytest

from shared.channels.push.answers import BAD_REQUEST, FCM_ERROR, read, token_refused
from shared.channels.push.outcome import Outcome


def error(
    status: str = "", code: str | None = None, fields: list[str] | None = None, message: str = ""
) -> bytes:
    details: list[dict] = []
    if code:
        details.append({"@type": FCM_ERROR, "errorCode": code})
    if fields:
        details.append({"@type": BAD_REQUEST, "fieldViolations": [{"field": field} for field in fields]})
    body = {"code": 0, "message": message, "status": status}
    return json.dumps({"error": {**body, **({"details": details} if details else {})}}).encode()


DETAILS_ODD = b'{"error": {"details": 1}}'
HTML = b"<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>"

CASES = {
    "accepted": (200, b'{"name": "projects/p/messages/1"}', Outcome.ACCEPTED),
    "unregistered": (404, error("NOT_FOUND", "UNREGISTERED"), Outcome.UNREGISTERED),
    "unknown project": (404, error("NOT_FOUND"), Outcome.UNAUTHORISED),
    "wrong address, in HTML": (404, HTML, Outcome.UNAUTHORISED),
    "another project's target": (
        403,
        error("PERMISSION_DENIED", "SENDER_ID_MISMATCH"),
        Outcome.SENDER_MISMATCH,
    ),
    "no permission": (403, error("PERMISSION_DENIED"), Outcome.UNAUTHORISED),
    "token expired": (401, error("UNAUTHENTICATED"), Outcome.UNAUTHORISED),
    "Apple's key is wrong": (401, error("UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR"), Outcome.UNAUTHORISED),
    "malformed token": (
        400,
        error(
            "INVALID_ARGUMENT",
            "INVALID_ARGUMENT",
            message="The registration token is not a valid FCM registration token",
        ),
        Outcome.BAD_TARGET,
    ),
    "malformed installation id, in words": (
        400,
        error("INVALID_ARGUMENT", "INVALID_ARGUMENT", message="The Firebase Installation ID is not valid"),
        Outcome.BAD_TARGET,
    ),
    "something invalid that FCM does not name": (
        400,
        error("INVALID_ARGUMENT", "INVALID_ARGUMENT", message="Request contains an invalid argument."),
        Outcome.BAD_PAYLOAD,
    ),
    "malformed token, named": (
        400,
        error("INVALID_ARGUMENT", "INVALID_ARGUMENT", ["message.token"]),
        Outcome.BAD_TARGET,
    ),
    "malformed installation id": (400, error("INVALID_ARGUMENT", None, ["message.fid"]), Outcome.BAD_TARGET),
    "bad field": (400, error("INVALID_ARGUMENT", None, ["message.data[0].value"]), Outcome.BAD_PAYLOAD),
    "bad field, with FcmError": (
        400,
        error("INVALID_ARGUMENT", "INVALID_ARGUMENT", ["message.android.ttl"]),
        Outcome.BAD_PAYLOAD,
    ),
    "bad field and bad token": (
        400,
        error("INVALID_ARGUMENT", "INVALID_ARGUMENT", ["message.token", "message.data"]),
        Outcome.BAD_PAYLOAD,
    ),
    "too big": (
        400,
        error("INVALID_ARGUMENT", "INVALID_ARGUMENT", message="Android message is too big"),
        Outcome.BAD_PAYLOAD,
    ),
    "400 without details": (400, error("INVALID_ARGUMENT"), Outcome.BAD_PAYLOAD),
    "body too large": (413, HTML, Outcome.BAD_PAYLOAD),
    "an error of no further information": (
        500,
        error("UNKNOWN", "UNSPECIFIED_ERROR"),
        Outcome.UNAVAILABLE,
    ),
    "throttled": (429, error("RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED"), Outcome.THROTTLED),
    "throttled by Google's front end": (429, HTML, Outcome.THROTTLED),
    "request timeout": (408, b"", Outcome.UNAVAILABLE),
    "internal": (500, error("INTERNAL", "INTERNAL"), Outcome.UNAVAILABLE),
    "bad gateway": (502, HTML, Outcome.UNAVAILABLE),
    "unavailable": (503, error("UNAVAILABLE", "UNAVAILABLE"), Outcome.UNAVAILABLE),
    "gateway timeout": (504, b"", Outcome.UNAVAILABLE),
    "a redirect": (302, b"", Outcome.UNAVAILABLE),
}


@pytest.mark.parametrize(("status", "content", "outcome"), CASES.values(), ids=CASES)
def test_each_answer_has_its_outcome(status, content, outcome):
    answer = read("key", status, content)
    assert (answer.key, answer.outcome) == ("key", outcome)


@pytest.mark.parametrize(
    "content", [b"", b"null", b"[]", b'"x"', b'{"error": "x"}', b"\xff", b'{"error": {"details": 1}}']
)
@pytest.mark.parametrize("status", [400, 403, 404])
def test_an_unreadable_error_costs_no_device(status, content):
    assert not read("key", status, content).outcome.target_is_dead


def test_throttled_waits_a_minute_when_not_told():
    assert read("key", 429, b"").retry_after == 60


@pytest.mark.parametrize("status", [429, 500, 503])
def test_retry_after_is_passed_on(status):
    assert read("key", status, b"", 17).retry_after == 17


def test_unavailable_without_retry_after_tells_none():
    assert read("key", 503, b"").retry_after is None


def test_retry_after_means_nothing_for_a_permanent_fault():
    assert read("key", 400, b"", 17).retry_after is None


def test_detail_tells_status_code_and_fields_but_no_message():
    content = error("INVALID_ARGUMENT", "INVALID_ARGUMENT", ["message.data"], message="secret-token is bad")
    assert read("key", 400, content).detail == "400 INVALID_ARGUMENT message.data"


def test_a_new_token_is_worth_a_try_only_when_ours_was_refused():
    assert token_refused(read("key", 401, error("UNAUTHENTICATED")))
    assert token_refused(read("key", 401, b""))
    assert not token_refused(read("key", 401, error("UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR")))
    assert not token_refused(read("key", 403, error("PERMISSION_DENIED")))
    assert not token_refused(read("key", 200, b"{}"))
