"""What is wrong with a template: the field, and what it takes to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from shared.domain.content import FIRST_LANGUAGE, Content, specs
from shared.domain.facts.gaps import BrokenText, Gap, gaps_of, pieces_of
from shared.domain.facts.template import Fact, FactType, Template, Wording
from shared.domain.words import is_known
from shared.fact_rules import fact_rules

LONGEST_TITLE = 90  # characters that stand in it whatever the facts: the rest is theirs
LONGEST_TEXT = 2000  # characters of all sentences of a part
CHIP = re.compile(r"(?:\+[1-7] )?(?:[01]?\d|2[0-3]):[0-5]\d|\+(?:[1-9]|[1-6]\d)h", re.ASCII)
NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,3})?", re.ASCII)

Path = tuple[str | int, ...]
Text = tuple[Path, str]


@dataclass(frozen=True)
class Fault:
    code: str
    path: Path
    params: Mapping[str, str | int] = field(default_factory=dict)


def faults(template: Template) -> Iterator[Fault]:
    yield from _languages(template)
    yield from _values(template)
    yield from _facts(template)
    for path, text in _texts(template):
        yield from _text(template, path, text)
    yield from _follows(template)
    yield from _unused(template)


def _languages(template: Template) -> Iterator[Fault]:
    known = fact_rules()["languages"]
    for name, languages in {"name": template.name, "texts": template.texts}.items():
        if FIRST_LANGUAGE not in languages:
            yield Fault("missing", (name, FIRST_LANGUAGE))
        for language in set(languages) - known.keys():
            yield Fault("unknown-value", (name, language), {"known": ", ".join(known)})
    for language, wording in template.texts.items():
        if not any(wording.body):
            yield Fault("missing", ("texts", language, "body"))
        for part in ("body", "instruction"):
            if sum(map(len, getattr(wording, part))) > LONGEST_TEXT:
                yield Fault("too-long", ("texts", language, part), {"most": LONGEST_TEXT})


def _values(template: Template) -> Iterator[Fault]:
    for name, value in template.values.items():
        spec = specs(Content).get(name)
        if spec is None or spec.words is None:
            yield Fault("unknown-field", ("values", name))
        elif not is_known(spec.words, value):
            yield Fault("unknown-value", ("values", name), {"known": ", ".join(spec.words)})


def _facts(template: Template) -> Iterator[Fault]:
    names = [fact.name for fact in template.facts]
    for place, fact in enumerate(template.facts):
        path = ("facts", place)
        if fact.name in names[:place]:
            yield Fault("fact-twice", (*path, "name"), {"fact": fact.name})
        if not fact.label.get(FIRST_LANGUAGE):
            yield Fault("missing", (*path, "label", FIRST_LANGUAGE))
        if fact.needs is not None:
            yield from _needs(template, fact, (*path, "needs"))
        yield from (
            _chip(fact, (*path, "chips", number), chip)
            for number, chip in enumerate(fact.chips)
            if not _fits(fact, chip)
        )


def _needs(template: Template, fact: Fact, path: Path) -> Iterator[Fault]:
    switch = template.fact(fact.needs or "")
    if switch is None or switch.type is not FactType.SWITCH or fact.type is FactType.SWITCH:
        yield Fault("fact-needs-switch", path, {"fact": fact.name})


def _fits(fact: Fact, chip: str) -> bool:
    if fact.type is FactType.TIME:
        return CHIP.fullmatch(chip) is not None
    if fact.type is FactType.NUMBER:
        return NUMBER.fullmatch(chip) is not None
    return fact.type is FactType.TEXT


def _chip(fact: Fact, path: Path, chip: str) -> Fault:
    if fact.type is FactType.TIME:
        return Fault("chip-no-time", path, {"chip": chip})
    return Fault("chip-of-other-type", path, {"chip": chip})


def _texts(template: Template) -> Iterator[Text]:
    for language, wording in template.texts.items():
        yield from _wording(("texts", language), wording)
    for name, text in template.lines.items():
        yield ("lines", name), text


def _wording(path: Path, wording: Wording) -> Iterator[Text]:
    yield (*path, "title"), wording.title
    yield from (((*path, "body", place), text) for place, text in enumerate(wording.body))
    yield from (((*path, "instruction", place), text) for place, text in enumerate(wording.instruction))


def _text(template: Template, path: Path, text: str) -> Iterator[Fault]:
    try:
        gaps = list(gaps_of(text))
    except BrokenText as error:
        yield Fault("text-braces", path, {"near": error.near})
        return
    for gap, optional in gaps:
        fault = _gap(template, path, gap) or (None if optional else _in_title(template, path, gap))
        yield from [fault] if fault else []
    plain = sum(len(piece) for piece in pieces_of(text) if isinstance(piece, str))
    if path[-1] == "title" and plain > LONGEST_TITLE:
        yield Fault("too-long", path, {"most": LONGEST_TITLE})


def _gap(template: Template, path: Path, gap: Gap) -> Fault | None:
    fact = template.fact(gap.fact)
    if fact is None:
        known = ", ".join(f"{{{one.name}}}" for one in template.facts)
        return Fault("fact-unknown", path, {"fact": gap.fact, "known": known or "-"})
    forms = fact_rules()["forms"].get(fact.type.value, [])
    if gap.form and gap.form not in forms:
        said = ", ".join(f"{{{gap.fact}:{form}}}" for form in forms) or f"{{{gap.fact}}}"
        return Fault("fact-form-unknown", path, {"form": gap.form, "known": said})
    return None


def _in_title(template: Template, path: Path, gap: Gap) -> Fault | None:
    """A title never vanishes, so what it says must be given."""
    fact = template.fact(gap.fact)
    if path[-1] != "title" or (fact and fact.required and not fact.needs and not gap.asks):
        return None
    return Fault("title-fact-optional", path, {"fact": gap.fact})


def _follows(template: Template) -> Iterator[Fault]:
    for name, following in template.follows.items():
        fact = template.fact(following.fact)
        if fact is None or fact.type is not FactType.TIME:
            times = ", ".join(one.name for one in template.facts if one.type is FactType.TIME)
            yield Fault("follows-no-time", ("follows", name, "fact"), {"known": times or "-"})


def _unused(template: Template) -> Iterator[Fault]:
    """A fact that nobody reads is asked in vain; one that is told in Polish only leaves others out."""
    said = {language: set(_said(wording)) for language, wording in template.texts.items()}
    elsewhere = {following.fact for following in template.follows.values()} | {
        one.needs for one in template.facts
    }
    elsewhere |= {name for text in template.lines.values() for name in _names(text)}
    for place, fact in enumerate(template.facts):
        if fact.name not in elsewhere.union(*said.values()):
            yield Fault("fact-unused", ("facts", place, "name"), {"fact": fact.name})
    first = said.get(FIRST_LANGUAGE, set())
    for language, names in said.items():
        for name in sorted(name for name in first - names if template.fact(name)):
            yield Fault("fact-not-told", ("texts", language, "body"), {"fact": name})


def _said(wording: Wording) -> Iterator[str]:
    for _, text in _wording((), wording):
        yield from _names(text)


def _names(text: str) -> Iterator[str]:
    try:
        yield from (gap.fact for gap, _ in gaps_of(text))
    except BrokenText:
        return
