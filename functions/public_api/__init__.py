"""HTTP: what anyone may read, without an account: /a/**, /alerts/**, /map/** and /municipalities.json."""

from __future__ import annotations

import functions_framework
from flask import Request
from werkzeug import Response

from functions.public_api.app import create_app

app = create_app()


@functions_framework.http
def public_api(request: Request) -> Response:
    """A Flask application inside one function, as staff_api is."""
    return Response.from_app(app, request.environ)
