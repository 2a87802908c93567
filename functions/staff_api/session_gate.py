"""Between the token and the route: the session that a request belongs to, and what is left of it to do."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, g, request

from functions.staff_api.limits import STOPS
from shared import wiring
from shared.domain.device_words import device_words
from shared.domain.staff import Kind
from shared.domain.staff_session import Standing
from shared.errors import Forbidden, Unauthenticated
from shared.ports import Staff
from shared.services.sessions.fresh_factor import require_fresh
from shared.services.sessions.keep_session import Arrival, keep_session

HEADER = "Alert-Session"  # of every answer: how the session stands
ATTENDED = "Alert-Attended"  # of a request: "no" when the page asks by itself
COMPOSING = frozenset({"drafts.begin_draft", "drafts.keep_draft", "alerts.create_alert", "alerts.edit_alert"})
# What an idle session is still for: to see alerts and stop them (change_alert refuses the rest), and renewal.
WHEN_LOCKED = STOPS | frozenset(
    {
        "alerts.edit_alert",
        "alerts.get_alert",
        "alerts.get_thread",
        "alerts.list_alerts",
        "calls.list_calls",
        "factors.challenge_key",
        "factors.get_factors",
        "factors.use_key",
        "factors.use_pin",
        "municipality.get_me",
        "municipality.get_vocabulary",
        "sessions.get_session",
        "watching.watch_alert",
    }
)
# Changes of rights. Taking back what is not decided yet asks for nothing, nor does beginning a stand-in.
NEEDS_FRESH = frozenset(
    {
        "enrolment.disable_staff",
        "enrolment.invite",
        "enrolment.say_lost_phone",
        "enrolment.send_invitation",
        "people.admit",
        "people.agree",
        "people.change_rights",
        "people.confirm_grant",
        "people.confirm_stand_in",
        "people.dissolve_stand_in",
        "review.sign_review",
    }
)
USES = {  # of the sealed account
    **dict.fromkeys(STOPS, "stop"),
    "alerts.send_alert": "send",
    "alerts.take_back_alert": "stop",
}
# The account that is sealed on paper writes alerts, sends, stops and corrects them; nothing of people,
# nothing that stays.
OF_SEALED_ACCOUNT = STOPS | frozenset(
    {
        "alerts.all_clear_alert",
        "alerts.correct_alert",
        "alerts.create_alert",
        "alerts.edit_alert",
        "alerts.get_alert",
        "alerts.get_history",
        "alerts.get_thread",
        "alerts.list_alerts",
        "alerts.send_alert",
        "alerts.submit_alert",
        "alerts.take_back_alert",
        "alerts.update_alert",
        "areas.get_area",
        "areas.get_search_page",
        "areas.list_areas",
        "areas.search_areas",
        "drafts.begin_draft",
        "drafts.keep_draft",
        "municipality.get_me",
        "municipality.get_municipality",
        "municipality.get_vocabulary",
        "municipality.measure_reach",
        "saved_areas.list_recent",
        "saved_areas.list_saved",
        "sessions.get_session",
        "templates.compose_content",
        "templates.get_template",
        "templates.list_templates",
        "templates.word_alert",
        "unsaid.name_missing",
        "watching.gather_summary",
        "watching.watch_alert",
    }
)


def enter_session(staff: Staff) -> Staff:
    """Whoever calls, with what they proved in this session. Raises Unauthenticated."""
    ports = wiring.session_ports()
    arrival = Arrival(
        device=device_words(request.headers.get("User-Agent", "")),
        attended=request.headers.get(ATTENDED) != "no",
        composes=request.endpoint in COMPOSING,
    )
    g.session = keep_session(ports, staff, arrival)
    session = g.session.value
    g.standing = session.standing(ports.clock.now())
    if staff.kind is Kind.BREAK_GLASS and request.endpoint not in OF_SEALED_ACCOUNT:
        raise Forbidden("sealed-account")
    locked = g.standing is not Standing.OPEN
    if locked and request.endpoint not in WHEN_LOCKED:
        raise Unauthenticated(f"session-{g.standing}")
    proof = replace(staff.proof, key_used=session.key_used, fresh_for=ports.limits.fresh)
    if request.endpoint in NEEDS_FRESH:
        require_fresh(replace(staff, proof=proof), ports.clock.now())
    origin = f"{staff.origin} {session.id}".strip()
    return replace(staff, proof=proof, idle=locked, origin=origin)


def tell_standing(response: Response) -> None:
    """Whoever looks at the page learns of the end before they press anything."""
    if "standing" in g:
        response.headers[HEADER] = str(g.standing)


def tell_use(response: Response) -> None:
    """Of the sealed account everybody hears, after it was done."""
    staff, use = g.get("staff"), USES.get(request.endpoint or "")
    if staff is not None and staff.kind is Kind.BREAK_GLASS and use and response.status_code < 300:
        wiring.session_ports().alarm(staff.terc, use)
