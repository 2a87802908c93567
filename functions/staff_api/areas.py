"""Routes of the register of the caller's municipality: by parent, by code, by name."""

from __future__ import annotations

import hashlib
import re
from collections import deque

from flask import Blueprint, Response, g, jsonify, request

from shared import wiring
from shared.domain.register_unit import RegisterUnit
from shared.domain.search.gazetteer import Gazetteer
from shared.domain.search.index import Index, index_of
from shared.domain.search.matching import search
from shared.errors import FieldError, InvalidInput, NotFound
from shared.formats.json_body import pointer

areas = Blueprint("areas", __name__, url_prefix="/api/areas")

MOST_FOUND = 20
LONGEST_QUERY = 200  # characters; of which search_words.json says how many are read
_CODE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{7}(:[0-9]{5})?")


@areas.get("")
def list_areas() -> Response:
    """What lies directly in a unit: in the whole gmina, when none is said."""
    from shared.formats.register_json import unit_json

    _refuse_others("parent")
    parent = request.args.get("parent", g.staff.terc)
    found = wiring.areas().units(g.staff.terc, _code(parent))
    if not found:
        _unit(parent)
    return jsonify(items=[unit_json(one) for one in found])


@areas.get("/<code>")
def get_area(code: str) -> Response:
    from shared.formats.register_json import whole_unit_json

    return jsonify(whole_unit_json(_unit(code)))


@areas.get("/search")
def search_areas() -> Response:
    """With `q` what the server finds; without it the search document, for a page's own search."""
    from shared.formats.register_json import hit_json

    _refuse_others("q")
    asked = request.args.get("q")
    if asked is None:
        return _packed(0)
    if len(asked) > LONGEST_QUERY:
        raise InvalidInput([FieldError("/q", "too-long", {"most": LONGEST_QUERY})])
    gazetteer = wiring.areas().gazetteer(g.staff.terc)
    if gazetteer is None:
        raise NotFound
    return jsonify(items=[hit_json(hit) for hit in search(_indexes.of(gazetteer), asked, MOST_FOUND)])


@areas.get("/search/<int:page>")
def get_search_page(page: int) -> Response:
    """The houses of a large municipality, some localities a page."""
    return _packed(page + 1)


def _refuse_others(known: str) -> None:
    """A mistyped parameter would be answered by something else. Raises InvalidInput."""
    wrong = [name for name in request.args if name != known or len(request.args.getlist(name)) > 1]
    if wrong:
        raise InvalidInput([FieldError(pointer(name), "unknown-field") for name in wrong])


def _packed(turn: int) -> Response:
    """Kept by the browser alone, and asked for again with its ETag."""
    texts = wiring.areas().search_texts(g.staff.terc)
    if turn >= len(texts):
        raise NotFound
    response = Response(texts[turn], mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization"
    response.set_etag(hashlib.sha256(texts[turn].encode()).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _unit(code: str) -> RegisterUnit:
    found = wiring.areas().unit(g.staff.terc, _code(code))
    if found is None:
        raise NotFound
    return found


def _code(text: str) -> str:
    """Raises NotFound for what no register has as a code: it becomes a document's name."""
    if not _CODE.fullmatch(text) or not text.isascii():
        raise NotFound
    return text


class _Indexes:
    """Of the gazetteers asked for last: the library gives the same object while nothing changed."""

    def __init__(self, most: int = 4) -> None:
        self._made: deque[tuple[Gazetteer, Index]] = deque(maxlen=most)

    def of(self, gazetteer: Gazetteer) -> Index:
        for known, index in tuple(self._made):
            if known is gazetteer:
                return index
        index = index_of(gazetteer)
        self._made.append((gazetteer, index))
        return index


_indexes = _Indexes()
