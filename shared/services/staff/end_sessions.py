"""A person sees where they are signed in, and ends what should not go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shared.domain.staff_session import StaffSession, Standing
from shared.errors import NotFound
from shared.ports import Staff
from shared.services.staff.session_ports import SessionPorts


def open_sessions(ports: SessionPorts, staff: Staff) -> Sequence[StaffSession]:
    """Those with which something can still be done, the latest sign-in first."""
    now = ports.clock.now()
    return [one for one in ports.sessions.of(staff.person.uid) if one.standing(now) is not Standing.GONE]


def end_session(ports: SessionPorts, staff: Staff, session_id: str) -> None:
    """At once: the next request with it is refused. Raises NotFound, also for another person's."""
    for session in open_sessions(ports, staff):
        if session.id == session_id:
            return _end(ports, session, ports.clock.now())
    raise NotFound


def end_other_sessions(ports: SessionPorts, staff: Staff, kept: StaffSession) -> int:
    """How many were ended."""
    others = [session for session in open_sessions(ports, staff) if session.begun != kept.begun]
    for session in others:
        _end(ports, session, ports.clock.now())
    return len(others)


def _end(ports: SessionPorts, session: StaffSession, now: datetime) -> None:
    ports.sessions.note(session, replace(session, ended=now))
