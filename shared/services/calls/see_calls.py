"""What staff see of calls: those that go on, who sees to them, and whether whoever would be called reacts."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.call import Call, CallKind
from shared.domain.ladder import Who
from shared.domain.lifecycle import Role
from shared.domain.matters import is_past
from shared.domain.readiness import Ready, drill, readiness
from shared.errors import Conflict, Forbidden, NotFound, PreconditionFailed
from shared.ports import Staff
from shared.services.alerts.alert_guards import visible
from shared.services.audit.act import act_of
from shared.services.calls.call_ports import CallPorts
from shared.services.calls.call_tasks import ask_call
from shared.services.calls.called_people import called_people, called_roles, drilled

MOST_SHOWN = 50


def open_calls(ports: CallPorts, staff: Staff) -> Sequence[Call]:
    """Those that began and want a reaction; of drills one's own. Costs a read for each alert."""
    found = [one.value for one in ports.calls.open(staff.terc, MOST_SHOWN)]
    return [call for call in found if _is_shown(ports, call, staff.person.uid)]


def calls_of(ports: CallPorts, staff: Staff, alert_id: str) -> Sequence[tuple[Call, str]]:
    """All about one alert that began, the newest first, each with the name of who saw to it. Raises NotFound
    also for another municipality's alert."""
    visible(ports.alerts, alert_id, staff)
    found = [one.value for one in ports.calls.of(alert_id) if one.value.round >= 0]
    newest = sorted(found, key=lambda call: call.created, reverse=True)[:MOST_SHOWN]
    names = {uid: _name(ports, uid) for uid in {call.by for call in newest} if uid}
    return [(call, names.get(call.by, "")) for call in newest]


def name_of(ports: CallPorts, call: Call) -> str:
    """Of who said that they see to it."""
    return _name(ports, call.by) if call.by else ""


def acknowledge(ports: CallPorts, staff: Staff, call_id: str) -> Call:
    """The caller sees to it. Told twice it stays as it is. Raises NotFound, Forbidden, PreconditionFailed."""
    found = ports.calls.get(call_id)
    if found is None or found.value.terc != staff.terc or not _may_know(found.value, staff):
        raise NotFound
    call, now = found.value, ports.clock.now()
    if call.kind is not CallKind.DRILL and not _is_called(ports, call, staff):
        raise Forbidden("not-called")
    if not call.is_open:
        return call
    act = act_of(staff, "call.acknowledge", f"alerts/{call.alert}" if call.alert else "", after=_words(call))
    try:
        return ports.calls.replace(found, call.acknowledged_by(staff.person.uid, now), [act]).value
    except Conflict as error:
        raise PreconditionFailed from error


def readiness_of(ports: CallPorts, terc: str) -> Sequence[Ready]:
    people = [(one.uid, one.name, called_roles(one, terc)) for one in drilled(ports, terc)]
    return readiness(people, ports.calls.drills(terc), ports.clock.now())


def begin_drills(ports: CallPorts, staff: Staff, everybody: bool) -> int:
    """How many began; of everybody by an admin, else one's own. Once an hour for each. Raises Forbidden."""
    if everybody and Role.ADMIN.value not in staff.roles:
        raise Forbidden("role-missing")
    people = [one.uid for one in drilled(ports, staff.terc)]
    chosen = people if everybody else [uid for uid in people if uid == staff.person.uid]
    if not chosen:
        raise Forbidden("not-called")
    return sum(_begin(ports, staff, uid) for uid in chosen)


def _begin(ports: CallPorts, staff: Staff, uid: str) -> int:
    now = ports.clock.now()
    call = drill(staff.terc, uid, now)
    try:
        ports.calls.create(call, [act_of(staff, "call.drill", f"staff/{uid}")])
    except Conflict:
        return 0
    ask_call(ports.tasks, call, now)  # lost with this process, `sweep` asks for it
    return 1


def _name(ports: CallPorts, uid: str) -> str:
    found = ports.staff.get(uid)
    return found.name if found else ""


def _is_shown(ports: CallPorts, call: Call, uid: str) -> bool:
    if call.kind is CallKind.NEWS or call.round < 0:
        return False
    if call.kind is CallKind.DRILL:
        return uid in call.named
    found = ports.alerts.get(call.alert)
    return not is_past(call, found.value if found else None)


def _may_know(call: Call, staff: Staff) -> bool:
    return call.kind is not CallKind.DRILL or staff.person.uid in call.named


def _is_called(ports: CallPorts, call: Call, staff: Staff) -> bool:
    """Who may not do what it asks ends nothing by seeing it."""
    found = ports.alerts.get(call.alert)
    people = called_people(ports, call, Who.ALL, found.value if found else None)
    return staff.person.uid in {one.uid for one in people}


def _words(call: Call) -> dict[str, object]:
    return {"kind": call.kind.value, "number": call.number}
