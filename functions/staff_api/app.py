"""The Flask application: who calls, what every answer carries, how an error is told."""

from __future__ import annotations

import logging
from dataclasses import replace

from flask import Flask, Response, g, jsonify, request

from functions.http_errors import tell_every_failure
from functions.staff_api import app_check, evidence, limits, request_fields
from functions.staff_api.alerts import alerts
from functions.staff_api.areas import areas
from functions.staff_api.audit import audit
from functions.staff_api.calls import calls
from functions.staff_api.config import OPEN, config
from functions.staff_api.coverage import coverage
from functions.staff_api.drafts import drafts, unsaid
from functions.staff_api.enrolment import FOR_ANYONE, enrolment
from functions.staff_api.factors import factors
from functions.staff_api.municipality import municipality
from functions.staff_api.people import people
from functions.staff_api.review import review
from functions.staff_api.route_roles import admit
from functions.staff_api.saved_areas import saved_areas
from functions.staff_api.series import series
from functions.staff_api.session_gate import enter_session, tell_standing, tell_use
from functions.staff_api.sessions import sessions
from functions.staff_api.templates import templates
from functions.staff_api.watching import watching
from shared import logs, wiring
from shared.domain.staff import Kind
from shared.errors import AlertOnlineError, TooLarge, TooMany, Unauthenticated
from shared.formats.problem import MEDIA_TYPE, problem
from shared.settings import settings

log = logging.getLogger(__name__)

# The function has an address of its own besides Firebase Hosting's, so it cannot rely on firebase.json.
HEADERS = {
    "Cache-Control": "no-store",  # the CDN would keep even a 404 for ten minutes
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
RETRY_AFTER = 2  # seconds


def create_app() -> Flask:
    app = Flask("staff_api", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = request_fields.MOST_BYTES + 1  # the one byte that tells of more
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # the page is on the same origin: no CORS
    app.url_map.merge_slashes = False
    app.register_blueprint(alerts)
    app.register_blueprint(areas)
    app.register_blueprint(audit)
    app.register_blueprint(calls)
    app.register_blueprint(drafts)
    app.register_blueprint(unsaid)
    app.register_blueprint(enrolment)
    app.register_blueprint(municipality)
    app.register_blueprint(templates)
    app.register_blueprint(coverage)
    app.register_blueprint(saved_areas)
    app.register_blueprint(people)
    app.register_blueprint(series)
    app.register_blueprint(review)
    app.register_blueprint(sessions)
    app.register_blueprint(factors)
    app.register_blueprint(watching)
    app.register_blueprint(config)
    app.before_request(_begin)
    app.after_request(_add_headers)
    app.after_request(evidence.note_request)
    tell_every_failure(app, _tell)
    return app


def _begin() -> None:
    """Refuses before anything is read: unknown addresses, too large bodies, then strangers."""
    evidence.begin()
    logs.begin_request(request.headers, settings().project)
    if request.routing_exception is not None:
        raise request.routing_exception
    request_fields.refuse_large_body()
    limits.admit_address()
    app_check.admit_app()
    if request.endpoint in OPEN | FOR_ANYONE:
        return
    token = request_fields.token()  # refused without one, before a client is loaded
    staff = wiring.token_verifier().verify(token, request_fields.municipality())
    if staff.kind is not Kind.BREAK_GLASS:  # nothing holds up who warns when nobody else can
        limits.admit_person(staff.person.uid)
    g.staff = replace(staff, origin=g.origin)
    g.staff = enter_session(g.staff)
    admit(request.endpoint, g.staff)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    tell_standing(response)
    tell_use(response)
    return response


def _tell(error: AlertOnlineError) -> Response:
    if isinstance(error, TooLarge):
        request_fields.drain_body()
    evidence.note_refusal(error)
    if error.retry_helps:
        log.warning("answered %d %s", error.status, error.code, exc_info=error)
    language = request_fields.language()
    response = jsonify(problem(error, language))
    response.status_code = error.status
    response.content_type = MEDIA_TYPE
    response.headers["Content-Language"] = language
    response.headers.update(_extra_headers(error))
    return response


def _extra_headers(error: AlertOnlineError) -> dict[str, str]:
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": f'Bearer error="{error.code}"'}
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.seconds)}
    return {"Retry-After": str(RETRY_AFTER)} if error.retry_helps else {}
