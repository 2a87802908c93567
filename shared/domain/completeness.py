"""What an alert's text leaves unsaid, language by language: named to whoever writes it, and never refused.

Judged is what a phone shows: hazard and place must stand in title or body, which are all that a locked phone
has; the action may stand in the instruction, but within the first characters it is read by everybody. What
the app and the public page show as fields of their own (source, end, next information) counts as said.
Docs: docs/adr/0049-complete-by-construction.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from re import Pattern
from unicodedata import normalize

from shared.completeness import known_words, not_known
from shared.domain.content import Content, Group, Hazard, Text

EARLY = 100  # characters of title and body: what a locked phone shows
_NAME = re.compile(r"(?<![\w.])[^\W\d_]*[A-ZĄĆĘŁŃÓŚŹŻА-ЯІЇЄҐ][^\W\d_]*[a-ząćęłńóśźżа-яіїєґ][\w’'-]*")
_BEGIN = re.compile(r"(?:^|[.!?:;|\u2013\u2014]\s*)[\"„«(]*$")
_SHORTEST_NAME = 4  # letters of a place's name that do not change with the case

Words = Mapping[str, Pattern[str]]


class Element(StrEnum):
    """What a warning says (Mileti and Sorensen 1990), and two demands on how."""

    SOURCE = "source"
    HAZARD = "hazard"
    PLACE = "place"
    ACTION = "action"
    TIME = "time"
    IMPACT = "impact"
    ACTION_LATE = "action-late"  # it stands behind what a locked phone shows
    NEXT_INFO = "next-info"  # something is not known yet, and nobody says when more is told


@dataclass(frozen=True)
class Missing:
    language: str
    element: Element

    @property
    def not_known(self) -> str | None:
        """The sentence by which the text says that it is not known yet, where that is an answer."""
        return not_known(self.language).get(self.element)


def missing(content: Content) -> tuple[Missing, ...]:
    """In the order of languages and elements; nothing of a language whose words are not known."""
    return tuple(
        Missing(language, element)
        for language, text in content.texts.items()
        if (words := known_words(language)) is not None
        for element in _unsaid(content, text, words)
    )


def asked(content: Content) -> frozenset[Element]:
    """An event says where and when; a failure is its own impact, and the municipality its source; who is
    told that it is over need do nothing."""
    wanted = {Element.PLACE, Element.TIME}
    if content.group is not Group.EVENT:
        wanted |= {Element.ACTION}
        wanted |= {Element.HAZARD} if content.event != Hazard("other") else set()
    if content.group is Group.WARNING:
        wanted |= {Element.SOURCE, Element.IMPACT}
    if content.response == "AllClear" or content.urgency == "Past":
        wanted -= {Element.ACTION, Element.IMPACT, Element.TIME}
    elif content.response == "None":
        wanted -= {Element.ACTION}
    return frozenset(wanted)


def _unsaid(content: Content, text: Text, words: Words) -> Iterator[Element]:
    wanted = asked(content)
    shown = _plain(f"{text.title}. {text.body}")
    whole = _plain(f"{text.title}. {text.body} {text.instruction or ''}")
    said = {
        Element.SOURCE: bool(content.source or words["source"].search(whole)),
        Element.HAZARD: bool(words["hazard"].search(shown)),
        Element.PLACE: _says_place(content, text, words),
        Element.ACTION: _acts(whole, words) is not None,
        Element.TIME: bool(content.event_ends or content.next_info or words["time"].search(whole)),
        Element.IMPACT: bool(words["impact"].search(shown)),
    }
    yield from (element for element in said if element in wanted and not said[element])
    if Element.ACTION in wanted and said[Element.ACTION] and not _acts_early(shown, words):
        yield Element.ACTION_LATE
    if _not_known(whole, words) and content.next_info is None:
        yield Element.NEXT_INFO


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).split())


def _acts(text: str, words: Words) -> int | None:
    """Where the first action ends; None: nobody is told to do anything."""
    found = [one.end() for name in ("action", "command") if (one := words[name].search(text))]
    return min(found, default=None)


def _acts_early(shown: str, words: Words) -> bool:
    end = _acts(shown, words)
    return end is not None and end <= EARLY


def _not_known(text: str, words: Words) -> bool:
    return bool(words["unknown"].search(text)) and not words["promise"].search(text)


def _says_place(content: Content, text: Text, words: Words) -> bool:
    """By a word for a place, the area's name, or a name in the middle of a sentence that is no office."""
    return any(
        words["place"].search(part)
        or words["unknown_place"].search(part)
        or _names_area(content.area_name, part)
        or any(_is_place(one, part, words) for one in _NAME.finditer(part))
        for part in map(_plain, (text.title, text.body))
    )


def _names_area(area: str, part: str) -> bool:
    """By the beginnings of its names: in a sentence they have other endings."""
    names = [one.group() for one in _NAME.finditer(area)]
    stems = [name[: max(_SHORTEST_NAME, len(name) - 3)] for name in names if len(name) >= _SHORTEST_NAME]
    return any(re.search(rf"(?<!\w){re.escape(stem)}", part) for stem in stems)


def _is_place(name: re.Match[str], part: str, words: Words) -> bool:
    """At a sentence's beginning any word has a capital: there only a name that a colon or a comma follows."""
    before, after = part[: name.start()], part[name.end() : name.end() + 1]
    word = name.group()
    if words["no_place"].match(word):
        return False
    if not _BEGIN.search(before):
        return True
    return after in (":", "|") and not (words["hazard"].match(word) or words["action"].match(word))
