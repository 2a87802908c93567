"""What happens to an alert that comes after its time: what no longer holds must not ring by itself.

A queue that stood still, an outage, a restored database: the alert is found to be due long after its moment.
What endangers people goes all the same, and says that it is late. Of what does not, nobody knows whether it
still holds: it waits for a person.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.domain.alert import Alert
from shared.domain.preferences import is_urgent

LATE = timedelta(minutes=15)


def is_late(alert: Alert, now: datetime) -> bool:
    """Whether it is long since somebody last wanted it sent: as scheduled, or by approving it later."""
    wanted = max((moment for moment in (alert.due(), alert.approved) if moment), default=now)
    return now - wanted > LATE


def why_held(alert: Alert, now: datetime, epoch: int) -> str | None:
    """Why nobody is told before a person says so. After a restore nobody knows what was sent."""
    if alert.epoch < epoch:
        return "restored"
    return "late" if is_late(alert, now) and not is_urgent(alert.content) else None


def meant_for(alert: Alert) -> datetime | None:
    """The moment at which it was due, when it was sent so long after that residents are told."""
    due = alert.due()
    return due if alert.started and due and alert.started - due > LATE else None
