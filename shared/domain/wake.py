"""When an alert next asks the system, not a person, to do something."""

from __future__ import annotations

from datetime import datetime

from shared.domain.alert import Alert, State


def wake(alert: Alert) -> datetime | None:
    """The moment from which something has to happen by itself; None while only people can go on.

    Stored with the alert, so that one query finds whatever did not happen: a start, the expiry. Its
    deliveries wake by themselves (Delivery.wake).
    """
    match alert.state:
        case State.SCHEDULED:
            return min(alert.due() or alert.content.expires, alert.content.expires)
        case State.HELD | State.ACTIVE:
            return alert.content.expires
        case _:
            return None
