"""A template: words in every language with gaps for typed facts, and what follows from these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FactType(StrEnum):
    """What a fact is, and so how it is asked and said; `web-admin/js/facts` has the same."""

    NAMES = "names"  # of the area's streets and localities: a list of texts, never asked
    TIME = "time"  # aware UTC
    DAY = "day"
    TELEPHONE = "telephone"
    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"  # its facts and sentences stand only when it is on


@dataclass(frozen=True)
class Fact:
    name: str
    type: FactType
    label: Mapping[str, str] = field(default_factory=dict)  # by language of the staff
    required: bool = False
    needs: str | None = None  # the switch that must be on for it to be given
    chips: tuple[str, ...] = ()  # proposals: texts; of a time "14:00", the next one, or "+1 8:00", tomorrow's


@dataclass(frozen=True)
class Wording:
    """Of one language. Sentences of the two lists vanish with a fact of theirs; "" parts paragraphs."""

    title: str
    body: tuple[str, ...]
    instruction: tuple[str, ...] = ()


@dataclass(frozen=True)
class Following:
    """A time of the alert that is so many hours after a fact."""

    fact: str
    hours: float = 0


@dataclass(frozen=True)
class Template:
    name: Mapping[str, str]  # by language
    texts: Mapping[str, Wording]  # by language, "pl" always
    facts: tuple[Fact, ...] = ()
    values: Mapping[str, str] = field(
        default_factory=dict
    )  # words of the alert's fields: event, severity, ...
    lines: Mapping[str, str] = field(default_factory=dict)  # the fields `source` and `contact`, with gaps
    follows: Mapping[str, Following] = field(default_factory=dict)  # expires, event_ends, next_info
    hours: float = 24  # until it expires when no fact says so
    usual: Mapping[str, float] = field(default_factory=dict)  # least, most: share of all addresses

    def fact(self, name: str) -> Fact | None:
        return next((one for one in self.facts if one.name == name), None)
