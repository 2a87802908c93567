"""The tasks of a delivery and their names.

A name is made of all that may legitimately change between two tasks, so that the queue's refusal of a
known name always means: this very step was asked for already. What is urgent has queues and functions of its
own: it never waits behind what is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import floor

from shared.domain.alert import Alert
from shared.domain.delivery import Slice
from shared.domain.preferences import is_urgent
from shared.errors import Unavailable
from shared.ports import Task

HOP = timedelta(days=29)  # Cloud Tasks docs, quotas: a task lies at most 30 days ahead
NEARLY = timedelta(minutes=1)  # an early task within it waits for its moment by coming back
BACKUP_AFTER = timedelta(seconds=5)  # an alert for now is started directly; the task is for when that failed

Way = tuple[str, str]  # queue, function
START: Mapping[bool, Way] = {False: ("start", "start_alert"), True: ("start-urgent", "start_urgent")}
DELIVER: Mapping[bool, Way] = {
    False: ("deliver", "deliver_slice"),
    True: ("deliver-urgent", "deliver_urgent"),
}
EXPIRE: Way = ("expire", "expire_alert")
WAYS = (*START.values(), *DELIVER.values(), EXPIRE)


def start_task(alert: Alert, now: datetime) -> Task:
    """At the moment to send, or on the way there; after it when a direct call should come first."""
    due = alert.due()
    if due is None:
        raise ValueError("an alert that was never approved is never due")
    direct = alert.content.send_at is None or (alert.approved and alert.content.send_at <= alert.approved)
    moment = _hop(due, now) + (BACKUP_AFTER if direct else timedelta())
    return _alert_task(alert, START[is_urgent(alert.content)], moment, str(alert.attempt))


def start_function(alert: Alert) -> str:
    """The function that starts it, for whoever calls it directly."""
    return START[is_urgent(alert.content)][1]


def ring_task(alert: Alert, now: datetime) -> Task:
    """At the moment for the sound, or on the way there. Raises ValueError when there is no such moment."""
    if alert.content.sound_at is None:
        raise ValueError("an alert without a moment for its sound never rings")
    moment = _hop(alert.content.sound_at, now)
    return _alert_task(alert, START[is_urgent(alert.content)], moment, "ring", str(alert.attempt))


def expire_task(alert: Alert, now: datetime) -> Task:
    return _alert_task(alert, EXPIRE, _hop(alert.content.expires, now))


def slice_task(alert: Alert, part: Slice) -> Task:
    """The task of the slice's present attempt."""
    queue, function = DELIVER[is_urgent(alert.content)]
    return Task(
        queue=queue,
        function=function,
        name=_name(alert, "deliver", str(part.index), str(part.attempt)),
        payload={
            "alert": alert.id,
            "generation": alert.generation,
            "slice": part.index,
            "attempt": part.attempt,
        },
        at=part.resume_at,
    )


def is_early(moment: datetime, now: datetime) -> bool:
    """Whether a task that runs now must be followed by another one nearer to its moment.

    Raises Unavailable when the moment is so near that this task had better come back by itself: clocks
    differ by milliseconds, and a new task would have the name of this one.
    """
    if now >= moment:
        return False
    if moment - now <= NEARLY:
        raise Unavailable("not-yet-due")
    return True


def _alert_task(alert: Alert, way: Way, at: datetime, *step: str) -> Task:
    queue, function = way
    return Task(
        queue=queue,
        function=function,
        name=_name(alert, queue, at.isoformat(), *step),
        payload={"alert": alert.id, "generation": alert.generation},
        at=at,
    )


def _hop(moment: datetime, now: datetime) -> datetime:
    """The moment itself when it is within reach, else a whole number of hops before it.

    Counted back from the moment, so that every caller arrives at the same hops, whatever its clock.
    """
    hops = max(0, floor((moment - now - NEARLY) / HOP))
    return moment - hops * HOP


def _name(alert: Alert, *step: str) -> str:
    text = "\n".join((alert.id, str(alert.version), str(alert.generation), *step))
    return hashlib.sha256(text.encode()).hexdigest()[:40]
