"""The built-in templates: whole, in every language, short enough for a lock screen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from shared import vocabulary
from shared.domain.facts.given import missing
from shared.domain.facts.render import render
from shared.domain.facts.said import Value
from shared.domain.facts.template import FactType, Template
from shared.fact_rules import fact_rules
from shared.formats.template_json import built_in, read_template, template_json

NOW = datetime(2026, 12, 1, 1, 10, tzinfo=UTC)
LOCK_SCREEN = 100  # characters of the title that phones show at least
SAMPLES: dict[FactType, Value] = {
    FactType.NAMES: ["ul. Różana", "ul. Józefa Piłsudskiego"],
    FactType.TIME: NOW + timedelta(hours=30),
    FactType.DAY: date(2026, 12, 10),
    FactType.TELEPHONE: "12 345 67 89",
    FactType.TEXT: "plac przy szkole",
    FactType.NUMBER: 90,
    FactType.SWITCH: True,
}
LANGUAGES = tuple(fact_rules()["languages"])
every_template = pytest.mark.parametrize("template", built_in().values(), ids=built_in())
every_language = pytest.mark.parametrize("language", LANGUAGES)


def whole(template: Template) -> dict[str, Value | None]:
    return {fact.name: SAMPLES[fact.type] for fact in template.facts}


def test_every_language_of_alerts_says_facts():
    assert set(LANGUAGES) == set(vocabulary.values("languages"))


@every_template
def test_a_built_in_template_is_read_as_any_other(template):
    assert read_template(template_json(template)) == (template, False)
    assert template.values["event"] in vocabulary.values("hazards")
    assert set(template.texts) == set(template.name) == set(LANGUAGES)


@every_template
@every_language
def test_with_all_facts_nothing_is_left_open(template, language):
    facts = whole(template)
    text = render(template, facts, language, NOW)
    assert missing(template, facts) == []
    assert len(text.title) <= LOCK_SCREEN
    for part in (text.title, text.body, text.instruction):
        assert not set("{}[]…") & set(part)
        assert ".." not in part
        assert part == "" or part[0].isupper() or not part[0].isalpha()


@every_template
@every_language
def test_with_no_facts_but_the_needed_ones_no_sentence_is_broken(template, language):
    facts = {fact.name: SAMPLES[fact.type] for fact in template.facts if fact.required and not fact.needs}
    text = render(template, facts, language, NOW)
    assert missing(template, facts) == []
    assert text.body.endswith((".", "?"))
    for part in (text.body, text.instruction):
        assert not {"…", " .", " ,", ":."} & {part[i : i + 2] for i in range(len(part))}
        assert "…" not in part
