"""The tasks that an alert itself calls for, and when a task is to run.

A name is made of all that may legitimately change between two tasks, so that the queue's refusal of a
known name always means: this very step was asked for already. What is urgent has queues and functions of its
own: it never waits behind what is not.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from math import floor

from shared.domain.alert import Alert
from shared.domain.preferences import is_urgent
from shared.domain.start import START
from shared.errors import NotYetDue
from shared.ports import Task, Way

HOP = timedelta(days=29)  # Cloud Tasks docs, quotas: a task lies at most 30 days ahead
NEARLY = timedelta(minutes=10)  # an early task within it waits for its moment by coming back
BACKUP_AFTER = timedelta(seconds=5)  # an alert for now is started directly; the task is for when that failed

EXPIRE: Way = ("expire", "expire_alert")


def start_task(alert: Alert, now: datetime) -> Task:
    """At the moment to send, or on the way there; after it when a direct call should come first."""
    due = alert.due()
    if due is None:
        raise ValueError("an alert that was never approved is never due")
    send_at, approved = alert.content.send_at, alert.approved
    direct = send_at is None or (approved is not None and send_at <= approved)
    moment = hop(due, now) + (BACKUP_AFTER if direct else timedelta())
    return _alert_task(alert, START[is_urgent(alert.content)], moment, str(alert.attempt))


def expire_task(alert: Alert, now: datetime) -> Task:
    return _alert_task(alert, EXPIRE, hop(alert.content.expires, now))


def is_early(moment: datetime, now: datetime) -> bool:
    """Whether a task that runs now must be followed by another one nearer to its moment.

    Raises NotYetDue when the moment is so near that this task had better come back by itself: clocks
    differ, by milliseconds or by minutes, and a new task would have the name of this one.
    """
    if now >= moment:
        return False
    if moment - now <= NEARLY:
        raise NotYetDue
    return True


def _alert_task(alert: Alert, way: Way, at: datetime, *step: str) -> Task:
    queue, function = way
    return Task(
        queue=queue,
        function=function,
        name=name_of(alert.id, alert.version, alert.generation, queue, at.isoformat(), *step),
        payload={"alert": alert.id, "generation": alert.generation},
        at=at,
    )


def hop(moment: datetime, now: datetime) -> datetime:
    """The moment itself when it is within reach, else a whole number of hops before it.

    Counted back from the moment, so that every caller arrives at the same hops, whatever its clock.
    """
    hops = max(0, floor((moment - now - NEARLY) / HOP))
    return moment - hops * HOP


def name_of(*step: str | int) -> str:
    return hashlib.sha256("\n".join(map(str, step)).encode()).hexdigest()[:40]
