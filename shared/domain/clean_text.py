"""A text as people paste it, made one that reads the same everywhere, without what Word leaves in it.

The table is shared/entry_rules.json; web-admin/js/compose/clean_text.js cleans by it, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.entry_rules import rules

_NEAR = 12  # characters told on each side of one that is refused
_MARKED = "▯"


@dataclass(frozen=True)
class Refused:
    """A character that no text may have: its name ("U+202E"), and what stands around it."""

    character: str
    near: str


def clean_paragraphs(text: str) -> str:
    """In Unicode's NFC, with line breaks as "\\n", without what nobody sees; blank ends cut off."""
    table = _table()
    for pattern, by in table.replaced:
        text = pattern.sub(by, text)
    text = table.removed.sub("", text)
    text = table.tags.sub(lambda found: found[1] or "", text)
    thinned = _thinned(unicodedata.normalize("NFC", table.joiners.sub("", text)))
    return unicodedata.normalize("NFC", table.joiners.sub("", thinned)).strip(table.white)


def clean_line(text: str) -> str:
    """As paragraphs, on one line."""
    return re.sub(" *\n[ \n]*", " ", clean_paragraphs(text))


def clean_contact(text: str) -> str:
    """As a line, with plain spaces and hyphens: telephone numbers come with others from web pages."""
    found = clean_line(text)
    for pattern, by in _table().contact:
        found = pattern.sub(by, found)
    return found


def has_visible(text: str) -> bool:
    """Whether a reader sees anything of it."""
    return any(unicodedata.category(one) not in _table().invisible for one in text)


def refused_in(text: str) -> Refused | None:
    """The first character that a cleaned text may not have."""
    found = _table().refused.search(text)
    if found is None:
        return None
    before, after = text[: found.start()][-_NEAR:], text[found.end() :][:_NEAR]
    near = _table().refused.sub(_MARKED, f"{before}{_MARKED}{after}")
    return Refused(f"U+{ord(found[0]):04X}", " ".join(near.split()))


@dataclass(frozen=True)
class _Table:
    removed: re.Pattern[str]
    replaced: tuple[tuple[re.Pattern[str], str], ...]
    contact: tuple[tuple[re.Pattern[str], str], ...]
    tags: re.Pattern[str]
    joiners: re.Pattern[str]  # those that join nothing
    joiner: re.Pattern[str]
    white: str
    marks: frozenset[str]
    most_marks: int
    invisible: frozenset[str]
    refused: re.Pattern[str]


@cache
def _table() -> _Table:
    table: Mapping[str, Any] = rules()["texts"]
    joiners, joined, tags = _class(table["joiners"]), _class(table["joined"]), table["tags"]
    base, within, end = (_class(tags[name]) for name in ("base", "within", "end"))
    return _Table(
        removed=re.compile(_class(table["removed"])),
        replaced=(
            (re.compile(f"\r\n|{_class(table['line_breaks'])}"), "\n"),
            (re.compile(_class(table["spaces"])), " "),
            *_replacements(table["replaced"]),
        ),
        contact=tuple(_replacements(table["contact"])),
        tags=re.compile(f"({base}{within}+{end})|{_class(tags['all'])}"),
        joiners=re.compile(f"(?<!{joined}){joiners}+|{joiners}+(?!{joined}|{joiners})"),
        joiner=re.compile(joiners),
        white="".join(_characters(table["white"])),
        marks=frozenset(table["marks"]),
        most_marks=table["most_marks"],
        invisible=frozenset(table["invisible"]),
        refused=re.compile(_class(table["refused"])),
    )


def _replacements(entries: Iterable[Mapping[str, str]]) -> Iterable[tuple[re.Pattern[str], str]]:
    return ((re.compile(_class(one["from"])), one["by"]) for one in entries)


def _ranges(points: str) -> Iterable[tuple[int, int]]:
    for part in points.split():
        first, _, last = part.partition("-")
        yield int(first, 16), int(last or first, 16)


def _class(points: str) -> str:
    """A character class of a regular expression."""
    return "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _ranges(points)) + "]"


def _characters(points: str) -> Iterable[str]:
    return (chr(one) for first, last in _ranges(points) for one in range(first, last + 1))


def _thinned(text: str) -> str:
    """Without marks that stand on nothing, or on more marks than a letter has."""
    if text.isascii():
        return text
    table = _table()
    kept: list[str] = []
    marks = table.most_marks  # at the beginning there is nothing to stand on
    for one in text:
        if unicodedata.category(one) in table.marks:
            marks += 1
            if marks > table.most_marks:
                continue
        elif not table.joiner.fullmatch(one):
            marks = table.most_marks if one in table.white else 0
        kept.append(one)
    return "".join(kept)
