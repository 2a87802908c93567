"""An alert as FCM HTTP v1 messages: one JSON text per language and platform, completed per phone by bytes.

Field names and limits: Firebase, "REST Resource: projects.messages"; Apple, "Generating a remote
notification"; RFC 8030 for web push. What the apps read is described in docs/app-developers.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from json.encoder import encode_basestring_ascii
from typing import Any

from shared.domain.alert import Alert, Content, Person, Severity, Text
from shared.domain.delivery import Platform, Target

LONGEST_TTL = timedelta(days=28)  # FCM docs, AndroidConfig.ttl
PAYLOAD_LIMIT = 4096  # bytes; FCM docs, ErrorCode, "Message too big": keys and values of the payload
FALLBACK_LANGUAGE = "pl"

# Bytes that are counted beside the keys and values; rounded up from what senders observed.
_ANDROID_FIXED = 48  # one field of 4,051 bytes (key and value) passed, a longer one did not
_ANDROID_PER_FIELD = 8  # a protobuf map entry: three tags, up to five bytes of lengths
_APNS_ADDED = 200  # gcm.message_id, google.c.sender.id, google.c.fid, google.c.a.e
_WEB_ADDED = 320  # from, fcmMessageId, priority, and 103 bytes of encryption (RFC 8291)

_PROOF_LENGTH = 64  # hex digits of SHA-256
_TARGETS = {"token": b'"},"token":', "fid": b'"},"fid":'}  # FCM docs, Message, union field `target`

# Time-sensitive breaks through Focus when the app has that capability. "critical" would also break through
# the mute switch, but Apple grants its entitlement only on application, so it is not used.
_INTERRUPTION = {
    Severity.EXTREME: "time-sensitive",
    Severity.SEVERE: "time-sensitive",
    Severity.MODERATE: "active",
    Severity.MINOR: "active",
}
# RFC 8030, 5.3: below "high" a browser on a phone may wait until it is unlocked.
_URGENCY = {
    Severity.EXTREME: "high",
    Severity.SEVERE: "high",
    Severity.MODERATE: "high",
    Severity.MINOR: "normal",
}


@dataclass(frozen=True)
class PushTemplate:
    """Everything of a message that phones of one language and platform share."""

    head: bytes  # ends inside the JSON string of data.proof

    def body(self, target: Target, proof: str) -> bytes:
        """The complete request body; `proof` is 64 hex digits. Raises KeyError for an unknown target kind."""
        value = encode_basestring_ascii(target.value)
        return b"".join((self.head, proof.encode(), _TARGETS[target.kind], value.encode(), b"}}"))


def template(
    alert: Alert, language: str, platform: Platform, public_url: str, now: datetime | None = None
) -> PushTemplate:
    """The message for one language ("pl" when the alert has no text in it) and platform.

    `now` (aware; the clock's when None) decides how long FCM keeps trying to deliver it.
    """
    now = now or datetime.now(UTC)
    message = _message(alert, language, platform, public_url, now)
    text = _json({"message": message})
    return PushTemplate(text.removesuffix('"}}}').encode())


def size(alert: Alert, language: str, platform: Platform, public_url: str) -> int:
    """Bytes of the message that count towards PAYLOAD_LIMIT, rounded up; routing and options do not count."""
    message = _message(alert, language, platform, public_url, alert.updated)
    data: Mapping[str, str] = {**message["data"], "proof": "0" * _PROOF_LENGTH}
    if platform is Platform.ANDROID:
        return _ANDROID_FIXED + sum(_length(k) + _length(v) + _ANDROID_PER_FIELD for k, v in data.items())
    if platform is Platform.IOS:
        return _APNS_ADDED + _length(_json({**message["apns"]["payload"], **data}))
    return _WEB_ADDED + _length(_json({"data": data}))


def excess_bytes(content: Content, public_url: str) -> Mapping[str, int]:
    """By language, how far the text exceeds the payload limit on the worst platform; 0 when it fits."""
    alert = _longest(content)
    return {
        language: max(
            0, max(size(alert, language, platform, public_url) for platform in Platform) - PAYLOAD_LIMIT
        )
        for language in content.texts
    }


def characters_over(text: Text, excess: int) -> int:
    """How many characters must go from the end of the body to save `excess` bytes; for the author's hint."""
    saved = 0
    for count, character in enumerate(reversed(text.body), start=1):
        saved += _length(_json(character)) - 2
        if saved >= excess:
            return count if excess else 0
    return len(text.body)


def _message(
    alert: Alert, language: str, platform: Platform, public_url: str, now: datetime
) -> dict[str, Any]:
    language = language if language in alert.content.texts else FALLBACK_LANGUAGE
    text = alert.content.texts[language]
    data = _data(alert, language, public_url, now)
    left = min(max(alert.content.expires - now, timedelta(0)), LONGEST_TTL)
    if platform is Platform.IOS:
        return {"apns": _apns(alert, text, now + left), "data": data}
    # Data-only: the app or the service worker shows it, so that nothing is shown twice.
    data = {"title": text.title, "body": text.body, **data}
    if platform is Platform.ANDROID:
        return {"android": {"priority": "HIGH", "ttl": f"{_seconds(left)}s"}, "data": data}
    headers = {"TTL": str(_seconds(left)), "Urgency": _URGENCY[alert.content.severity]}
    return {"webpush": {"headers": headers}, "data": data}


def _data(alert: Alert, language: str, public_url: str, now: datetime) -> dict[str, str]:
    """`proof` stays last and empty: PushTemplate.body continues there."""
    return {
        "alert": alert.id,
        "thread": alert.id,
        "version": str(alert.version),
        "category": alert.content.category,
        "severity": alert.content.severity,
        "url": f"{public_url}/a/{alert.id}",
        "sent": _time(alert.started or now),
        "expires": _time(alert.content.expires),
        "language": language,
        "terc": alert.terc,
        "proof": "",
    }


def _apns(alert: Alert, text: Text, until: datetime) -> dict[str, Any]:
    """FCM adds `data` to the payload, so title and body stand in aps.alert alone."""
    return {
        "headers": {
            "apns-priority": "10",
            "apns-push-type": "alert",
            "apns-expiration": str(int(until.timestamp())),
            "apns-collapse-id": f"{alert.id}.{alert.version}",  # a repeated push replaces its notification
        },
        "payload": {
            "aps": {
                "alert": {"title": text.title, "body": text.body},
                "sound": "default",
                "mutable-content": 1,
                "interruption-level": _INTERRUPTION[alert.content.severity],
                "thread-id": alert.id,
            }
        },
    }


def _longest(content: Content) -> Alert:
    """An alert of this content with the longest id, version and code it can get."""
    moment = content.expires
    return Alert("0" * 20, "0" * 7, content, Person("", ""), moment, moment, version=9999)


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _length(text: str) -> int:
    return len(text.encode())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
