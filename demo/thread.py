"""What an office says later of an alert it sent: a document that follows it in its thread, signed as it is.

Staff cannot write followers yet; their readers can already read them.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared import wiring
from shared.adapters.published import public_document
from shared.domain.alert import State, Text
from shared.domain.public_alert import Kind, PublicAlert
from shared.domain.signature import Signature
from shared.formats.key_json import base64url
from shared.formats.signed_alert import read_signed, signed_text
from shared.ports import SigningKey

BACK_AT_SCHOOL = {
    "pl": Text("Brak wody: beczkowóz już stoi", "Beczkowóz stoi przed szkołą. Naprawa trwa."),
    "en": Text("No water: the tanker is here", "The water tanker stands by the school. Repair goes on."),
    "uk": Text("Немає води: водовоз уже тут", "Водовоз стоїть біля школи. Ремонт триває."),
}


def update_thread(alert_id: str, terc: str) -> str:
    """Publishes an update of a signed alert; the id of its document. Raises LookupError without signature."""
    document = wiring.firestore().document("published", alert_id).get().to_dict() or {}
    key = wiring.alert_signer().key(terc)
    if key is None or not document.get("signed"):
        raise LookupError(f"{alert_id} is not signed")
    now = wiring.clock().now()
    alert = follower(read_signed(document["signed"]).alert, Kind.UPDATE, BACK_AT_SCHOOL, now)
    copy = wiring.firestore().document("published", alert.id)
    copy.create(public_document(alert, signature(alert, key, now)))
    return alert.id


def follower(
    first: PublicAlert, kind: Kind, texts: Mapping[str, Text], now: datetime, **changes: Any
) -> PublicAlert:
    """For everybody who got the first: area, category and end stay unless changed."""
    fresh = {
        "id": f"f{uuid.uuid4().hex[:19]}",
        "version": first.version + 1,
        "revision": 1,
        "sent": now.replace(microsecond=0),
        "state": State.ACTIVE,
        "cancelled": None,
    }
    return replace(first, kind=kind, texts=texts, **{**fresh, **changes})


def signature(alert: PublicAlert, key: SigningKey, now: datetime) -> Signature:
    text = signed_text(alert, key.id, now)
    return Signature(text, base64url(key.sign(text.encode())), key.id)
