"""Texts whose elements are marked, `[h:Wyciek gazu] [p:przy ul. Polnej]`: whole, or without one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shared.domain.completeness import Element
from shared.domain.content import Category, Content, Severity, Text

HERE = Path(__file__).parent
LETTERS = {
    "s": Element.SOURCE,
    "h": Element.HAZARD,
    "p": Element.PLACE,
    "a": Element.ACTION,
    "t": Element.TIME,
    "i": Element.IMPACT,
}
_MARK = re.compile(r"\[([a-z]):([^\]]*)\]")


@dataclass(frozen=True)
class Marked:
    language: str
    group: str
    title: str
    body: str

    @property
    def elements(self) -> tuple[str, ...]:
        return tuple(letter for letter, _ in _MARK.findall(f"{self.title} {self.body}"))

    def content(self, without: str = "") -> Content:
        """The text alone: none of the fields that would say the same."""
        text = Text(_said(self.title, without) or "-", _said(self.body, without) or "-")
        return Content(
            category=Category(self.group),
            severity=Severity.SEVERE,
            texts={self.language: text},
            area="",
            area_name="-",
            expires=datetime(2030, 1, 1, tzinfo=UTC),
        )


def marked(name: str) -> list[Marked]:
    return [Marked(**one) for one in json.loads((HERE / f"{name}.json").read_text())]


def mutilated(texts: list[Marked]) -> Iterator[tuple[Marked, str]]:
    """Each without each of its elements."""
    yield from ((one, letter) for one in texts for letter in one.elements)


def _said(text: str, without: str) -> str:
    said = _MARK.sub(lambda one: "" if one[1] == without else one[2], text)
    said = re.sub(r"\s+([.,:;])", r"\1", said)
    said = re.sub(r"^[\s.,:;]+", "", said)
    return re.sub(r"([.,:;])(\s*[.,:;])+", r"\1", " ".join(said.split()))
