"""Drills that begin by themselves, and the word to admins of an office in which too few are ready."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shared.domain.audit import Act
from shared.domain.call import Call, CallKind
from shared.domain.drill_plan import due_drill, too_few
from shared.domain.lifecycle import Role
from shared.domain.readiness import ENOUGH, readiness
from shared.domain.working_days import is_office_time
from shared.errors import Conflict
from shared.services.calls.call_ports import CallPorts
from shared.services.calls.call_tasks import ask_call
from shared.services.calls.called_people import MOST_CALLED, called_roles, drilled

MOST_OPEN = 50


def plan_drills(ports: CallPorts, terc: str) -> int:
    """How many calls began. Safe to repeat and to die in: each has a name, and `sweep` finds those without a
    task.

    Costs a read for each person of the office and each drill of 100 days. Raises Unavailable.
    """
    now = ports.clock.now()
    if not is_office_time(now):
        return 0
    people, drills = drilled(ports, terc), ports.calls.drills(terc)
    due = [
        call
        for one in people
        if (call := due_drill(terc, one.uid, [each for each in drills if one.uid in each.named], now))
    ]
    ready = readiness([(one.uid, one.name, called_roles(one, terc)) for one in people], drills, now)
    told = [] if sum(one.ready for one in ready) >= ENOUGH else _to_admins(ports, terc, now)
    calm = not due or not _is_urgent(ports, terc)
    return sum(_begin(ports, call, now) for call in (*(due if calm else ()), *told))


def _is_urgent(ports: CallPorts, terc: str) -> bool:
    """Whoever is called in earnest is not called to a drill."""
    quiet = (CallKind.DRILL, CallKind.NEWS)
    return any(one.value.urgent and one.value.kind not in quiet for one in ports.calls.open(terc, MOST_OPEN))


def _to_admins(ports: CallPorts, terc: str, now: datetime) -> Sequence[Call]:
    staff = (one for one in ports.staff.all(terc) if one.terc == terc and one.employed(now))
    admins = [one.uid for one in staff if Role.ADMIN.value in one.roles][:MOST_CALLED]
    return [too_few(terc, admins, now)] if admins else []


def _begin(ports: CallPorts, call: Call, now: datetime) -> int:
    about = f"staff/{call.named[0]}" if call.kind is CallKind.DRILL else ""
    acts = [Act(call.terc, "call.drill", None, about)] if about else []
    try:
        ports.calls.create(call, acts)
    except Conflict:
        return 0
    ask_call(ports.tasks, call, now)
    return 1
