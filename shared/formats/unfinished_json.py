"""A draft as it is typed: what is said of a content, read like a finished one; what is blank is not said."""

from __future__ import annotations

from collections.abc import Mapping
from types import GenericAlias
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, TypeAdapter, create_model

from shared.domain.content import Text, specs
from shared.domain.unfinished import completed_text
from shared.formats.content_json import (
    FIELDS,
    REQUIRED,
    ContentForm,
    is_blank,
    read_fields,
    type_of,
    without_area_change,
)


def _read_text(model: BaseModel) -> Text:
    return completed_text(model.model_dump())


def _texts() -> TypeAdapter[Any]:
    parts: dict[str, Any] = {name: (type_of(spec) | None, None) for name, spec in specs(Text).items()}
    text: Any = create_model("UnfinishedText", __config__=ConfigDict(extra="forbid", strict=True), **parts)
    kind: Any = GenericAlias(dict, (str, Annotated[text, AfterValidator(_read_text)]))
    return TypeAdapter(kind)


_FIELDS = {**FIELDS, "texts": _texts()}


def read_unfinished(body: object) -> ContentForm:
    """Nothing is required. Raises InvalidInput when the body is no object at all."""
    body, area_change, faults = without_area_change(body)
    given = _without_blanks(body) if isinstance(body, dict) else body
    values, errors = read_fields(given, frozenset(), FIELDS.keys(), _FIELDS)
    return ContentForm(values, (*errors, *faults), area_change)


def _without_blanks(body: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in body.items() if name not in REQUIRED or not is_blank(value)}
    if said.get("parts") == []:
        del said["parts"]
    texts = said.get("texts")
    if isinstance(texts, dict):
        said["texts"] = {language: _of_text(text) for language, text in texts.items()}
    return said


def _of_text(text: object) -> object:
    if not isinstance(text, dict):
        return text
    return {name: part for name, part in text.items() if not is_blank(part)}
