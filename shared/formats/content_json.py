"""The content of an alert as clients send it: what can be read of it, and every field that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from types import GenericAlias
from typing import Annotated, Any, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    create_model,
)
from pydantic_core import PydanticCustomError

from shared.domain.content import FIRST_LANGUAGE, Content, Spec, Text, Type, specs
from shared.domain.words import Word, is_known
from shared.errors import FieldError, InvalidInput
from shared.formats.json_body import pointer

# Control characters, and the signs that turn the direction of writing (Unicode UAX 9): text could look
# different from what it says.
_HIDDEN = "\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
_NOT_IN_TEXT = re.compile(f"[{_HIDDEN}]")
_NOT_IN_LINE = re.compile(f"[\n\u2028\u2029{_HIDDEN}]")
# A telephone number, an https address or an e-mail address, as openapi.yaml has it.
_CONTACT = re.compile(
    r"[+(]?[0-9][0-9 ()-]{1,30}[0-9]"
    r"|https://[A-Za-z0-9.-]{1,100}(/[A-Za-z0-9._~:/?#@!$&()*+,;=%-]{0,90})?"
    r"|[A-Za-z0-9._%+-]{1,60}@[A-Za-z0-9.-]{1,100}",
    re.ASCII,
)
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


def _contact(text: str) -> str:
    if not _CONTACT.fullmatch(text.strip()):
        raise PydanticCustomError("not-a-contact", "neither telephone nor address")
    return text.strip()


def _read_text(model: BaseModel) -> Text:
    return Text(**model.model_dump())


_CHECKS = {Type.LINE: _line, Type.PARAGRAPHS: _paragraphs, Type.CONTACT: _contact}


def type_of(spec: Spec) -> Any:
    """What pydantic reads a field as."""
    if spec.words is not None:
        return Annotated[spec.words, BeforeValidator(_known(spec.words))]
    if spec.type in _CHECKS:
        limits = Field(strict=True, min_length=1, max_length=spec.longest)
        return Annotated[str, limits, AfterValidator(_CHECKS[spec.type])]
    if spec.type is Type.TEXTS:
        return GenericAlias(dict, (str, Annotated[_text_model(), AfterValidator(_read_text)]))
    return {
        Type.AREA: dict[str, Any],
        Type.TIME: Annotated[datetime, BeforeValidator(_time)],
        Type.FLAG: Annotated[bool, Field(strict=True)],
    }[spec.type]


def _text_model() -> Any:
    parts: dict[str, Any] = {
        name: (type_of(spec), ...) if spec.required else (type_of(spec) | None, None)
        for name, spec in specs(Text).items()
    }
    return create_model("Text", __config__=ConfigDict(extra="forbid", strict=True), **parts)


def _adapter(spec: Spec, default: object) -> TypeAdapter[Any]:
    """Null says that an optional field is not there."""
    return TypeAdapter(type_of(spec) | None if default is None else type_of(spec))


FIELDS: Mapping[str, TypeAdapter[Any]] = {
    field.name: _adapter(specs(Content)[field.name], field.default) for field in fields(Content)
}
REQUIRED = frozenset(name for name, spec in specs(Content).items() if spec.required)
_OPTIONAL = FIELDS.keys() - REQUIRED

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
    """What could be read of a content, `area` as GeoJSON that nobody looked into, and what could not."""

    values: Mapping[str, Any]
    errors: tuple[FieldError, ...] = ()


def read_content(body: object) -> ContentForm:
    """Raises InvalidInput when the body is no object at all."""
    values, errors = read_fields(body, REQUIRED, _OPTIONAL)
    if FIRST_LANGUAGE not in values.get("texts", {FIRST_LANGUAGE: None}):
        errors.append(FieldError(pointer("texts", FIRST_LANGUAGE), "missing"))
    return ContentForm(values, tuple(errors))


def read_fields(
    body: object,
    required: Set[str],
    optional: Set[str],
    adapters: Mapping[str, TypeAdapter[Any]] = FIELDS,
) -> tuple[dict[str, Any], list[FieldError]]:
    """Those fields of a content that a body may have, read by their adapters; and what is wrong with it.

    Raises InvalidInput when the body is no object at all.
    """
    given = _object(body)
    allowed = required | optional
    values: dict[str, Any] = {}
    errors = [FieldError(pointer(name), "unknown-field") for name in given if name not in allowed]
    for name, adapter in adapters.items():
        if name not in given:
            errors += [FieldError(pointer(name), "missing")] if name in required else []
        elif name in allowed:
            try:
                values[name] = adapter.validate_python(given[name])
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
