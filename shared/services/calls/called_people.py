"""Whom a round of a call is for, by the roster and the register as they are at that moment."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.alert import Alert
from shared.domain.call import Call, CallKind
from shared.domain.ladder import Who
from shared.domain.lifecycle import Role
from shared.domain.staff import Kind, StaffRecord
from shared.services.calls.call_ports import CallPorts

MOST_CALLED = 20  # in one round
DECIDING = frozenset({Role.APPROVER.value, Role.CRISIS.value})
_BY_ANOTHER = frozenset({CallKind.APPROVE, CallKind.CONFIRM})  # the one who wrote it may not
_AUTHOR_TOO = frozenset({CallKind.EXPIRING, CallKind.LATE})  # who wrote it knows best how it goes on


@dataclass(frozen=True)
class Called:
    """Somebody with the ways in which they can be reached; "" where there is none."""

    uid: str
    name: str
    email: str
    phone: str


def called_people(ports: CallPorts, call: Call, who: Who, alert: Alert | None) -> tuple[Called, ...]:
    """Costs a read for each person of the office. Raises Unavailable."""
    now = ports.clock.now()
    staff = {one.uid: one for one in ports.staff.all(call.terc) if one.employed(now)}
    if who is Who.NAMED:
        return tuple(_called(staff[uid]) for uid in call.named if uid in staff)
    able = {uid: one for uid, one in staff.items() if _decides(one, call, alert)}
    chosen = list(able) if who is Who.ALL else _on_duty(ports, call, who, able)
    if alert and call.kind in _AUTHOR_TOO and alert.author.uid in staff and who is not Who.DEPUTY:
        chosen.append(alert.author.uid)
    return tuple(_called(staff[uid]) for uid in list(dict.fromkeys(chosen))[:MOST_CALLED])


def deciding(ports: CallPorts, terc: str) -> tuple[StaffRecord, ...]:
    """Whoever approves or has the crisis role there, within whatever scope."""
    now = ports.clock.now()
    return tuple(one for one in ports.staff.all(terc) if one.employed(now) and _has_role(one, terc))


def drilled(ports: CallPorts, terc: str) -> tuple[StaffRecord, ...]:
    """Likewise, of those whom the municipality employs: whoever acts in others besides is tried at home."""
    return tuple(one for one in deciding(ports, terc) if one.terc == terc)


def called_roles(record: StaffRecord, terc: str) -> frozenset[str]:
    """For which of their roles there they are called."""
    part = record.membership(terc)
    return part.roles & DECIDING if part else frozenset()


def _on_duty(ports: CallPorts, call: Call, who: Who, able: dict[str, StaffRecord]) -> list[str]:
    """One on duty who may not act is passed over: their deputy comes next."""
    roster = ports.duty.get(call.terc)
    first, deputy = roster.value.on_duty(ports.clock.now()) if roster else ("", "")
    uid = first if who is Who.FIRST else deputy
    return [uid] if uid in able else []


def _decides(record: StaffRecord, call: Call, alert: Alert | None) -> bool:
    """A scope of areas is not measured: whoever it leaves out is told, and the page says what they may."""
    if not _has_role(record, call.terc):
        return False
    if alert is None:
        return True
    wrote = record.uid in {alert.author.uid, *alert.writers}
    return not (wrote and call.kind in _BY_ANOTHER) and _in_scope(record, call.terc, alert)


def _in_scope(record: StaffRecord, terc: str, alert: Alert) -> bool:
    part, content = record.membership(terc), alert.content
    return part is not None and any(
        part.scope(role).takes(content.category.value, content.severity.value, alert.template)
        for role in part.roles & DECIDING
    )


def _has_role(record: StaffRecord, terc: str) -> bool:
    return record.kind is Kind.PERSON and bool(called_roles(record, terc))


def _called(record: StaffRecord) -> Called:
    return Called(record.uid, record.name, record.email, record.phone)
