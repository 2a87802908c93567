"""Every request of a member of staff finds its session, and says whether somebody is at the device."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.staff import Kind
from shared.domain.staff_session import (
    ASKED_EVERY,
    BEGINS_WITHIN,
    IN_FORCE,
    NOTED_EVERY,
    UPHELD_FOR,
    StaffSession,
    Standing,
    takes_part,
)
from shared.errors import Conflict, Unauthenticated
from shared.ports import Staff, Versioned
from shared.services.audit.act import act_of
from shared.services.sessions.session_ports import SessionPorts

MOST_IN_FORCE = 50  # alerts of a municipality that are looked through at the end of a session


@dataclass(frozen=True)
class Arrival:
    """What a request says of the person behind it."""

    device: str
    attended: bool = True  # False: the page asks by itself
    composes: bool = False  # a draft is kept


def keep_session(ports: SessionPorts, staff: Staff, arrival: Arrival) -> Versioned[StaffSession]:
    """The session as this request leaves it, at one read; one write a minute at most.

    It may be idle or over: the caller asks `standing` what it may still do. At its end the alerts in force
    are looked through, once a minute, since one of the holder's holds it open. Raises Unauthenticated for a
    session that is gone.
    """
    now = ports.clock.now()
    found = _found(ports, staff, arrival, now)
    session = _upheld(ports, staff, found.value, now)
    if session.standing(now) is Standing.GONE:
        raise Unauthenticated("session-ended" if session.ended else "session-over")
    after = _noted(session, arrival, now) if session.standing(now) is Standing.OPEN else session
    return found if after == found.value else ports.sessions.note(found.value, after)


def _found(ports: SessionPorts, staff: Staff, arrival: Arrival, now: datetime) -> Versioned[StaffSession]:
    begun = staff.proof.signed_in
    if begun is None:
        raise Unauthenticated("session-over")
    found = ports.sessions.get(staff.person.uid, begun)
    if found is not None:
        return found
    if now >= begun + BEGINS_WITHIN:  # its document would be there
        raise Unauthenticated("session-over")
    try:
        act = act_of(staff, "session.begin", f"staff/{staff.person.uid}", after={"device": arrival.device})
        started = ports.sessions.begin(_begun(ports, staff, begun, arrival.device, now), [act])
    except Conflict:
        return ports.sessions.get(staff.person.uid, begun) or _gone()
    if staff.kind is Kind.BREAK_GLASS:
        ports.alarm(staff.terc, "sign-in")
    return started


def _gone() -> Versioned[StaffSession]:
    raise Unauthenticated("session-ended")


def _begun(ports: SessionPorts, staff: Staff, begun: datetime, device: str, now: datetime) -> StaffSession:
    """The sealed account's never becomes idle: the sheet lies open, and nobody else can send."""
    idle = timedelta() if staff.kind is Kind.BREAK_GLASS else ports.limits.idle
    return StaffSession(
        uid=staff.person.uid,
        terc=staff.terc,
        begun=begun,
        seen=now,
        ends=begun + ports.limits.absolute,
        idle_s=int(idle.total_seconds()),
        device=device,
    )


def _upheld(ports: SessionPorts, staff: Staff, session: StaffSession, now: datetime) -> StaffSession:
    at_end = session.standing(now) in (Standing.IDLE, Standing.OVER)
    if not at_end or (session.asked is not None and now < session.asked + ASKED_EVERY):
        return session
    in_force = ports.alerts.list(staff.terc, IN_FORCE, MOST_IN_FORCE, None).items
    held = any(takes_part(staff.person.uid, alert) for alert in in_force)
    return replace(session, asked=now, upheld=now + UPHELD_FOR if held else session.upheld)


def _noted(session: StaffSession, arrival: Arrival, now: datetime) -> StaffSession:
    """Of what happens within a minute the first alone is written."""
    seen = arrival.attended and now >= session.seen + NOTED_EVERY
    composed = arrival.composes and (session.composed is None or now >= session.composed + NOTED_EVERY)
    return replace(
        session,
        seen=now if seen else session.seen,
        composed=now if composed else session.composed,
    )
