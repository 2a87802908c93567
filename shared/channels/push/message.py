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

from shared.channels.push.outcome import Sound
from shared.channels.push.text import carried, fitted, titled
from shared.domain.alert import Alert, Content, Kind, Severity, Text
from shared.domain.audience import Platform, Target
from shared.domain.content import Told, specs
from shared.domain.content_projection import plain
from shared.domain.lateness import meant_for

LONGEST_TTL = timedelta(days=28)  # FCM docs, AndroidConfig.ttl
PAYLOAD_LIMIT = 4096  # bytes; FCM docs, ErrorCode, "Message too big": keys and values of the payload
TOPIC_PAYLOAD_LIMIT = 2048  # the same, "in the case of messages to topics"
FALLBACK_LANGUAGE = "pl"

# What title and body may take of the limit, in bytes as in JSON, on every platform: so all phones carry the
# same text. The rest is enough for the other fields at their longest and a public address of 80 bytes.
TEXT_BYTES = 3196
_PUBLIC_URL_BYTES = 80
VALIDATION_TOPIC = "validation"  # nobody subscribes to it, and nothing is sent to it

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
_SILENT_INTERRUPTION = (
    "passive"  # into the list of notifications, without sound and without lighting the screen
)
# RFC 8030, 5.3: below "high" a browser on a phone may wait until it is unlocked.
_URGENCY = {
    Severity.EXTREME: "high",
    Severity.SEVERE: "high",
    Severity.MODERATE: "high",
    Severity.MINOR: "normal",
}
_SILENT_URGENCY = "normal"  # who is not to be woken need not be told before looking at the phone


@dataclass(frozen=True)
class PushTemplate:
    """Everything of a message that phones of one language and platform share."""

    head: bytes  # ends inside the JSON string of data.proof

    def body(self, target: Target, proof: str) -> bytes:
        """The complete request body; `proof` is 64 hex digits. Raises KeyError for an unknown target kind."""
        value = encode_basestring_ascii(target.value)
        return b"".join((self.head, proof.encode(), _TARGETS[target.kind], value.encode(), b"}}"))


def template(
    alert: Alert,
    language: str,
    platform: Platform,
    public_url: str,
    now: datetime | None = None,
    sound: Sound = Sound.ON,
    narrowed: str = "",
) -> PushTemplate:
    """The message for one language ("pl" when the alert has no text in it), platform and sound.

    `now` (aware; the clock's when None) decides how long FCM keeps trying to deliver it. `narrowed`: why it
    no longer concerns the place of whom it goes to (Alert.area_change).
    """
    now = now or datetime.now(UTC)
    message = _message(alert, language, platform, public_url, now, sound, text_room(public_url))
    if narrowed:
        message["data"] = {"narrowed": narrowed, **message["data"]}
    text = _json({"message": message})
    return PushTemplate(text.removesuffix('"}}}').encode())


def validation(
    alert: Alert, language: str, platform: Platform, public_url: str, now: datetime | None = None
) -> bytes:
    """A complete request by which FCM checks the message of a language and platform without a phone.

    It is addressed to a topic and validated only (FCM docs, "Method: projects.messages.send"). A topic allows
    half the payload, so the text is shorter than what phones get: its size is for `size` to guarantee.
    """
    now = now or datetime.now(UTC)
    room = text_room(public_url) - (PAYLOAD_LIMIT - TOPIC_PAYLOAD_LIMIT)
    message = _message(alert, language, platform, public_url, now, Sound.ON, room)
    message["data"] = _proven(message["data"])
    return _json({"validate_only": True, "message": {**message, "topic": VALIDATION_TOPIC}}).encode()


def size(alert: Alert, language: str, platform: Platform, public_url: str, sound: Sound = Sound.AGAIN) -> int:
    """Bytes of the message that count towards PAYLOAD_LIMIT, rounded up; routing and options do not count."""
    message = _message(alert, language, platform, public_url, alert.updated, sound, text_room(public_url))
    data = _proven(message["data"])
    if platform is Platform.ANDROID:
        return _ANDROID_FIXED + sum(_length(k) + _length(v) + _ANDROID_PER_FIELD for k, v in data.items())
    if platform is Platform.IOS:
        return _APNS_ADDED + _length(_json({**message["apns"]["payload"], **data}))
    return _WEB_ADDED + _length(_json({"data": data}))


def text_room(public_url: str) -> int:
    """TEXT_BYTES, less what the public address takes beyond its share."""
    return TEXT_BYTES - max(0, _length(public_url) - _PUBLIC_URL_BYTES)


def push_cut(content: Content, public_url: str) -> Mapping[str, int | None]:
    """By language, how many characters of the body the push carries; None: all of it."""
    room = text_room(public_url)
    return {
        language: carried(titled(text, language, content.exercise), room)
        for language, text in content.texts.items()
    }


def _proven(data: Mapping[str, str]) -> dict[str, str]:
    return {**data, "proof": "0" * _PROOF_LENGTH}


def _message(
    alert: Alert,
    language: str,
    platform: Platform,
    public_url: str,
    now: datetime,
    sound: Sound,
    room: int,
) -> dict[str, Any]:
    content = alert.content
    language = language if language in content.texts else FALLBACK_LANGUAGE
    named = titled(content.texts[language], language, content.exercise, meant_for(alert) is not None)
    text = fitted(named, room)
    data = _data(alert, language, public_url, now, sound)
    left = min(max(content.expires - now, timedelta(0)), LONGEST_TTL)
    if platform is Platform.IOS:
        return {"apns": _apns(alert, text, now + left, sound), "data": data}
    # Data-only: the app or the service worker shows it, so that nothing is shown twice.
    data = {"title": text.title, "body": text.body, **data}
    if platform is Platform.ANDROID:
        return {"android": {"priority": "HIGH", "ttl": f"{_seconds(left)}s"}, "data": data}
    urgency = _SILENT_URGENCY if sound is Sound.OFF else _URGENCY.get(content.severity, "high")
    headers = {"TTL": str(_seconds(left)), "Urgency": urgency}
    return {"webpush": {"headers": headers}, "data": data}


def _data(alert: Alert, language: str, public_url: str, now: datetime, sound: Sound) -> dict[str, str]:
    """`proof` stays last and empty: PushTemplate.body continues there."""
    return {
        "alert": alert.id,
        "thread": alert.thread_id,
        "version": str(alert.version),
        **({} if alert.kind is Kind.ALERT else {"kind": alert.kind.value}),
        **_told(alert.content),
        "url": f"{public_url}/a/{alert.id}",
        "sent": _time(alert.started or now),
        "language": language,
        "terc": alert.terc,
        "sound": sound.value,
        "proof": "",
    }


def _told(content: Content) -> dict[str, str]:
    """The declared fields that stand in the push itself; what an alert lacks, or is not, is left out."""
    values = plain(content, Told)
    names = [*(name for name, spec in specs(Told).items() if spec.push), "group"]
    return {name: _value(values[name]) for name in names if values[name]}


def _value(value: str | bool | datetime) -> str:
    if isinstance(value, datetime):
        return _time(value)
    return "1" if value is True else str(value)


def _apns(alert: Alert, text: Text, until: datetime, sound: Sound) -> dict[str, Any]:
    """FCM adds `data` to the payload, so title and body stand in aps.alert alone.

    Priority 10 also when silent: Apple asks of it that something is shown, and 5 may wait for a charger.
    """
    silent = sound is Sound.OFF
    level = _SILENT_INTERRUPTION if silent else _INTERRUPTION.get(alert.content.severity, "time-sensitive")
    return {
        "headers": {
            "apns-priority": "10",
            "apns-push-type": "alert",
            "apns-expiration": str(int(until.timestamp())),
            # The thread: a repeat, the push with sound and a newer version replace what is shown of it.
            "apns-collapse-id": alert.thread_id,
        },
        "payload": {
            "aps": {
                "alert": {"title": text.title, "body": text.body},
                **({} if silent else {"sound": "default"}),
                "mutable-content": 1,
                "interruption-level": level,
                "thread-id": alert.thread_id,
            }
        },
    }


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _length(text: str) -> int:
    return len(text.encode())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
