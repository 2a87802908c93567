"""A session of the caller's as the API tells it."""

from __future__ import annotations

from datetime import datetime

from shared.domain.staff_session import StaffSession
from shared.formats.alert_json import time_json


def session_json(session: StaffSession, now: datetime, current: StaffSession) -> dict[str, object]:
    """`id` is nobody's secret: it ends the session of its own holder alone."""
    return {
        "id": session.id,
        "device": session.device,
        "begun": time_json(session.begun),
        "seen": time_json(session.seen),
        "ends": time_json(session.ends),
        "standing": session.standing(now).value,
        "current": session.begun == current.begun,
    }
