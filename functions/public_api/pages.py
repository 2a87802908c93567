"""Routes of HTML: an alert, a municipality's alerts, the municipalities."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from functions.public_api.base_maps import base_map
from functions.public_api.caching import FRESH, NEVER, STABLE
from functions.public_api.words import DEFAULT, LANGUAGES, Words, iso
from shared import wiring
from shared.domain.standing import text_in
from shared.settings import settings

pages = Blueprint("pages", __name__)


@pages.get("/a/<id:alert>")
def show_alert(alert: str) -> Response:
    from functions.public_api.alert_view import alert_view
    from shared.services.publishing.read_published import read_alert

    found = read_alert(alert, wiring.public_store(), wiring.municipalities(), wiring.clock())
    address = f"{settings().public_url}/a/{found.alert.id}"
    boundary = wiring.municipalities().boundaries().get(found.municipality.terc)
    view = alert_view(found, boundary, base_map(found.municipality.terc), address, _words())
    return _page("alert.html", tuple(found.alert.texts), **view)


@pages.post("/a/<id:alert>/address")
def ask_address(alert: str) -> BaseResponse:
    """It changes nothing, so that it needs no proof of who sent the form; nothing of it is kept or logged."""
    from functions.public_api.address_view import address_view, question_in
    from shared.services.publishing.ask_published import ask_published
    from shared.services.publishing.read_published import read_alert

    question = question_in(request.form)
    found = read_alert(alert, wiring.public_store(), wiring.municipalities(), wiring.clock())
    asked = None if question.is_empty else ask_published(found, question, wiring.areas(), wiring.alerts())
    view = address_view(found, question, asked, _words())
    response = _page("address.html", tuple(found.alert.texts), path=f"/a/{alert}", **view)
    response.headers["Cache-Control"] = NEVER
    return response


@pages.get("/a/<id:alert>/address")
def back_to_alert(alert: str) -> BaseResponse:
    """Whoever comes back to an answer is led to where one asks."""
    query = request.query_string.decode("latin-1")
    response = redirect(f"/a/{alert}{f'?{query}' if query else ''}", 303)
    response.headers["Cache-Control"] = STABLE
    return response


@pages.get("/alerts/<terc:terc>")
def show_municipality(terc: str) -> Response:
    from shared.services.publishing.read_published import read_municipality

    found = read_municipality(terc, wiring.public_store(), wiring.municipalities(), wiring.clock())
    return _page("alerts.html", LANGUAGES, found=found, text_in=text_in)


@pages.get("/alerts")
def list_municipalities() -> Response:
    return _page("municipalities.html", LANGUAGES, served=wiring.municipalities().served())


def _words() -> Words:
    return Words(request.args.get("lang", DEFAULT))  # one of LANGUAGES: `_begin` lets no other through


def _page(template: str, texts: tuple[str, ...], path: str | None = None, **values: Any) -> Response:
    """The words around a text are there in every language, the text itself in `texts`; `path` is where the
    page in another language is, if not here."""
    words, path = _words(), path or request.path
    site = {
        "address": f"{settings().public_url}{path}",
        "path": path,
        "query": "" if words.language == DEFAULT else f"?lang={words.language}",
        "others": [(one, Words(one)("language")) for one in LANGUAGES],
        "texts": texts,
    }
    response = make_response(render_template(template, words=words, site=site, iso=iso, **values))
    response.headers["Cache-Control"] = FRESH
    response.headers["Content-Language"] = words.language
    return response
