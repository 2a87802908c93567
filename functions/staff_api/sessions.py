"""Routes of the caller's own sessions: where they are signed in, and until when."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from shared import wiring
from shared.formats.session_json import session_json

sessions = Blueprint("sessions", __name__, url_prefix="/api")


@sessions.get("/session")
def get_session() -> Response:
    now = wiring.clock().now()
    return jsonify(session_json(g.session.value, now, g.session.value))


@sessions.get("/sessions")
def list_sessions() -> Response:
    from shared.services.sessions.end_sessions import open_sessions

    now = wiring.clock().now()
    found = open_sessions(wiring.session_ports(), g.staff)
    return jsonify(items=[session_json(one, now, g.session.value) for one in found])


@sessions.delete("/sessions/<session>")
def end_session(session: str) -> Response:
    from shared.services.sessions.end_sessions import end_session

    end_session(wiring.session_ports(), g.staff, session)
    return Response(status=204)


@sessions.post("/session/end-others")
def end_other_sessions() -> Response:
    from shared.services.sessions.end_sessions import end_other_sessions

    return jsonify(ended=end_other_sessions(wiring.session_ports(), g.staff, g.session.value))
