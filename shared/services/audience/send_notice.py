"""Send a resident's phone a notice, on the way that an alert goes: by the index, over the channel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from shared.domain.notice import Notice
from shared.ports import AudienceStore, Channel

FRESH = timedelta(minutes=5)  # nobody waits for a trial that was asked for longer ago


def send_notice(
    uid: str, device: str, notice: Notice, audience: AudienceStore, channels: Iterable[Channel]
) -> bool:
    """Whether one was handed over to a device that stands in the index.

    The device is taken from the index, not from its document: that is what an alert would go by. Sent twice,
    both have one tag. Raises Unavailable.
    """
    state = audience.state(uid)
    keys = [f"{uid}.{place}" for place in state.value.places] if state else []
    entry = next(iter(audience.entries(keys[:1], None)), None)
    return entry is not None and any(channel.notify(entry, device, notice) for channel in channels)


def is_fresh(asked: datetime, now: datetime) -> bool:
    """Whether somebody waits for the trial that was asked for then."""
    return now - asked <= FRESH
