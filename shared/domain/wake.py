"""When an alert next asks the system, not a person, to do something."""

from __future__ import annotations

from datetime import datetime

from shared.domain.alert import Alert, State


def wake(alert: Alert) -> datetime | None:
    """The moment from which something has to happen by itself; None while only people can go on.

    Stored with the alert, so that one query finds whatever did not happen: a start, the end of a delivery,
    the second round with sound, the expiry.
    """
    match alert.state:
        case State.SCHEDULED:
            return min(alert.due() or alert.content.expires, alert.content.expires)
        case State.SENDING:
            return alert.started
        case State.ACTIVE:
            return min(sound_due(alert) or alert.content.expires, alert.content.expires)
        case _:
            return None


def sound_due(alert: Alert) -> datetime | None:
    """When the second round, with sound, is to begin; None if there is none, or it began."""
    return alert.content.sound_at if alert.rung is None else None
