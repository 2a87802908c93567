"""Failures of an HTTP application, each told in the application's own form."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from flask import Flask, Response, current_app, has_app_context
from werkzeug import exceptions as werkzeug

from shared.errors import AlertOnlineError, Malformed, MethodNotAllowed, NotFound

log = logging.getLogger(__name__)
Tell = Callable[[AlertOnlineError], Response]


def tell_every_failure(app: Flask, tell: Tell) -> None:
    """Our own errors, Flask's (routing, and bodies that break off), and what broke: all through `tell`."""
    app.register_error_handler(AlertOnlineError, tell)
    app.register_error_handler(werkzeug.HTTPException, lambda error: _tell_http(error, tell))
    app.register_error_handler(Exception, lambda error: _tell_internal(error, tell))


def dress_the_framework(headers: Mapping[str, str]) -> None:
    """What functions-framework answers by itself (a line break in the path) carries our headers, too. It
    imports a function inside the context of its own application."""
    if not has_app_context():
        return

    def dress(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    current_app.after_request(dress)


def _tell_http(error: werkzeug.HTTPException, tell: Tell) -> Response:
    if error.code == 404:
        return tell(NotFound("unknown-address"))
    if isinstance(error, werkzeug.MethodNotAllowed):
        response = tell(MethodNotAllowed())
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
        return response
    return tell(Malformed()) if error.code and error.code < 500 else _tell_internal(error, tell)


def _tell_internal(error: Exception, tell: Tell) -> Response:
    """No word of what broke leaves the function; the log has the frames under the request's trace."""
    log.error("the request failed", exc_info=error)
    return tell(AlertOnlineError())
