"""HTTP: what anyone may read, without an account: /a/**, /alerts/**, /map/**, /search/** and
/municipalities.json."""

from __future__ import annotations

import functions_framework
from flask import Request
from werkzeug import Response

from functions.http_errors import dress_the_framework
from functions.public_api.app import HEADERS, create_app

app = create_app()
dress_the_framework({**HEADERS, "Cache-Control": "no-store"})


@functions_framework.http
def public_api(request: Request) -> Response:
    """A Flask application inside one function, as staff_api is."""
    return Response.from_app(app, request.environ)
