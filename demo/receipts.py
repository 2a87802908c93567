"""What residents do with an alert: their apps confirm it, and some open it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from demo.apps import App, Apps, Backend, each

RECEIVED, OPENED = 0.93, 0.58  # shares of phones: some are switched off, some people do not look


@dataclass(frozen=True)
class _Receipt:
    app: App
    device: int
    kind: str
    proof: str


async def confirm(
    backend: Backend, apps: Sequence[App], alert: str, messages: Sequence[dict[str, Any]]
) -> str:
    """Receipts for the pushes that reached a played app; says how many of each kind were written."""
    receipts = list(_receipts(apps, messages))
    async with Apps.connected(backend) as park:
        await each(receipts, lambda r: park.confirm(r.app, alert, r.device, r.kind, r.proof))
    counts = Counter(receipt.kind for receipt in receipts)
    return f"{counts['received']} received, {counts['opened']} opened"


def _receipts(apps: Sequence[App], messages: Sequence[dict[str, Any]]) -> list[_Receipt]:
    rng = random.Random(1)
    owners = {
        device.value: (app, slot) for app in apps for slot, device in enumerate(app.resident.devices, 1)
    }
    found: list[_Receipt] = []
    for message in messages:
        luck = rng.random()
        if message["target"] not in owners or luck > RECEIVED:
            continue
        app, slot = owners[message["target"]]
        proof = message["message"]["data"]["proof"]
        found.append(_Receipt(app, slot, "received", proof))
        if luck < OPENED:
            found.append(_Receipt(app, slot, "opened", proof))
    return found
