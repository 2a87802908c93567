"""Send a resident the notification that they asked for, on the way that an alert goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from shared.ports import AudienceStore, Channel

FRESH = timedelta(minutes=5)  # nobody waits for one that was asked for longer ago


def send_trial(
    uid: str,
    device: str,
    asked: datetime,
    now: datetime,
    audience: AudienceStore,
    channels: Iterable[Channel],
) -> bool:
    """Whether one was handed over to a device that stands in the index.

    The device is taken from the index, not from its document: that is what an alert would go by. An event
    that comes twice sends twice; both have one tag. Raises Unavailable.
    """
    if now - asked > FRESH:
        return False
    state = audience.state(uid)
    keys = [f"{uid}.{place}" for place in state.value.places] if state else []
    entry = next(iter(audience.entries(keys[:1], None)), None)
    return entry is not None and any(channel.try_out(entry, device) for channel in channels)
