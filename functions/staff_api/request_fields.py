"""What a request says: token, language, body, preconditions, query."""

from __future__ import annotations

import re
from time import monotonic

from flask import request
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import get_input_stream

from shared.domain.alert import State
from shared.domain.staff import TERC
from shared.errors import (
    FieldError,
    InvalidInput,
    Malformed,
    PreconditionRequired,
    TooLarge,
    Unauthenticated,
    UnsupportedMediaType,
)
from shared.formats.json_body import parse_json, pointer
from shared.messages import LANGUAGES

MOST_BYTES = 1_000_000
LEAST_PAGE, PAGE, MOST_PAGE = 1, 50, 100
_CHUNK = 64 * 1024
_MOST_DRAINED = 32 * 1024 * 1024  # Cloud Run quotas: an HTTP/1 request is no larger
_DRAIN_SECONDS = 5.0
_ETAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_LIMIT = re.compile(r"[0-9]{1,3}", re.ASCII)


def token() -> str:
    """Raises Unauthenticated."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not value.strip():
        raise Unauthenticated("token-missing")
    return value.strip()


def municipality() -> str:
    """The TERC that the request is for; empty: the caller's own. Raises Malformed."""
    terc = request.headers.get("Alert-Municipality", "")
    if terc and not TERC.fullmatch(terc):
        raise Malformed("municipality-malformed")
    return terc


def language() -> str:
    return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0]) or LANGUAGES[0]


def refuse_large_body() -> None:
    """By its declared length, before a byte of it is read. Raises TooLarge."""
    if (request.content_length or 0) > MOST_BYTES:
        raise TooLarge(most=MOST_BYTES)


def drain_body() -> None:
    """Take the rest off the connection, a piece at a time: a client that is still sending would not read
    the answer. Who is slow, sends more than Cloud Run takes, or hangs up, is not waited for."""
    stream = get_input_stream(request.environ)
    end = monotonic() + _DRAIN_SECONDS
    try:
        for _ in range(_MOST_DRAINED // _CHUNK):
            if not stream.read(_CHUNK) or monotonic() > end:
                return
    except (OSError, HTTPException):
        return


def body() -> object:
    """The JSON of the body. Raises UnsupportedMediaType, TooLarge, Malformed, InvalidInput."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    raw = request.get_data(cache=False)
    if len(raw) > MOST_BYTES:  # of undeclared length: Werkzeug cuts it off one byte later
        raise TooLarge(most=MOST_BYTES)
    return parse_json(raw)


def body_if_any() -> object:
    """None when nothing was sent. Raises what `body` does."""
    return body() if request.mimetype or request.content_length else None


def expected_revision() -> int:
    """The revision that If-Match names. Raises PreconditionRequired, Malformed."""
    expected = stated_revision()
    if expected is None:
        raise PreconditionRequired
    return expected


def stated_revision() -> int | None:
    """The revision that If-Match names, if any.

    A weak ETag counts too: a proxy that compresses answers may weaken it, and the revision says the same.
    `*` does not: it names nothing that was seen. Raises Malformed.
    """
    given = request.headers.get("If-Match", "").strip()
    if given in ("", "*"):
        return None
    found = _ETAG.fullmatch(given)
    if found is None:
        raise Malformed("if-match-malformed")
    return int(found[1])


def idempotency_key() -> str | None:
    """Raises Malformed."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise Malformed("idempotency-key-malformed")
    return key


def list_query() -> tuple[list[State], int, str | None]:
    """States, limit and cursor. Raises InvalidInput; an unknown parameter is refused, since a mistyped
    filter would show everything."""
    errors = [
        FieldError(pointer(name), "unknown-field")
        for name in request.args
        if name not in ("state", "limit", "after")
    ]
    states = request.args.getlist("state")
    if not set(states) <= set(State):
        errors.append(FieldError("/state", "unknown-value", {"known": ", ".join(State)}))
    limit, after = PAGE, None
    try:
        limit, after = page()
    except InvalidInput as error:
        errors += error.errors
    if errors:
        raise InvalidInput(errors)
    return [State(state) for state in dict.fromkeys(states)], limit, after


def page() -> tuple[int, str | None]:
    """Limit and cursor. Raises InvalidInput."""
    limits = request.args.getlist("limit")
    if len(limits) > 1 or not all(_is_limit(limit) for limit in limits):
        raise InvalidInput([FieldError("/limit", "not-a-number", {"least": LEAST_PAGE, "most": MOST_PAGE})])
    return int(limits[0]) if limits else PAGE, request.args.get("after")


def _is_limit(text: str) -> bool:
    return bool(_LIMIT.fullmatch(text)) and LEAST_PAGE <= int(text) <= MOST_PAGE
