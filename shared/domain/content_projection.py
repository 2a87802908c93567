"""A content as plain names and values, for whoever stores, signs or answers it; and read back from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from shared.domain import covered
from shared.domain.content import Category, Spec, Text, Told, Type, specs
from shared.domain.unfinished import is_blank

Plain = dict[str, Any]


def plain(told: Told, of: type[Told]) -> Plain:
    """The declared fields of `of` (Told: the public ones): words as text, texts as maps, times and parts as
    they are.

    `group` stands beside `category` for readers who do not know the category.
    """
    values: Plain = {name: _plain(spec, getattr(told, name)) for name, spec in specs(of).items()}
    return {**values, "group": None if told.group is None else told.group.value}


def read(document: Mapping[str, Any], of: type[Told]) -> Plain:
    """The arguments of `of`: a field that is missing has its default, what is not declared is left alone.

    Raises KeyError when a field is missing that every content has, ValueError for what is no word.
    """
    return {
        name: _read(spec, document)
        for name, spec in specs(of).items()
        if name in document or name not in _defaults(of)
    }


def category_of(document: Mapping[str, Any]) -> Category:
    """With the group that the document tells, for one that this release does not know."""
    return Category.read(document["category"], document.get("group"))


def plain_text(text: Text) -> dict[str, str]:
    """A text in one language; what it lacks is left out."""
    parts = {name: getattr(text, name) for name in specs(Text)}
    return {name: part for name, part in parts.items() if part}


def read_text(text: Mapping[str, Any]) -> Text:
    return Text(**{name: text[name] for name, spec in specs(Text).items() if spec.required or name in text})


def _plain(spec: Spec, value: Any) -> Any:
    if value is None or is_blank(spec, value):
        return None
    if spec.type is Type.WORD:
        return value.value
    if spec.type is Type.TEXTS:
        return {language: plain_text(text) for language, text in value.items()}
    return covered.plain(value) if spec.type is Type.COVERS else value


def _read(spec: Spec, document: Mapping[str, Any]) -> Any:
    value = document[spec.name]
    if value is None:
        return None
    if spec.words is Category:
        return category_of(document)
    if spec.words is not None:
        return spec.words(value)
    if spec.type is Type.TEXTS:
        return {language: read_text(text) for language, text in value.items()}
    return covered.read(value) if spec.type is Type.COVERS else value


def _defaults(of: type[Told]) -> frozenset[str]:
    return frozenset(field.name for field in fields(of) if field.default is not MISSING)
