"""What an office says later of an alert it sent: an update, the all-clear, and the report of the thread.

Also a public document that follows another one, signed as it is, for those who test its readers.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from shared.domain.alert import State, Text
from shared.domain.public_alert import Kind, PublicAlert
from shared.domain.signature import Signature
from shared.formats.key_json import base64url
from shared.formats.signed_alert import signed_text
from shared.ports import SigningKey
from tests.clients.staff import StaffClient

PATIENCE = 300.0  # seconds
BACK_AT_SCHOOL = {
    "pl": {
        "title": "Brak wody: beczkowóz już stoi",
        "body": "Beczkowóz stoi przed szkołą. Naprawa trwa.",
        "instruction": "Weź wodę sprzed szkoły.",
    },
    "en": {
        "title": "No water: the tanker is here",
        "body": "The water tanker stands by the school. Repair goes on.",
        "instruction": "Fetch water by the school.",
    },
    "uk": {
        "title": "Немає води: водовоз уже тут",
        "body": "Водовоз стоїть біля школи. Ремонт триває.",
        "instruction": "Візьміть воду біля школи.",
    },
}


def update_thread(office: StaffClient, alert_id: str, content: Mapping[str, Any]) -> tuple[str, str]:
    """An update by two persons, then the all-clear in the system's own words by one; their ids.

    Raises Refused.
    """
    _, etag = office.call("anna", "GET", f"/alerts/{alert_id}")
    update, etag = office.call("anna", "POST", f"/alerts/{alert_id}/update", etag=etag)
    path = f"/alerts/{update['id']}"
    texts = {language: BACK_AT_SCHOOL[language] for language in content["texts"]}
    said = {**content, "texts": texts, "send_at": None}
    _, etag = office.call("anna", "PUT", path, said, etag)
    _, etag = office.call("anna", "POST", f"{path}/submit", etag=etag)
    office.call("piotr", "POST", f"{path}/approve", etag=etag)
    _wait(office, update["id"])
    _, etag = office.call("anna", "GET", path)
    clear, etag = office.call("anna", "POST", f"{path}/all-clear", etag=etag)
    office.call("anna", "POST", f"/alerts/{clear['id']}/send", etag=etag)
    _wait(office, clear["id"])
    return update["id"], clear["id"]


def write_report(office: StaffClient, alert_id: str, folder: Path) -> Path:
    """What became of the thread, as the office prints it. Raises Refused."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"report-{alert_id}.pdf"
    file.write_bytes(office.file("anna", f"/reports/{alert_id}/pdf"))
    return file


def _wait(office: StaffClient, alert_id: str) -> None:
    """Until every channel has tried everybody. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if office.alert(alert_id)["state"] == "active" and office.delivered(alert_id):
            return
        time.sleep(0.25)
    raise TimeoutError(f"The message {alert_id} of the thread is not told after {PATIENCE:.0f} s")


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
