"""Words that a later release may add to: read, kept and shown also by a release that does not know them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self, TypeGuard

_WRITTEN = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}", re.ASCII)  # how a word of the vocabulary is written


class Word(StrEnum):
    """A word of the vocabulary.

    `Category("flood")` of a document by a newer release is a Category that equals "flood" and is not `known`;
    iterating over the class gives the known ones alone. What staff send in must be known: `is_known`.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not is_written(value):
            return None
        word = str.__new__(cls, value)
        word._name_ = value
        word._value_ = value
        return word

    @property
    def known(self) -> bool:
        return self.value in type(self)._value2member_map_

    def __deepcopy__(self, memo: object) -> Self:
        return self


def is_written(value: object) -> TypeGuard[str]:
    """Whether it could be a word of this or a later release."""
    return isinstance(value, str) and bool(_WRITTEN.fullmatch(value))


def is_known(kind: type[Word], value: object) -> bool:
    """Whether this release knows the word."""
    return isinstance(value, str) and value in kind._value2member_map_
