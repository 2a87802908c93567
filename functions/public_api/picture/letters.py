"""Letters as pictures, drawn beforehand by infra/letters.py: where functions run there are no fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from functions.public_api.picture.canvas import Cover

FILE = Path(__file__).with_suffix(".npz")
MISSING = "?"
OVERHANG = 4  # pixels on each side of a letter that it shares with its neighbours: "j" reaches under them


class Style(StrEnum):
    TITLE = "title"
    TEXT = "text"
    PLACE = "place"
    STREET = "street"


@dataclass(frozen=True, eq=False)
class Letters:
    """One style: all letters side by side, each from its start to the next one's; `baseline` from above."""

    ink: NDArray[np.uint8]
    starts: NDArray[np.int64]
    places: dict[str, int]
    baseline: int

    def of(self, character: str) -> NDArray[np.uint8]:
        at = self.places[character]
        found: NDArray[np.uint8] = self.ink[:, self.starts[at] : self.starts[at + 1]]
        return found


@cache
def letters(style: Style) -> Letters:
    with np.load(FILE, allow_pickle=False) as stored:
        characters = "".join(map(chr, stored["characters"]))
        places = {character: at for at, character in enumerate(characters)}
        return Letters(
            stored[f"{style}_ink"], stored[f"{style}_starts"], places, int(stored[f"{style}_baseline"])
        )


def line(text: str, style: Style) -> Cover:
    """As high as the style's highest and lowest letters."""
    known = letters(style)
    drawn = [known.of(character) for character in _known(text, known)]
    width = sum(one.shape[1] - 2 * OVERHANG for one in drawn)
    ink = np.zeros((len(known.ink), width + 2 * OVERHANG), dtype=np.uint8)
    at = 0
    for one in drawn:
        under = ink[:, at : at + one.shape[1]]
        np.maximum(under, one, out=under)
        at += one.shape[1] - 2 * OVERHANG
    return ink.astype(np.float32) / np.float32(255)


def wrapped(text: str, style: Style, width: int, most: int) -> list[Cover]:
    """Whole words to a line, at most so many lines; what has no room ends with an ellipsis."""
    rows = list(_rows(text.split(), style, width))
    if len(rows) > most:
        rows = [*rows[: most - 1], _cut(" ".join(rows[most - 1 :]), style, width)]
    return [line(row, style) for row in rows]


def _rows(words: list[str], style: Style, width: int) -> Iterator[str]:
    row = ""
    for word in words:
        longer = f"{row} {word}".strip()
        if row and line(longer, style).shape[1] > width:
            yield _cut(row, style, width)
            longer = word
        row = longer
    if row:
        yield _cut(row, style, width)


def _cut(row: str, style: Style, width: int) -> str:
    if line(row, style).shape[1] <= width:
        return row
    while row and line(f"{row}…", style).shape[1] > width:
        row = row[:-1].rstrip()
    return f"{row}…"


def _known(text: str, known: Letters) -> Iterator[str]:
    """A letter that was not drawn beforehand loses its accents, or is a question mark."""
    for character in unicodedata.normalize("NFC", text):
        if character in known.places:
            yield character
        elif not unicodedata.category(character).startswith(("C", "M", "Z")):
            plain = unicodedata.normalize("NFKD", character)[0]
            yield plain if plain in known.places else MISSING
