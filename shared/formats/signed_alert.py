"""The text of an alert that is signed, and whether a published alert is what its municipality signed.

The text is JSON (UTF-8, keys sorted, no spaces, nothing escaped that need not be), so that whoever verifies
takes its bytes as they stand and parses nothing before the signature has proved right. It says its form: a
reader takes any text of its major number, the keys it knows, words it does not know included, and leaves the
others alone, so that a key added later still verifies in an app of before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from shared.domain.alert import State
from shared.domain.content import Told, Type, specs
from shared.domain.content_projection import plain, read
from shared.domain.public_alert import Kind, PublicAlert
from shared.domain.signature import PublicKey
from shared.formats.key_json import base64url_bytes

_TIME = "%Y-%m-%dT%H:%M:%SZ"
FORM = "1.2"  # major.minor; a text without it is of 1.0
_SAME = ("terc", "thread", "version", "revision")  # as in PublicAlert
_TIMES = tuple(name for name, spec in specs(Told).items() if spec.type is Type.TIME)


@dataclass(frozen=True)
class SignedAlert:
    """What a signed text says."""

    alert: PublicAlert
    key: str  # id of the key
    signed_at: datetime


class Fault(StrEnum):
    """Why a published alert is not to be believed; the same words in web-residents/js/verify."""

    UNSIGNED = "unsigned"  # one of signed, signature, key is missing
    UNKNOWN_KEY = "unknown-key"  # the municipality never had such a key
    BAD_SIGNATURE = "bad-signature"  # the text is not the one that was signed
    UNREADABLE = "unreadable"  # rightly signed, and yet no alert of this form
    OTHER_ALERT = "other-alert"  # signed as the text of another document
    OTHER_MUNICIPALITY = "other-municipality"
    KEY_NOT_VALID = "key-not-valid"  # signed before or after the time of that key


@dataclass(frozen=True)
class Verdict:
    """`signed` is there exactly when nothing is wrong: only what stands in it may be shown."""

    fault: Fault | None
    signed: SignedAlert | None = None


def signed_text(alert: PublicAlert, key: str, at: datetime) -> str:
    """What is signed at that moment with the key of this id; times lose what is below a second."""
    fields = {**said(alert), "form": FORM, "key": key, "signed_at": _text(at)}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def said(alert: PublicAlert) -> dict[str, Any]:
    """All that an alert says, as JSON; who says it, only a signature proves."""
    return {
        **_told(alert),
        **{name: getattr(alert, name) for name in _SAME},
        "alert": alert.id,
        "kind": alert.kind.value,
        "state": alert.state.value,
        "sent": _text(alert.sent),
        "cancelled": None if alert.cancelled is None else _text(alert.cancelled),
    }


def _told(alert: PublicAlert) -> dict[str, Any]:
    """What residents are told; what an alert lacks is left out."""
    values = plain(alert, Told)
    values["meant_for"], values["narrowed"] = alert.meant_for, alert.narrowed
    times = (*_TIMES, "meant_for")
    values |= {name: _text(values[name]) for name in times if values[name] is not None}
    return {name: value for name, value in values.items() if value is not None}


def read_signed(text: str) -> SignedAlert:
    """Raises ValueError when it is no text of `signed_text`."""
    try:
        return _signed_alert(json.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a signed alert") from error


def _signed_alert(fields: Mapping[str, Any]) -> SignedAlert:
    if str(fields.get("form", FORM)).partition(".")[0] != FORM.partition(".")[0]:
        raise ValueError("of another form")
    times = {name: _time(fields[name]) for name in _TIMES if fields.get(name) is not None}
    alert = PublicAlert(
        **read({**fields, **times}, Told),
        **{name: fields[name] for name in _SAME},
        id=fields["alert"],
        kind=Kind(fields["kind"]),
        state=State(fields["state"]),
        sent=_time(fields["sent"]),
        cancelled=None if fields["cancelled"] is None else _time(fields["cancelled"]),
        meant_for=None if fields.get("meant_for") is None else _time(fields["meant_for"]),
        narrowed=fields.get("narrowed"),
    )
    return SignedAlert(alert, fields["key"], _time(fields["signed_at"]))


def verify(published: Mapping[str, Any], alert_id: str, terc: str, keys: Sequence[PublicKey]) -> Verdict:
    """Whether the municipality `terc`, whose keys these are, signed this as the alert of this id.

    Of `published` only `signed`, `signature` and `key` are looked at: what stands beside them is not signed.
    """
    text, signature, named = (published.get(name) for name in ("signed", "signature", "key"))
    if not (isinstance(text, str) and isinstance(signature, str) and isinstance(named, str)):
        return Verdict(Fault.UNSIGNED)
    key = next((key for key in keys if key.id == named), None)
    if key is None:
        return Verdict(Fault.UNKNOWN_KEY)
    if not _is_signature(signature, text, key):
        return Verdict(Fault.BAD_SIGNATURE)
    try:
        signed = read_signed(text)
    except ValueError:
        return Verdict(Fault.UNREADABLE)
    fault = _fault(signed, alert_id, terc, key)
    return Verdict(fault, None if fault else signed)


def _fault(signed: SignedAlert, alert_id: str, terc: str, key: PublicKey) -> Fault | None:
    if signed.alert.id != alert_id:
        return Fault.OTHER_ALERT
    if signed.alert.terc != terc:
        return Fault.OTHER_MUNICIPALITY
    if signed.key != key.id or not key.covers(signed.signed_at):
        return Fault.KEY_NOT_VALID
    return None


def _is_signature(signature: str, text: str, key: PublicKey) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public = Ed25519PublicKey.from_public_bytes(base64url_bytes(key.key))
        public.verify(base64url_bytes(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_TIME)


def _time(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
