"""Routes of HTML: an alert, a municipality's alerts, the municipalities."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from functions.public_api.caching import FRESH
from functions.public_api.words import DEFAULT, LANGUAGES, Words, iso
from shared import wiring
from shared.domain.standing import text_in
from shared.errors import AlertOnlineError
from shared.settings import settings

pages = Blueprint("pages", __name__)


@pages.get("/a/<id:alert>")
def show_alert(alert: str) -> Response:
    from functions.public_api.alert_view import alert_view
    from shared.services.publishing.read_published import read_alert

    found = read_alert(alert, wiring.public_store(), wiring.municipalities(), wiring.clock())
    address = f"{settings().public_url}/a/{found.alert.id}"
    boundary = wiring.municipalities().boundaries().get(found.municipality.terc)
    view = alert_view(found, boundary, _base_map(found.municipality.terc), address, _words())
    return _page("alert.html", tuple(found.alert.texts), **view)


def _base_map(terc: str) -> str | None:
    """The alert is read without it, too."""
    try:
        return wiring.municipalities().base_map(terc)
    except AlertOnlineError:
        return None


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


def _page(template: str, texts: tuple[str, ...], **values: Any) -> Response:
    """The words around a text are there in every language, the text itself in `texts`."""
    words = _words()
    site = {
        "address": f"{settings().public_url}{request.path}",
        "path": request.path,
        "query": "" if words.language == DEFAULT else f"?lang={words.language}",
        "others": [(one, Words(one)("language")) for one in LANGUAGES],
        "texts": texts,
    }
    response = make_response(render_template(template, words=words, site=site, iso=iso, **values))
    response.headers["Cache-Control"] = FRESH
    response.headers["Content-Language"] = words.language
    return response
