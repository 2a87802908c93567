"""The roster of who is on duty, as admins and the crisis role keep it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shared.domain.duty import DutyRow, Roster
from shared.errors import Conflict, FieldError, InvalidInput, PreconditionFailed
from shared.ports import Staff
from shared.services.audit.act import act_of
from shared.services.calls.call_ports import CallPorts
from shared.services.calls.called_people import deciding


def roster_of(ports: CallPorts, terc: str) -> Roster:
    """One that nobody wrote has no rows, and revision 0."""
    found = ports.duty.get(terc)
    return found.value if found else Roster(terc)


def keep_duty(ports: CallPorts, expected: int, rows: tuple[DutyRow, ...], staff: Staff) -> Roster:
    """All of it in place of what was. Raises InvalidInput, PreconditionFailed."""
    before = ports.duty.get(staff.terc)
    known = before.value if before else Roster(staff.terc)
    if known.revision != expected:
        raise PreconditionFailed
    able = frozenset(one.uid for one in deciding(ports, staff.terc))
    if errors := [error for number, row in enumerate(rows) for error in _faults(number, row, able)]:
        raise InvalidInput(errors)
    after = replace(known, rows=rows, revision=known.revision + 1)
    act = act_of(staff, "duty.keep", f"duty/{staff.terc}", {"rows": len(known.rows)}, {"rows": len(rows)})
    try:
        ports.duty.put(before, after, [act])
    except Conflict as error:
        raise PreconditionFailed from error
    return after


def _faults(number: int, row: DutyRow, able: frozenset[str]) -> Iterator[FieldError]:
    """Whoever is called has to be one who may act."""
    for name in ("first", "deputy"):
        uid = getattr(row, name)
        if uid not in able and (uid or name == "first"):
            yield FieldError(f"/rows/{number}/{name}", "duty-nobody")
    if row.first == row.deputy:
        yield FieldError(f"/rows/{number}/deputy", "duty-same")
