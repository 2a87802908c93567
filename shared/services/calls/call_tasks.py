"""The tasks of calls: to see what an alert's change has to be told, and to go on with a call."""

from __future__ import annotations

from datetime import datetime

from shared.domain.alert import Alert, State
from shared.domain.call import Call
from shared.ports import Task, TaskQueue, Way
from shared.services.schedule.alert_tasks import hop, name_of

CALL: Way = ("call", "call_staff")


def ask_tell(tasks: TaskQueue, alert: Alert) -> None:
    """Of a change of an alert; what is only composed tells nobody. Raises Unavailable."""
    if alert.state is State.DRAFT:
        return
    step = (alert.id, alert.state.value, alert.revision, alert.updated.isoformat())
    tasks.enqueue(Task(*CALL, name_of("tell", *step), {"alert": alert.id}))


def ask_call(tasks: TaskQueue, call: Call, now: datetime, *again: str) -> None:
    """At the moment at which the call goes on, or on the way there; a step has one task of one name.

    `again`: names another one, where that was lost.
    """
    if call.wake is None:
        return
    at = hop(call.wake, now)
    name = name_of("call", call.id, call.wake.isoformat(), at.isoformat(), *again)
    payload = {"call": call.id, "at": at.isoformat()}
    tasks.enqueue(Task(*CALL, name, payload, at))
