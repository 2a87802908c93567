"""When what an alert is about was noticed, beside its content in what clients send; for staff alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from shared.errors import FieldError
from shared.formats.content_json import ContentForm
from shared.formats.json_body import pointer
from shared.formats.moment_text import read_moment

NAME = "noticed"
GRACE = timedelta(minutes=1)  # clocks differ
LONGEST_AGO = timedelta(days=31)


def read_alert(body: object, read: Callable[[object], ContentForm]) -> ContentForm:
    """A content read by `read`, with when it was noticed: RFC 3339, null for "not said"; left out: as it was.

    Raises what `read` does.
    """
    if not isinstance(body, dict) or NAME not in body:
        return read(body)
    form = read({name: value for name, value in body.items() if name != NAME})
    told = body[NAME]
    moment = None if told is None else read_moment(told)
    if told is not None and moment is None:
        return replace(form, errors=(*form.errors, FieldError(pointer(NAME), "not-a-time")))
    return replace(form, noticed=moment, says_noticed=True)


def noticed_errors(form: ContentForm, now: datetime) -> Iterator[FieldError]:
    """Nobody has noticed what is still to come."""
    if form.noticed is None:
        return
    if form.noticed > now + GRACE:
        yield FieldError(pointer(NAME), "noticed-ahead")
    elif form.noticed < now - LONGEST_AGO:
        yield FieldError(pointer(NAME), "noticed-too-long-ago", {"days": LONGEST_AGO.days})
