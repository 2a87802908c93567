"""What Amazon SNS posts to an address, and what Amazon SES tells in it.

SNS Developer Guide, "HTTP/HTTPS notification JSON format" and "Verifying the signatures of Amazon SNS
messages"; SES Developer Guide, "Amazon SNS notification contents".
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import datetime

from shared.domain.mail_notice import Notice, NoticeKind
from shared.errors import FieldError, InvalidInput

MOST_RECIPIENTS = 50  # SES quotas: of one mail
_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")  # as they are signed
_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_BESIDE = ("SignatureVersion", "Signature", "SigningCertURL")
_OPTIONAL = "Subject"
_FINAL = "Permanent"  # a bounce that will come again


def read_notice(body: object) -> Notice:
    """Raises InvalidInput."""
    if not isinstance(body, Mapping) or body.get("Type") not in list(NoticeKind):
        raise InvalidInput([FieldError("/Type", "unknown-value", {"known": ", ".join(NoticeKind)})])
    kind = NoticeKind(body["Type"])
    names = _NOTIFICATION if kind is NoticeKind.NOTIFICATION else _CONFIRMATION
    wanted = [name for name in (*names, *_BESIDE) if name != _OPTIONAL or name in body]
    if missing := [name for name in wanted if not isinstance(body.get(name), str)]:
        raise InvalidInput([FieldError(f"/{name}", "missing") for name in missing])
    said: Mapping[str, str] = {name: body[name] for name in wanted}
    return Notice(
        kind=kind,
        topic=said["TopicArn"],
        message=said["Message"],
        at=_moment(said["Timestamp"]),
        signed="".join(f"{name}\n{said[name]}\n" for name in names if name in said).encode(),
        signature=_signature(said["Signature"]),
        version=said["SignatureVersion"],
        certificate=said["SigningCertURL"],
        subscribe=said.get("SubscribeURL", ""),
    )


def refused_addresses(message: str) -> Sequence[str]:
    """Of a bounce that is final, or a complaint; of all else, and of what is no notice of SES, nobody."""
    try:
        told = json.loads(message)
    except ValueError:
        return ()
    if not isinstance(told, Mapping):
        return ()
    kind = told.get("notificationType") or told.get("eventType")
    if kind == "Bounce":
        bounce = _mapping(told.get("bounce"))
        return _addresses(bounce.get("bouncedRecipients")) if bounce.get("bounceType") == _FINAL else ()
    return (
        _addresses(_mapping(told.get("complaint")).get("complainedRecipients")) if kind == "Complaint" else ()
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _addresses(recipients: object) -> Sequence[str]:
    found = recipients if isinstance(recipients, list) else []
    named = (one.get("emailAddress") for one in found[:MOST_RECIPIENTS] if isinstance(one, Mapping))
    return tuple(name.strip().lower() for name in named if isinstance(name, str))


def _moment(text: str) -> datetime:
    wrong = InvalidInput([FieldError("/Timestamp", "not-a-time")])
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise wrong from error
    if moment.tzinfo is None:
        raise wrong
    return moment


def _signature(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error as error:
        raise InvalidInput([FieldError("/Signature", "missing")]) from error
