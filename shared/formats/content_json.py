"""The content of an alert as clients send it: what can be read of it, and every field that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from types import GenericAlias
from typing import Annotated, Any
from unicodedata import normalize

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

from shared import vocabulary
from shared.domain.alert import AREA_CHANGES
from shared.domain.clean_text import (
    clean_contact,
    clean_line,
    clean_paragraphs,
    has_visible,
    refused_in,
)
from shared.domain.content import FIRST_LANGUAGE, Content, Spec, Text, Type, specs
from shared.domain.words import Word, is_known
from shared.errors import FieldError, InvalidInput
from shared.formats.json_body import pointer
from shared.formats.moment_text import read_moment
from shared.labels import label

MOST_TYPED = 50_000  # characters of one text before it is cleaned: cleaning has its price
# A telephone number, an https address or an e-mail address, as openapi.yaml has it.
_CONTACT = re.compile(
    r"[+(]?[0-9][0-9 ()-]{1,30}[0-9]"
    r"|https://[A-Za-z0-9.-]{1,100}(/[A-Za-z0-9._~:/?#@!$&()*+,;=%-]{0,90})?"
    r"|[A-Za-z0-9._%+-]{1,60}@[A-Za-z0-9.-]{1,100}",
    re.ASCII,
)
_MARKS = "|".join(re.escape(label("mark", "exercise", one)) for one in vocabulary.values("languages"))
_EXERCISE = re.compile(rf"\W*({_MARKS})\s*[:\uff1a]", re.IGNORECASE)


def text_check(spec: Spec) -> Callable[[str], str]:
    """Cleaned; refused when nobody would see it, when it is too long, or when it hides a character."""

    def check(text: str) -> str:
        clean = _CLEAN[spec.type](text[:MOST_TYPED])
        if not has_visible(clean):
            raise PydanticCustomError("empty", "nothing that is seen")
        if len(text) > MOST_TYPED or len(clean) > (spec.longest or MOST_TYPED):
            raise PydanticCustomError("too-long", "too long", {"most": spec.longest or MOST_TYPED})
        if hidden := refused_in(clean):
            raise PydanticCustomError("text-characters", "hidden characters", asdict(hidden))
        if spec.type is Type.CONTACT and not _CONTACT.fullmatch(clean):
            raise PydanticCustomError("not-a-contact", "neither telephone nor address")
        return clean

    return check


def _time(value: object) -> datetime:
    moment = read_moment(value)
    if moment is None:
        raise PydanticCustomError("not-a-time", "not a time")
    return moment


def _known(words: type[Word]) -> Callable[[object], object]:
    """A word of a later release can be read, but not written."""

    def check(value: object) -> object:
        if not is_known(words, value):
            raise PydanticCustomError("unknown-value", "unknown", {"known": ", ".join(words)})
        return value

    return check


def _read_text(model: BaseModel) -> Text:
    return Text(**model.model_dump())


_CLEAN = {Type.LINE: clean_line, Type.PARAGRAPHS: clean_paragraphs, Type.CONTACT: clean_contact}


def type_of(spec: Spec) -> Any:
    """What pydantic reads a field as."""
    if spec.words is not None:
        return Annotated[spec.words, BeforeValidator(_known(spec.words))]
    if spec.type in _CLEAN:
        return Annotated[str, Field(strict=True), AfterValidator(text_check(spec))]
    if spec.type is Type.TEXTS:
        return GenericAlias(dict, (str, Annotated[_text_model(), AfterValidator(_read_text)]))
    return {
        Type.AREA: dict[str, Any],
        Type.PARTS: list[Any],
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
    field.name: _adapter(specs(Content)[field.name], field.default)
    for field in fields(Content)
    if not specs(Content)[field.name].derived
}
REQUIRED = frozenset(name for name, spec in specs(Content).items() if spec.required)
_OF_PARTS = frozenset({"area", "area_name"})  # worked out from the parts of an area, where they are said

_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown-field",
    "string_type": "not-text",
    "bool_type": "not-a-boolean",
    "dict_type": "not-object",
    "list_type": "parts-not-list",
    "model_type": "not-object",
}
_TOLD = ("most", "known", "character", "near")  # of what a check says, for the words of its error


@dataclass(frozen=True)
class ContentForm:
    """What could be read of a content, `area` and `parts` as JSON that nobody looked into, and what could
    not."""

    values: Mapping[str, Any]
    errors: tuple[FieldError, ...] = ()
    area_change: str | None = None  # beside the content, of an update; None: not said
    noticed: datetime | None = None  # beside the content: of the alert, for staff alone
    says_noticed: bool = False  # else it stays as it was


def read_content(body: object) -> ContentForm:
    """Raises InvalidInput when the body is no object at all."""
    body, area_change, faults = without_area_change(body)
    given = told_by_parts(body)
    required = REQUIRED - _OF_PARTS if says_parts(given) else REQUIRED
    values, errors = read_fields(given, required, FIELDS.keys() - required)
    if FIRST_LANGUAGE not in values.get("texts", {FIRST_LANGUAGE: None}):
        errors.append(FieldError(pointer("texts", FIRST_LANGUAGE), "missing"))
    if not values.get("exercise"):
        errors += _posing_as_exercises(values.get("texts", {}))
    return ContentForm(values, (*errors, *faults), area_change)


def without_area_change(body: object) -> tuple[object, str | None, Sequence[FieldError]]:
    """The content alone, why the area of an update is smaller (Alert.area_change), and what is wrong with
    that."""
    if not isinstance(body, dict) or "area_change" not in body:
        return body, None, ()
    content = {name: value for name, value in body.items() if name != "area_change"}
    answer = body["area_change"] or ""
    if answer not in ("", *AREA_CHANGES):
        known = ", ".join(AREA_CHANGES)
        return content, None, [FieldError(pointer("area_change"), "unknown-value", {"known": known})]
    return content, answer, ()


def says_parts(body: object) -> bool:
    return isinstance(body, dict) and body.get("parts") is not None


def told_by_parts(body: object) -> object:
    """Without what follows from the parts where they are given: an `area` or `area_name` that is blank."""
    if not isinstance(body, dict) or not says_parts(body):
        return body
    return {name: value for name, value in body.items() if name not in _OF_PARTS or not is_blank(value)}


def is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _posing_as_exercises(texts: Mapping[str, Text]) -> list[FieldError]:
    """A title may not begin as the server marks exercises: people would do nothing."""
    posing = [name for name, text in texts.items() if _EXERCISE.match(normalize("NFC", text.title))]
    return [FieldError(pointer("texts", name, "title"), "title-of-exercise") for name in posing]


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
    if says_parts(given) and given.get("area") is not None:
        errors.append(FieldError(pointer("parts"), "parts-and-area"))
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
    params = {name: context[name] for name in _TOLD if name in context}
    return FieldError(pointer(name, *fault["loc"]), _CODES.get(kind, kind), params)
