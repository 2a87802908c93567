"""Routes of JSON: a signed alert, a municipality's alerts, the municipalities, their addresses."""

from __future__ import annotations

import json
import logging

from flask import Blueprint, Response, make_response

from functions.public_api.caching import FRESH, MAP, SLOW
from shared import wiring
from shared.errors import NotFound

log = logging.getLogger(__name__)
data = Blueprint("data", __name__)


def json_answer(value: object, caching: str) -> Response:
    """Not indented: it is read by programs, on phones."""
    return text_answer(json.dumps(value, ensure_ascii=False, separators=(",", ":")), caching)


def text_answer(text: str, caching: str) -> Response:
    """What is JSON already."""
    response = make_response(text)
    response.content_type = "application/json; charset=utf-8"
    response.headers["Cache-Control"] = caching
    return response


@data.get("/a/<id:alert>.json")
def get_signed(alert: str) -> Response:
    """A read for the alert, and one for each message of its thread."""
    from shared.formats.public_json import signed_json
    from shared.services.publishing.read_published import read_alert

    read = read_alert(alert, wiring.public_store(), wiring.municipalities(), wiring.clock())
    return json_answer(signed_json(read.alert, read.fault, read.municipality, read.others), FRESH)


@data.get("/alerts/<terc:terc>.json")
def get_list(terc: str) -> Response:
    """The residents' list: however many look, the cache asks once in ten seconds (docs/scale.md)."""
    from shared.formats.public_json import list_json
    from shared.services.publishing.read_published import read_list

    found = read_list(terc, wiring.public_store(), wiring.municipalities(), wiring.clock())
    return json_answer(list_json(*found), FRESH)


@data.get("/municipalities.json")
def list_municipalities() -> Response:
    from shared.formats.public_json import municipalities_json

    municipalities = wiring.municipalities()
    return json_answer(municipalities_json(municipalities.served(), municipalities.boundaries()), SLOW)


@data.get("/map/<terc:terc>.json")
def get_map(terc: str) -> Response:
    """One document read; caches keep it for an hour, phones for a day (ADR 18)."""
    from shared.formats.public_json import map_json

    base_map = wiring.municipalities().base_map(terc)
    try:
        drawn = None if base_map is None else map_json(base_map)
    except ValueError:
        log.error("The base map of municipality %s cannot be read", terc)
        drawn = None
    if drawn is None:
        raise NotFound("public-map-unknown", terc=terc)
    return json_answer(drawn, MAP)


@data.get("/search/<terc:terc>.json")
def get_search(terc: str) -> Response:
    """The register's names with their houses, searched on the phone: what is typed there goes nowhere."""
    return _search_text(terc, 0)


@data.get("/search/<terc:terc>/<int:page>.json")
def get_search_page(terc: str, page: int) -> Response:
    """Of a large municipality, whose houses are on pages that the first document names."""
    return _search_text(terc, page + 1)


def _search_text(terc: str, at: int) -> Response:
    texts = wiring.areas().search_texts(terc)
    if at >= len(texts):
        raise NotFound("public-search-unknown", terc=terc)
    return text_answer(texts[at], MAP)
