"""What people type and what the register writes, brought to the same words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from shared.search_words import search_words

BETWEEN = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """In lower case and without diacritics; ł is none in Unicode. One space for any number of them."""
    plain = unicodedata.normalize("NFKD", " ".join(text.split()).lower()).replace("ł", "l")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(name: str) -> tuple[str, ...]:
    """Abbreviations and what they stand for are one word."""
    return tuple(canonical(word) for word in _split(_without("ordinal", folded(name))))


def _split(text: str) -> tuple[str, ...]:
    """What tells nothing is left out, unless it is all there is."""
    words = tuple(word for word in BETWEEN.split(text) if word)
    return tuple(word for word in words if canonical(word) not in search_words()["left_out"]) or words


def canonical(word: str) -> str:
    """The abbreviation of a word that has one."""
    return _canonical().get(word, word)


@cache
def _canonical() -> Mapping[str, str]:
    return {form: word for word, forms in search_words()["forms"].items() for form in forms}


@cache
def forms_of(word: str) -> tuple[str, ...]:
    """All that a word may be typed as."""
    return tuple(search_words()["forms"].get(word, (word,)))


def is_optional(word: str) -> bool:
    """Kinds of streets and titles are left out by many, and added by others."""
    return canonical(word) in search_words()["optional"]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(search_words()["patterns"][name], re.ASCII)


def _without(pattern: str, text: str) -> str:
    return _pattern(pattern).sub(r"\1", text)


@dataclass(frozen=True)
class Query:
    """One way to read what was typed: words of a name, and the number of a house or an empty text."""

    words: tuple[str, ...]
    house: str = ""


def readings(text: str) -> tuple[Query, ...]:
    """As a name alone, and with a house's number if it may have one: "3 Maja" has none, "Główna 12A" has."""
    said = folded(text[: search_words()["most_characters"]])
    for pattern in ("postcode", "spaced", "flat", "ordinal"):
        said = _without(pattern, said)
    found = [Query(_typed(said))]
    if numbered := _pattern("house").match(said):
        before, number, after = numbered.groups()
        found.append(Query(_typed(f"{before} {after}"), folded_number(number)))
    return tuple(query for query in found if query.words)


def _typed(text: str) -> tuple[str, ...]:
    most: int = search_words()["most_words"]
    return _split(text)[:most]


def folded_number(number: str) -> str:
    """12A, 12 a and 12a are one house."""
    return folded(number).replace(" ", "")
