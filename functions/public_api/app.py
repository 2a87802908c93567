"""The Flask application: addresses that are taken, what every answer carries, how an error is told."""

from __future__ import annotations

import logging

from flask import Flask, Response, current_app, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as BaseResponse

from functions.client_address import client_address
from functions.http_errors import tell_every_failure
from functions.public_api.caching import FLEETING, NEVER, STABLE
from functions.public_api.data import data
from functions.public_api.declarations import declarations
from functions.public_api.linked import dialled, linked
from functions.public_api.pages import pages
from functions.public_api.pictures import pictures
from functions.public_api.well_known import well_known
from functions.public_api.words import DEFAULT, LANGUAGES, Words
from shared import logs, wiring
from shared.domain.limits import Limit
from shared.errors import AlertOnlineError, TooMany
from shared.messages import LANGUAGES as SPOKEN
from shared.messages import problem_words
from shared.services.limits.admit import admit
from shared.settings import settings

log = logging.getLogger(__name__)

# The function has an address of its own besides Firebase Hosting's, so it cannot rely on firebase.json.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; manifest-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
RETRY_AFTER = 2  # seconds


class _Id(BaseConverter):
    """Firestore's own ids have 20 letters and digits; nothing else may reach a document's path, nor `__x__`,
    which Firestore keeps for itself and refuses (Firestore docs, "Constraints on document IDs")."""

    regex = "(?!__)[A-Za-z0-9_-]{1,64}"


class _Mark(BaseConverter):
    """Of a preview's picture: language, standing, revision."""

    regex = "[a-z]{2}-[a-z]{1,20}-[0-9]{1,9}"


class _Terc(BaseConverter):
    regex = "[0-9]{7}"


def create_app() -> Flask:
    app = Flask("public_api", static_folder=None, template_folder=_templates())
    app.config["MAX_CONTENT_LENGTH"] = 1024  # one address is all that anybody sends
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.config["TEMPLATES_AUTO_RELOAD"] = False
    app.jinja_env.filters |= {"linked": linked, "dialled": dialled}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.merge_slashes = False
    app.url_map.converters |= {"id": _Id, "terc": _Terc, "mark": _Mark}
    app.register_blueprint(pages)
    app.register_blueprint(pictures)
    app.register_blueprint(data)
    app.register_blueprint(declarations)
    app.register_blueprint(well_known)
    app.before_request(_begin)
    app.after_request(_finish)
    tell_every_failure(app, _tell)
    return app


def _templates() -> str:
    from pathlib import Path

    return str(Path(__file__).with_name("templates"))


def _begin() -> BaseResponse | None:
    """One address for one content: whatever others hang on it (fbclid, utm_source) would have each reader
    pass the cache. Such an address leads to the plain one, and nothing is read for it."""
    logs.begin_request(request.headers, settings().project)
    plain = _without_slash()
    if plain is None and request.routing_exception is not None:
        raise request.routing_exception
    plain = plain or _plain_address()
    if plain is None:
        _admit()
        return None
    response = redirect(plain, 301)
    response.headers["Cache-Control"] = STABLE
    return response


def _admit() -> None:
    """What is asked for by GET the cache answers; what is sent costs us each time. Raises TooMany."""
    address = client_address(request, settings().edge_networks) if request.method == "POST" else None
    if address is not None:
        admit(wiring.limit_ports(), Limit.VISITOR_POSTS, address)


def _without_slash() -> str | None:
    """Of a page whose address was typed, or passed on, with a slash at its end; its query is for the next."""
    path = request.path.rstrip("/")
    if path == request.path or request.path.startswith("//") or request.method not in ("GET", "HEAD"):
        return None
    routes = current_app.create_url_adapter(request)
    try:
        found = routes is not None and routes.match(path, "GET")
    except HTTPException:
        return None
    return f"{path}?{request.query_string.decode('latin-1')}".rstrip("?") if found else None


def _plain_address() -> str | None:
    """None when it is plain. Only pages have a language, and the default one has no parameter."""
    wanted = request.args.get("lang", DEFAULT)
    speaks = (
        request.blueprint in (pages.name, declarations.name) and wanted in LANGUAGES and wanted != DEFAULT
    )
    query = f"lang={wanted}" if speaks else ""
    if request.query_string.decode("latin-1") == query:
        return None
    return f"{request.path}?{query}" if query else request.path


def _finish(response: Response) -> Response:
    response.headers.update(HEADERS)
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        response.add_etag()
        response.make_conditional(_without_preconditions())
    return response


def _without_preconditions() -> dict[str, object]:
    """If-None-Match alone counts: a 412 for one reader's If-Match would be every reader's, from the cache."""
    left_out = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE")
    return {name: value for name, value in request.environ.items() if name not in left_out}


def _tell(error: AlertOnlineError) -> Response:
    if error.retry_helps:
        log.warning("answered %d %s", error.status, error.code, exc_info=error)
    # All on one page: the cache keeps one answer for all readers.
    told = [(language, *problem_words(error.code, error.params, language)) for language in SPOKEN]
    response = make_response(render_template("error.html", told=told, words=Words(DEFAULT), site=None))
    response.status_code = error.status
    fleeting = error.status < 500 and request.method in ("GET", "HEAD")
    response.headers["Cache-Control"] = FLEETING if fleeting else NEVER
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    elif error.retry_helps:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
