"""The text of an alert as far as one push carries it: cut between characters as people see them, and said so.

Characters as people see them are Unicode's extended grapheme clusters (UAX 29): an emoji with its joiners, a
letter with its marks, a flag. web-admin/js/compose/limits.js counts in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from shared import vocabulary
from shared.domain.alert import Text
from shared.labels import FALLBACK, label

ELLIPSIS = "…"
NEAR = 30  # characters: a word that began no farther back is left out whole

# Marks of a title, by language; Polish stands in for others.
EXERCISE = {one: f"{label('mark', 'exercise', one)}: " for one in vocabulary.values("languages")}
LATE = {one: f"{label('mark', 'late', one)}: " for one in vocabulary.values("languages")}


def titled(text: Text, language: str, exercise: bool, late: bool = False) -> Text:
    """Nobody may take an exercise for the real thing, nor old news for new: the title begins with it."""
    marks = [mark for mark, holds in ((EXERCISE, exercise), (LATE, late)) if holds]
    return replace(text, title="".join(mark.get(language, mark[FALLBACK]) for mark in marks) + text.title)


def fitted(text: Text, room: int) -> Text:
    """The text with a body that ends in "…" where the room (bytes, as `json_bytes` counts) is full."""
    kept = carried(text, room)
    return text if kept is None else replace(text, body=text.body[:kept] + ELLIPSIS)


@lru_cache(maxsize=64)  # asked anew for every wave of a delivery
def carried(text: Text, room: int) -> int | None:
    """How many characters (code points) of the body the room carries beside the title; None: all of them."""
    left = room - json_bytes(text.title)
    if json_bytes(text.body) <= left:
        return None
    return _at_a_word(text.body, [0, *_ends(text.body, left - json_bytes(ELLIPSIS))])


def json_bytes(text: str) -> int:
    """Bytes of UTF-8 inside a JSON string: quotes and line breaks take two."""
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2


def _ends(body: str, room: int) -> Iterator[int]:
    """Where each character that fits ends."""
    import regex  # only a long text needs it

    for character in regex.finditer(r"\X", body):
        room -= json_bytes(character.group())
        if room < 0:
            return
        yield character.end()


def _at_a_word(body: str, ends: list[int]) -> int:
    """The last of the ends (all within the body) that stands behind a word, when one is near."""
    last = ends[-1]
    behind_words = (
        end
        for end in reversed(ends)
        if last - NEAR <= end and end and body[end].isspace() and not body[end - 1].isspace()
    )
    return next(behind_words, last)
