"""What FCM's answer says about one push: one table, read from the top, the first row that fits decides.

Sources: Firebase, "FCM Error Codes", "ErrorCode" and "Best practices when sending FCM messages at scale";
google.rpc.BadRequest. docs/delivery.md has the table for operators. A target is called dead only when FCM
says so in its own words: a wrong address or a fault in our message must never cost a resident the device.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shared.channels.push.outcome import Outcome, PushAnswer

ACCEPTED = 200
THROTTLED_WAIT = 60.0  # seconds; FCM docs, ErrorCode, QUOTA_EXCEEDED without a Retry-After
FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"

_TARGET_FIELDS = {"message.token", "message.fid"}
_TARGET_WORDS = ("registration token", "installation id")


@dataclass(frozen=True)
class _Fault:
    """The parts of an error answer that decide."""

    status: int
    code: str = ""  # FcmError.errorCode
    reason: str = ""  # google.rpc.Code by name
    message: str = ""
    fields: frozenset[str] = frozenset()  # BadRequest.fieldViolations

    @property
    def of_target(self) -> bool:
        """400 for the target alone, by the field or by FCM's words.

        FcmError INVALID_ARGUMENT alone says nothing: "Android message is too big" (firebase-admin-go, issue
        580) and "Request contains an invalid argument." for an APNs payload (issue 679) come with it, too.
        """
        if self.fields:
            return self.fields <= _TARGET_FIELDS
        message = self.message.lower()
        return self.code == "INVALID_ARGUMENT" and any(words in message for words in _TARGET_WORDS)


_TABLE: tuple[tuple[Callable[[_Fault], bool], Outcome], ...] = (
    (lambda fault: fault.status == 404 and fault.code == "UNREGISTERED", Outcome.UNREGISTERED),
    (lambda fault: fault.status == 403 and fault.code == "SENDER_ID_MISMATCH", Outcome.SENDER_MISMATCH),
    (lambda fault: fault.status == 400 and fault.of_target, Outcome.BAD_TARGET),
    # Any other 404 is no answer about a target: the endpoint or the project in the address is wrong.
    (lambda fault: fault.status in (401, 403, 404), Outcome.UNAUTHORISED),
    (lambda fault: fault.status == 429, Outcome.THROTTLED),
    (lambda fault: fault.status == 408 or not 400 <= fault.status < 500, Outcome.UNAVAILABLE),
    (lambda fault: True, Outcome.BAD_PAYLOAD),
)


def read(key: str, status: int, content: bytes = b"", retry_after: float | None = None) -> PushAnswer:
    """The outcome of an HTTP answer; `retry_after` in seconds, as its header said."""
    if status == ACCEPTED:
        return PushAnswer(key, Outcome.ACCEPTED)
    outcome, detail = _judged(status, content)
    if outcome is Outcome.THROTTLED:
        retry_after = retry_after or THROTTLED_WAIT
    return PushAnswer(key, outcome, retry_after if outcome.passing else None, detail)


@lru_cache(maxsize=64)  # thousands of answers are the same few texts
def _judged(status: int, content: bytes) -> tuple[Outcome, str]:
    fault = _fault(status, content)
    outcome = next(outcome for fits, outcome in _TABLE if fits(fault))
    return outcome, " ".join(filter(None, (str(status), fault.code or fault.reason, *sorted(fault.fields))))


def token_refused(answer: PushAnswer) -> bool:
    """Our access token was not taken: nothing was sent, and a new token can help.

    THIRD_PARTY_AUTH_ERROR is a 401 too, but about the project's key for Apple or for web push.
    """
    return (
        answer.outcome is Outcome.UNAUTHORISED
        and answer.detail.startswith("401")
        and "THIRD_PARTY_AUTH_ERROR" not in answer.detail
    )


def _fault(status: int, content: bytes) -> _Fault:
    """Google's front end may answer in HTML, or with nothing: then the status alone decides."""
    try:
        error = json.loads(content)["error"]
        details = [detail for detail in error.get("details", []) if isinstance(detail, dict)]
        return _Fault(
            status,
            code=_error_code(details),
            reason=str(error.get("status", "")),
            message=str(error.get("message", "")),
            fields=frozenset(_fields(details)),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return _Fault(status)


def _error_code(details: list[dict[str, Any]]) -> str:
    codes = (str(detail.get("errorCode", "")) for detail in details if detail.get("@type") == FCM_ERROR)
    return next(codes, "")


def _fields(details: list[dict[str, Any]]) -> list[str]:
    return [
        str(violation.get("field", ""))
        for detail in details
        if detail.get("@type") == BAD_REQUEST
        for violation in detail.get("fieldViolations", [])
    ]
