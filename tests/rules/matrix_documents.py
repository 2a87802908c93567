"""For each collection of the matrix one document: where it lies, and of which form its owner may write it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.rules.firestore_json import SERVER_TIME
from tests.rules.matrix import COLLECTIONS

OWNER, OTHER, NEW = (
    "wnSTykBfZlZ2sRZB7jYyxVbJ9p93",
    "Qm3zrXk0VdT8yLh5uWc2aBe7GfN1",
    "Zk81mNQp4rSt6UvWx2Yz0AbCdEf3",
)
STAFF, DISMISSED, REMOVED, ELSEWHERE = "a1Ewa", "b2Jan", "d4Iza", "c3Ola"
OURS, THEIRS, ALERT, KEY = "1209033", "1219011", "Hq2Jt8sLwPzR4vXb6NcY", "5f" * 32
PROOF = hashlib.sha256(f"{KEY}:{OWNER}.1".encode()).hexdigest()
LONG_AGO = datetime.now(UTC).replace(microsecond=0) - timedelta(days=30)

DEVICE = {"platform": "web", "target": {"kind": "token", "value": "t"}, "updated": SERVER_TIME}
RECORD = {"roles": ["author"], "name": "Ewa Nowak", "active": True, "valid_since": LONG_AGO}
IDS = {
    "staff/{uid}": f"staff/{STAFF}",
    "published/{id}/receipts/{receipt}": f"published/{ALERT}/receipts/{OWNER}.1.received",
    "alerts/{id}/summary/{name}": f"alerts/{ALERT}/summary/current",
    "alerts/{id}/private/{name}": f"alerts/{ALERT}/private/proof",
}
NAMES = {"{uid}": OWNER, "{id}": ALERT, "{terc}": OURS, "{slot}": "1"}
FORMS: dict[str, dict[str, Any]] = {
    "residents/{uid}": {"language": "pl", "updated": SERVER_TIME},
    "residents/{uid}/places/{slot}": {"label": "Dom", "cell": "8d1e2adb5a1d93f", "updated": SERVER_TIME},
    "residents/{uid}/devices/{slot}": DEVICE,
    "published/{id}": {"terc": OURS, "state": "active", "thread": ALERT},
    "published/{id}/receipts/{receipt}": {
        "kind": "received",
        "platform": "web",
        "proof": PROOF,
        "at": SERVER_TIME,
    },
    "published/{id}/reports/{uid}": {"reason": "not_mine", "device": "1", "proof": PROOF, "at": SERVER_TIME},
    "staff/{uid}": {"terc": OURS, **RECORD},
    "alerts/{id}/summary/{name}": {"terc": OURS, "least": 10},
    "alerts/{id}/private/{name}": {"key": KEY},
}
QUERIED = {
    "residents/{uid}/places/{slot}": ("label", "Dom"),
    "residents/{uid}/devices/{slot}": ("platform", "web"),
}
BESIDE = {
    f"staff/{DISMISSED}": {"terc": OURS, **RECORD, "active": False},
    f"staff/{ELSEWHERE}": {"terc": THEIRS, **RECORD},
    f"residents/{OTHER}": {"language": "pl", "updated": LONG_AGO},
    f"residents/{OTHER}/places/1": {"label": "Dom", "cell": "8d1e2adb5a1d93f", "updated": LONG_AGO},
}


def path_of(collection: str) -> str:
    """Ids that nothing depends on are "x1"."""
    if collection in IDS:
        return IDS[collection]
    parts = collection.split("/")
    return "/".join(NAMES.get(part, "x1") if part.startswith("{") else part for part in parts)


def form_of(collection: str) -> dict[str, Any]:
    return FORMS.get(collection, {"terc": OURS})


def stored(form: dict[str, Any]) -> dict[str, Any]:
    """As it lies there: written long ago."""
    return {name: LONG_AGO if value == SERVER_TIME else value for name, value in form.items()}


def everything() -> dict[str, dict[str, Any]]:
    """Path and document of all that is there before anybody does anything."""
    return BESIDE | {path_of(name): stored(form_of(name)) for name in COLLECTIONS}
