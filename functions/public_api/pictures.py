"""The route of the picture that a link to an alert is shown with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect
from werkzeug.wrappers import Response

from functions.public_api.base_maps import base_map
from functions.public_api.caching import FLEETING, STABLE
from functions.public_api.words import DEFAULT, LANGUAGES, Words
from shared import wiring

if TYPE_CHECKING:
    from shared.services.publishing.read_published import ReadAlert

pictures = Blueprint("pictures", __name__)
MOST_KEPT = 32
_kept: dict[str, bytes] = {}  # by address: drawing takes half a second


@pictures.get("/a/<id:alert>/<mark:wanted>.png")
def show_preview(alert: str, wanted: str) -> Response:
    """Only the present one: an address of before leads to it, and any other costs no drawing."""
    from functions.public_api.preview_view import mark, ready_made
    from shared.services.publishing.read_published import read_alert

    found = read_alert(alert, wiring.public_store(), wiring.municipalities(), wiring.clock())
    language = wanted.partition("-")[0]
    words = Words(language if language in LANGUAGES else DEFAULT)
    if wanted != mark(found, words):
        return _elsewhere(f"/a/{alert}/{mark(found, words)}.png")
    drawn = None if found.doubtful else _drawn(f"{alert}/{wanted}", found, words)
    if drawn is None:
        return _elsewhere(ready_made(found))
    response = make_response(drawn)
    response.content_type = "image/png"
    response.headers["Cache-Control"] = STABLE
    return response


def _elsewhere(address: str) -> Response:
    response = redirect(address, 302)
    response.headers["Cache-Control"] = FLEETING
    return response


def _drawn(name: str, found: ReadAlert, words: Words) -> bytes | None:
    """None for an area that is no shape."""
    from shapely.errors import ShapelyError

    from functions.public_api.picture.preview import preview_png
    from functions.public_api.preview_view import preview

    if name in _kept:
        return _kept[name]
    terc = found.municipality.terc
    boundary = wiring.municipalities().boundaries().get(terc)
    try:
        png = preview_png(preview(found, boundary, base_map(terc), words))
    except (ValueError, ShapelyError):
        return None
    while len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[name] = png
    return png
