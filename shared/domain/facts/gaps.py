"""A template's text taken apart: words, gaps for facts, and parts that vanish with a fact of theirs.

`{until}` is a gap, `{until:date}` one that is said in a form; `{tanker?}` says nothing and asks that the fact
is given, `{until!}` that it is not; `[, od {from}]` is a part that vanishes alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"\{([a-z][a-z0-9_]{0,39})(?::([a-z]+)|([?!]))?\}|([{}\[\]])", re.ASCII)


@dataclass(frozen=True)
class Gap:
    fact: str
    form: str = ""
    asks: str = ""  # "?" or "!": says nothing itself


@dataclass(frozen=True)
class Optional:
    pieces: tuple[Piece, ...]


Piece = str | Gap | Optional


class BrokenText(ValueError):
    """`near`: what stands at the brace or bracket that has no partner, or in braces and is no gap."""

    def __init__(self, near: str) -> None:
        super().__init__(near)
        self.near = near


@lru_cache(maxsize=4096)
def pieces_of(text: str) -> tuple[Piece, ...]:
    """Raises BrokenText."""
    inside: list[Piece] | None = None
    found: list[Piece] = []
    end = 0
    for token in _TOKEN.finditer(text):
        into = found if inside is None else inside
        into += [text[end : token.start()]] if token.start() > end else []
        end = token.end()
        if token[1]:
            into.append(Gap(token[1], token[2] or "", token[3] or ""))
        elif token[4] == "[" and inside is None:
            inside = []
        elif token[4] == "]" and inside is not None:
            found.append(Optional(tuple(inside)))
            inside = None
        else:
            raise BrokenText(_near(text, token.start()))
    if inside is not None:
        raise BrokenText(_near(text, text.rindex("[")))
    return (*found, *([text[end:]] if text[end:] else []))


def gaps_of(text: str) -> Iterator[tuple[Gap, bool]]:
    """Each with whether it stands in a part that vanishes alone. Raises BrokenText."""
    return _gaps(pieces_of(text), optional=False)


def _gaps(pieces: Iterable[Piece], *, optional: bool) -> Iterator[tuple[Gap, bool]]:
    for piece in pieces:
        if isinstance(piece, Gap):
            yield piece, optional
        elif isinstance(piece, Optional):
            yield from _gaps(piece.pieces, optional=True)


def _near(text: str, at: int) -> str:
    return text[at : at + 20]
