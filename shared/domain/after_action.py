"""A thread that is over, and the report of it that never changes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.alert import Alert, State

# Figures are gathered for a day after an alert's last change (services.sweep.gather_figures).
SETTLED = timedelta(hours=24)
OVER = frozenset({State.CANCELLED, State.SUPERSEDED, State.ENDED, State.EXPIRED})
_NEVER_SENT = frozenset({State.DRAFT, State.RETURNED, State.REJECTED})  # what nobody sent holds nothing up


@dataclass(frozen=True)
class Frozen:
    """`after_action/{thread}`, of a thread that went on afterwards `{thread}.2`: the report as the JSON that
    its hash is of; `until`: the thread's last change that it knows."""

    id: str
    terc: str
    thread: str
    at: datetime
    until: datetime
    sha256: str
    text: str


@dataclass(frozen=True)
class WaveCount:
    """The counts of a slice as of the commit of one of its waves."""

    slice: int
    at: datetime
    accepted: int


def edition(thread: str, known: Sequence[Frozen]) -> str:
    return f"{thread}.{len(known) + 1}" if known else thread


def last_change(messages: Sequence[Alert]) -> datetime | None:
    """When the thread's last message ended, or was confirmed later; None while it goes on, or was never sent.

    A draft that nobody sends keeps no thread open.
    """
    begun = [one for one in messages if one.started is not None]
    if not begun or any(one.state not in OVER for one in messages if one.state not in _NEVER_SENT):
        return None
    moments = [moment for one in begun for moment in (one.finished, one.started, one.confirmed) if moment]
    return max(moments)


def is_due(messages: Sequence[Alert], known: Sequence[Frozen], now: datetime) -> bool:
    """Whether the thread is over for so long that its figures have settled, and no report says so yet."""
    ended = last_change(messages)
    if ended is None or ended + SETTLED > now:
        return False
    return all(one.until < ended for one in known)
