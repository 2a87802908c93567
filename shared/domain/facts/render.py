"""The text of an alert from a template and its facts; web-admin/js/facts/render.js makes the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.domain.facts.gaps import Gap, Piece, pieces_of
from shared.domain.facts.given import Facts, is_asked, is_given
from shared.domain.facts.said import said
from shared.domain.facts.template import Template
from shared.fact_rules import fact_rules


@dataclass(frozen=True)
class Rendered:
    title: str
    body: str
    instruction: str


@dataclass(frozen=True)
class _Saying:
    template: Template
    facts: Facts
    language: str
    now: datetime
    most: int  # names before "and others"


def render(template: Template, facts: Facts, language: str, now: datetime) -> Rendered | None:
    """None of a language that the template has not; a fact that is needed and missing is said as "…".

    `now`: when the alert goes out, aware. As many names are said as leave the title within its limit.
    """
    wording = template.texts.get(language)
    if wording is None or language not in fact_rules()["languages"]:
        return None
    saying, title = _titled(wording.title, _Saying(template, facts, language, now, 0))
    return Rendered(title, _text(wording.body, saying), _text(wording.instruction, saying))


def line(template: Template, text: str, facts: Facts, now: datetime) -> str:
    """A field that is one line for all languages; "" when a fact of it is not given."""
    return (
        _sentence(text, _Saying(template, facts, fact_rules()["first"], now, fact_rules()["most_names"]))
        or ""
    )


def _titled(text: str, saying: _Saying) -> tuple[_Saying, str]:
    title = ""
    for most in range(fact_rules()["most_names"], 0, -1):
        saying = _Saying(saying.template, saying.facts, saying.language, saying.now, most)
        title = _sentence(text, saying) or ""
        if len(title) <= fact_rules()["title_longest"]:
            break
    return saying, title


def _text(sentences: Iterable[str], saying: _Saying) -> str:
    paragraphs: list[list[str]] = [[]]
    for text in sentences:
        if not text:
            paragraphs.append([])
        elif told := _sentence(text, saying):
            paragraphs[-1].append(told)
    return "\n\n".join(" ".join(told) for told in paragraphs if told)


def _sentence(text: str, saying: _Saying) -> str | None:
    told = _say(pieces_of(text), saying)
    clean = " ".join(told.split()) if told else ""
    return clean[0].upper() + clean[1:] if clean else None


def _say(pieces: Iterable[Piece], saying: _Saying) -> str | None:
    """None as soon as a fact is not given."""
    parts: list[str] = []
    for piece in pieces:
        told = _piece(piece, saying)
        if told is None:
            return None
        parts.append(told)
    return "".join(parts)


def _piece(piece: Piece, saying: _Saying) -> str | None:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Gap):
        return _gap(piece, saying)
    return _say(piece.pieces, saying) or ""


def _gap(gap: Gap, saying: _Saying) -> str | None:
    template, facts = saying.template, saying.facts
    fact = template.fact(gap.fact)
    if fact is None:
        return None
    value = facts.get(gap.fact)
    given = value is not None and is_given(template, fact, facts)
    if gap.asks:
        return "" if given == (gap.asks == "?") else None
    if value is None or not given:
        return fact_rules()["unknown"] if fact.required and is_asked(template, fact, facts) else None
    return said(gap.form, value, saying.language, saying.now, saying.most)
