"""A draft that is not finished: what it does not say yet stands as the blank of its type.

So a content always has all its fields, and whoever needs one that is said asks `unsaid` first. Blanks are
stored and answered as null; of an alert that was approved nothing is blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from shared.domain.content import FIRST_LANGUAGE, Content, Spec, Text, Type, specs

BLANK_WORD = "not-said"  # no word of the vocabulary
BLANK_TIME = datetime(9000, 1, 1, tzinfo=UTC)  # later than any; far from the last that can be written

_BLANKS: Mapping[Type, Any] = {Type.LINE: "", Type.PARAGRAPHS: "", Type.AREA: "", Type.TIME: BLANK_TIME}


def is_blank(spec: Spec, value: Any) -> bool:
    """Whether a field that every content has is not said yet; of texts, the parts are asked about."""
    return spec.required and spec.type is not Type.TEXTS and value == blank(spec)


def blank(spec: Spec) -> Any:
    """What stands for a required field of this type that is not said."""
    if spec.words is not None:
        return spec.words(BLANK_WORD)
    return {} if spec.type is Type.TEXTS else _BLANKS[spec.type]


def completed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of Content, with a blank for each required field that is missing."""
    return {
        **blanks(Content),
        **values,
        "texts": {FIRST_LANGUAGE: completed_text({}), **values.get("texts", {})},
    }


def completed_text(parts: Mapping[str, Any]) -> Text:
    """A part that is None or missing is blank."""
    return Text(**{**blanks(Text), **{name: part for name, part in parts.items() if part is not None}})


def blanks(of: type) -> dict[str, Any]:
    """Those of the required fields of Content or Text, by name."""
    return {name: blank(spec) for name, spec in specs(of).items() if spec.required}


def said(content: Content) -> dict[str, Any]:
    """The fields of a content without the blank ones."""
    return {
        name: value
        for name, spec in specs(Content).items()
        if not is_blank(spec, value := getattr(content, name))
    }


def unsaid(content: Content) -> Iterator[str]:
    """JSON pointers to what every alert must say and this draft does not yet."""
    for name, spec in specs(Content).items():
        if is_blank(spec, getattr(content, name)):
            yield f"/{name}"
    for language, text in content.texts.items():
        for name, spec in specs(Text).items():
            if is_blank(spec, getattr(text, name)):
                yield f"/texts/{language}/{name}"
