"""HTTP: the staff's API, /api/**; openapi.yaml describes it."""

from __future__ import annotations

import functions_framework
from flask import Request
from werkzeug import Response

from functions.http_errors import dress_the_framework
from functions.staff_api.app import HEADERS, create_app

app = create_app()
dress_the_framework(HEADERS)


@functions_framework.http
def staff_api(request: Request) -> Response:
    """A Flask application inside one function: routing and error handling stay Flask's."""
    return Response.from_app(app, request.environ)
