"""A message of a thread starts: what it replaces gives way to it."""

from __future__ import annotations

from datetime import datetime

from shared.domain.alert import FOLLOWED, Alert, State, renumbered
from shared.domain.lifecycle import BECOMES
from shared.ports import Replacement, Versioned
from shared.services.alerts.change_state import changed

OVERTAKEN = "overtaken"  # in the history, why it is held
_BY_ANOTHER = frozenset({State.SUPERSEDED, State.ENDED})


def why_overtaken(replaced: Versioned[Alert] | None) -> str | None:
    """Another message of the thread was there before: a person says what is to become of this one."""
    return OVERTAKEN if replaced is not None and replaced.value.state in _BY_ANOTHER else None


def above(alert: Alert, replaced: Versioned[Alert] | None) -> Alert:
    """With a version above that of what it replaces, which may have grown since this one was begun: readers
    take the highest of a thread."""
    if replaced is None or alert.version > replaced.value.version:
        return alert
    return renumbered(alert, replaced.value.version + 1)


def replacement(replaced: Versioned[Alert] | None, by: Alert, now: datetime) -> Replacement | None:
    """None for what begins its thread, and where the one before was called off meanwhile."""
    if replaced is None or replaced.value.state not in FOLLOWED:
        return None
    alert = replaced.value
    action = BECOMES[by.ends_what or State.SUPERSEDED]
    finished = now if alert.state is State.ACTIVE else alert.finished
    after, entry = changed(alert, action, now, {"by": by.id}, finished=finished)
    return Replacement(replaced, after, entry)
