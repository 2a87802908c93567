"""The content of an alert as clients send it: what can be read of it, and every field that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from shared.domain.alert import Category, Severity, Text
from shared.domain.words import Word, is_known
from shared.errors import FieldError, InvalidInput
from shared.formats.json_body import pointer

LONGEST_TITLE, LONGEST_BODY, LONGEST_NAME = 120, 4000, 200  # characters; the push limit is checked apart

# Control characters, and the signs that turn the direction of writing (Unicode UAX 9): text could look
# different from what it says.
_HIDDEN = "\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
_NOT_IN_TEXT = re.compile(f"[{_HIDDEN}]")
_NOT_IN_LINE = re.compile(f"[\n\u2028\u2029{_HIDDEN}]")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)  # RFC 3339


def _clean(text: str, hidden: re.Pattern[str], code: str) -> str:
    stripped = text.replace("\r\n", "\n").strip()
    if hidden.search(stripped):
        raise PydanticCustomError(cast(Any, code), "hidden characters")
    if not stripped:
        raise PydanticCustomError("empty", "nothing but white space")
    return stripped


def _line(text: str) -> str:
    return _clean(text, _NOT_IN_LINE, "line-characters")


def _paragraphs(text: str) -> str:
    return _clean(text, _NOT_IN_TEXT, "text-characters")


def _time(value: object) -> datetime:
    """RFC 3339 as UTC, to the millisecond."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise PydanticCustomError("not-a-time", "not a time")
    try:
        moment = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise PydanticCustomError("not-a-time", "no such time") from error
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _known(words: type[Word]) -> Callable[[object], object]:
    """A word of a later release can be read, but not written."""

    def check(value: object) -> object:
        if not is_known(words, value):
            raise PydanticCustomError("unknown-value", "unknown", {"known": ", ".join(words)})
        return value

    return check


Line = AfterValidator(_line)
Time = Annotated[datetime, BeforeValidator(_time)]


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE), Line]
    body: Annotated[str, Field(min_length=1, max_length=LONGEST_BODY), AfterValidator(_paragraphs)]


def _to_texts(models: Mapping[str, _Text]) -> dict[str, Text]:
    return {language: Text(model.title, model.body) for language, model in models.items()}


_FIELDS: Mapping[str, TypeAdapter[Any]] = {
    "category": TypeAdapter(Annotated[Category, BeforeValidator(_known(Category))]),
    "severity": TypeAdapter(Annotated[Severity, BeforeValidator(_known(Severity))]),
    "texts": TypeAdapter(Annotated[dict[str, _Text], AfterValidator(_to_texts)]),
    "area": TypeAdapter(dict[str, Any]),
    "area_name": TypeAdapter(Annotated[str, Field(strict=True, min_length=1, max_length=LONGEST_NAME), Line]),
    "expires": TypeAdapter(Time),
    "send_at": TypeAdapter(Time | None),
    "exercise": TypeAdapter(Annotated[bool, Field(strict=True)]),
    "sound_at": TypeAdapter(Time | None),
}
_OPTIONAL = frozenset({"send_at", "exercise", "sound_at"})

_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown-field",
    "string_type": "not-text",
    "bool_type": "not-a-boolean",
    "string_too_long": "too-long",
    "string_too_short": "empty",
    "dict_type": "not-object",
    "model_type": "not-object",
}


@dataclass(frozen=True)
class ContentForm:
    """A field that could not be read is None and stands in `errors`; `send_at` None may also mean now."""

    category: Category | None = None
    severity: Severity | None = None
    texts: Mapping[str, Text] | None = None
    area: Mapping[str, Any] | None = None  # GeoJSON, not looked into
    area_name: str | None = None
    expires: datetime | None = None
    send_at: datetime | None = None
    exercise: bool = False
    sound_at: datetime | None = None
    errors: tuple[FieldError, ...] = ()


def read_content(body: object) -> ContentForm:
    """Raises InvalidInput when the body is no object at all."""
    values, errors = read_fields(body, _FIELDS.keys() - _OPTIONAL, _OPTIONAL)
    if "pl" not in values.get("texts", {"pl": None}):
        errors.append(FieldError("/texts/pl", "missing"))
    return ContentForm(**values, errors=tuple(errors))


def read_fields(
    body: object, required: Set[str], optional: Set[str]
) -> tuple[dict[str, Any], list[FieldError]]:
    """Those fields of a content that a body may have, read; and what is wrong with it.

    Raises InvalidInput when the body is no object at all.
    """
    fields = _object(body)
    allowed = required | optional
    values: dict[str, Any] = {}
    errors = [FieldError(pointer(name), "unknown-field") for name in fields if name not in allowed]
    for name, adapter in _FIELDS.items():
        if name not in fields:
            errors += [FieldError(pointer(name), "missing")] if name in required else []
        elif name in allowed:
            try:
                values[name] = adapter.validate_python(fields[name])
            except ValidationError as error:
                errors += [_field_error(name, fault) for fault in error.errors(include_url=False)]
    return values, errors


def _object(body: object) -> Mapping[str, Any]:
    if not isinstance(body, dict):
        raise InvalidInput([FieldError("", "not-object")])
    return body


def _field_error(name: str, fault: Any) -> FieldError:
    kind = fault["type"]
    context = fault.get("ctx", {})
    params = {"most": context["max_length"]} if "max_length" in context else {}
    params |= {"known": context["known"]} if "known" in context else {}
    return FieldError(pointer(name, *fault["loc"]), _CODES.get(kind, kind), params)
