"""What the built-in templates say: with every fact, with the needed ones, of streets and of a village."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.domain.content import Content, Text, Type, specs
from shared.domain.facts.follow import area_name, lines, times
from shared.domain.facts.render import render
from shared.domain.facts.said import Value
from shared.domain.facts.template import FactType, Template
from shared.domain.words import Word
from shared.formats.template_json import built_in
from shared.formats.vocabulary_json import known_hazard

NOW = datetime(2026, 12, 1, 1, 10, tzinfo=UTC)
SAMPLES: Mapping[FactType, Value] = {
    FactType.NAMES: ["ul. Różana", "ul. Józefa Piłsudskiego"],
    FactType.TIME: NOW + timedelta(hours=30),
    FactType.DAY: date(2026, 12, 10),
    FactType.TELEPHONE: "12 345 67 89",
    FactType.TEXT: "plac przy szkole",
    FactType.NUMBER: 90,
    FactType.SWITCH: True,
}
VILLAGE = ["Zawada"]
Facts = dict[str, Value | None]


def whole(template: Template) -> Facts:
    return {fact.name: SAMPLES[fact.type] for fact in template.facts}


def needed(template: Template) -> Facts:
    return {fact.name: SAMPLES[fact.type] for fact in template.facts if fact.required and not fact.needs}


def facts_of(template: Template) -> tuple[Facts, ...]:
    return whole(template), needed(template), {**whole(template), "where": VILLAGE}


def told(template: Template, facts: Facts) -> Content:
    """The content as it follows from template, kind of hazard and facts."""
    said = {code: render(template, facts, code, NOW) for code in template.texts}
    texts = {code: Text(one.title, one.body, one.instruction or None) for code, one in said.items() if one}
    names = facts["where"]
    given = {name: text or None for name, text in lines(template, facts, NOW).items()}
    fields: dict[str, Any] = {**words(template), **given, **times(template, facts, NOW)}
    area = area_name(names if isinstance(names, list) else [])
    return Content(texts=texts, area="", area_name=area, **fields)


def words(template: Template) -> dict[str, Word]:
    """Category, severity and the like: the template's own, else its hazard's."""
    proposed = {
        **known_hazard(template.values["event"]),
        "event": template.values["event"],
        **template.values,
    }
    return {
        name: spec.words(proposed[name])
        for name, spec in specs(Content).items()
        if spec.type is Type.WORD and spec.words is not None and name in proposed
    }


def told_texts() -> list[Content]:
    """Each language by itself."""
    contents = [told(template, facts) for template in built_in().values() for facts in facts_of(template)]
    return [replace(one, texts={code: text}) for one in contents for code, text in one.texts.items()]
