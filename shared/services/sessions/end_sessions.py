"""A person sees where they are signed in, and ends what should not go on."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.staff_session import StaffSession, Standing
from shared.errors import NotFound
from shared.ports import Staff
from shared.services.audit.act import act_of
from shared.services.sessions.session_ports import SessionPorts


def open_sessions(ports: SessionPorts, staff: Staff) -> Sequence[StaffSession]:
    """Those with which something can still be done, the latest sign-in first."""
    now = ports.clock.now()
    return [one for one in ports.sessions.of(staff.person.uid) if one.standing(now) is not Standing.GONE]


def end_session(ports: SessionPorts, staff: Staff, session_id: str) -> None:
    """At once: the next request with it is refused. Raises NotFound, also for another person's."""
    for session in open_sessions(ports, staff):
        if session.id == session_id:
            return _end(ports, staff, [session])
    raise NotFound


def end_other_sessions(ports: SessionPorts, staff: Staff, kept: StaffSession) -> int:
    """How many were ended."""
    others = [session for session in open_sessions(ports, staff) if session.begun != kept.begun]
    if others:
        _end(ports, staff, others)
    return len(others)


def _end(ports: SessionPorts, staff: Staff, sessions: Sequence[StaffSession]) -> None:
    ended = {"sessions": [session.id for session in sessions]}
    act = act_of(staff, "session.end", f"staff/{staff.person.uid}", after=ended)
    ports.sessions.end(sessions, ports.clock.now(), [act])
