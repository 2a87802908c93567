"""Gathers what a run left behind: FCM's record, the ledger, the summary, the audience of its moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import requests

from infra.local.stack import Stack
from shared import wiring
from tests.chaos.surroundings import WAVE
from tests.chaos.town import audience_at, meant, plainly_inside
from tests.chaos.verdict import Entry, Traces

DELIVERY = "push.1"
ENTRIES = 10_000  # of a slice's log: position = slice x 10,000 + number; docs/data.md


def gather(stack: Stack, alert_id: str, gone: Iterable[str]) -> Traces:
    """Past the proxy: what is stored, not what the functions may see of it. `gone`: uids of who left."""
    document = wiring.firestore().document("alerts", alert_id)
    alert = document.get().to_dict() or {}
    sent = document.collection("deliveries").document(DELIVERY)
    delivery = sent.get().to_dict() or {}
    read_time = delivery.get("read_time")
    entries = audience_at(read_time) if read_time else []
    return Traces(
        state=str(delivery.get("state") or alert.get("state")),
        expected=meant(entries, alert["area"]),
        plainly=plainly_inside(entries, alert["area"]),
        messages=recorded(stack, alert_id),
        log=[_entry(wave) for wave in sent.collection("waves").stream()],
        phones={
            f"{entry.key}/{device.id}": device.target.value for entry in entries for device in entry.devices
        },
        gone=frozenset(gone),
        summary=document.collection("summary").document("current").get().to_dict(),
        wave=WAVE,
    )


def recorded(stack: Stack, alert_id: str) -> list[dict[str, Any]]:
    url = f"{stack.address('fcm_control')}/messages"
    answer = requests.get(url, params={"alert": alert_id}, timeout=60)
    answer.raise_for_status()
    found: list[dict[str, Any]] = answer.json()["messages"]
    return found


def _entry(snapshot: Any) -> Entry:
    wave = snapshot.to_dict()
    return Entry(
        slice=wave["position"] // ENTRIES,
        number=wave["position"] % ENTRIES,
        worker=wave["mark"].partition(".")[0],
        attempt=wave["progress"]["attempt"],
        outcomes={outcome: keys.split("\n") for outcome, keys in wave["outcomes"].items()},
    )
