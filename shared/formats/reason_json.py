"""What a step says beside itself: why, or until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from shared.domain.clean_text import clean_paragraphs, has_visible, refused_in
from shared.errors import FieldError, InvalidInput
from shared.formats.json_body import pointer
from shared.formats.moment_text import read_moment

LONGEST_REASON = 500  # characters
_MOST_TYPED = 50_000  # before it is cleaned: cleaning has its price


def read_reason(body: object, required: bool = True) -> str:
    """Cleaned, 1 to 500 characters; empty where none is given and none is required. Raises InvalidInput."""
    told = _fields(body, "reason").get("reason")
    if told is None and not required:
        return ""
    if told is None:
        raise InvalidInput([FieldError("/reason", "missing")])
    if not isinstance(told, str):
        raise InvalidInput([FieldError("/reason", "not-text")])
    reason = clean_paragraphs(told[:_MOST_TYPED])
    if (fault := _fault(told, reason)) is not None:
        raise InvalidInput([fault])
    return reason


def read_expires(body: object) -> datetime:
    """Raises InvalidInput."""
    told = _fields(body, "expires").get("expires")
    moment = read_moment(told)
    if moment is None:
        raise InvalidInput([FieldError("/expires", "missing" if told is None else "not-a-time")])
    return moment


def _fields(body: object, name: str) -> Mapping[str, object]:
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise InvalidInput([FieldError("", "not-object")])
    unknown = [FieldError(pointer(one), "unknown-field") for one in body if one != name]
    if unknown:
        raise InvalidInput(unknown)
    return body


def _fault(told: str, reason: str) -> FieldError | None:
    if not has_visible(reason):
        return FieldError("/reason", "empty")
    if len(told) > _MOST_TYPED or len(reason) > LONGEST_REASON:
        return FieldError("/reason", "too-long", {"most": LONGEST_REASON})
    hidden = refused_in(reason)
    if hidden is not None:
        return FieldError("/reason", "text-characters", {"character": hidden.character, "near": hidden.near})
    return None
