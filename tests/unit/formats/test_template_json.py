"""The built-in templates: whole, in every language, short enough for a lock screen, nothing left unsaid."""

from __future__ import annotations

from collections.abc import Iterator

from shared import vocabulary
from shared.domain.completeness import Element, missing
from shared.domain.content import Hazard, Severity
from shared.domain.facts import given
from shared.domain.facts.render import Rendered, render
from shared.domain.facts.template import FactType, Template
from shared.fact_rules import fact_rules
from shared.formats.template_json import built_in, read_template, template_json
from tests.texts.templates import NOW, Facts, facts_of, needed, told, whole, words

LOCK_SCREEN = 100  # characters of the title that phones show at least
LEAST_TEMPLATES, LEAST_HAZARDS = 40, 20
LANGUAGES = tuple(fact_rules()["languages"])
AT_ONCE = {"Evacuate", "Shelter"}  # what nobody is told of a small thing


def rendered(facts: Facts | None = None) -> Iterator[tuple[str, Template, Facts, str, Rendered]]:
    for name, template in built_in().items():
        for one in [facts] if facts is not None else facts_of(template):
            for language in LANGUAGES:
                text = render(template, one, language, NOW)
                assert text is not None, (name, language)
                yield name, template, one, language, text


def test_every_language_of_alerts_says_facts():
    assert set(LANGUAGES) == set(vocabulary.values("languages"))


def test_there_are_enough_of_them_for_every_known_hazard():
    hazards = {template.values["event"] for template in built_in().values()}
    assert len(built_in()) >= LEAST_TEMPLATES
    assert len(hazards) >= LEAST_HAZARDS
    assert hazards == set(vocabulary.values("hazards"))


def test_a_built_in_template_is_read_as_any_other():
    for name, template in built_in().items():
        assert read_template(template_json(template)) == (template, False), name
        assert set(template.texts) == set(template.name) == set(LANGUAGES), name


def test_with_all_facts_nothing_is_left_open():
    for name, template, facts, language, text in rendered():
        where = f"{name} {language}"
        assert given.missing(template, facts) == [], where
        assert len(text.title) <= LOCK_SCREEN, where
        for part in (text.title, text.body, text.instruction):
            assert not set("{}[]…") & set(part), where
            assert ".." not in part, where
            assert part == "" or part[0].isupper() or not part[0].isalpha(), where


def test_with_no_facts_but_the_needed_ones_no_sentence_is_broken():
    for name, template in built_in().items():
        for language in LANGUAGES:
            text = render(template, needed(template), language, NOW)
            assert text is not None, name
            assert text.body.endswith((".", "?")), name
            for part in (text.body, text.instruction):
                assert not {"…", " .", " ,", ":."} & {part[i : i + 2] for i in range(len(part))}, name
                assert "…" not in part, name


def test_nothing_is_left_unsaid_and_the_action_stands_where_a_locked_phone_shows_it():
    """What is not known yet asks for the next information, and for nothing else."""
    found = [
        (name, one.language, one.element.value)
        for name, template in built_in().items()
        for facts in facts_of(template)
        for one in missing(told(template, facts))
        if facts != needed(template) or one.element is not Element.NEXT_INFO
    ]
    assert found == []


def test_whoever_promises_the_next_information_is_asked_when_it_comes():
    for name, template in built_in().items():
        contents = told(template, needed(template))
        if any(one.element is Element.NEXT_INFO for one in missing(contents)):
            asked = {fact.name for fact in template.facts if fact.type is FactType.TIME}
            assert asked & {"next", "until", "peak"}, name


def test_severity_urgency_certainty_and_response_agree():
    for name, template in built_in().items():
        said = {field: word.value for field, word in words(template).items()}
        if said["response"] == "AllClear":
            assert (said["urgency"], said["severity"]) == ("Past", "Minor"), name
        else:
            assert said["urgency"] != "Past", name
        if said["urgency"] == "Immediate":
            assert said["certainty"] == "Observed", name
        if said["severity"] == "Extreme":
            assert said["category"] == "warning", name
            assert said["urgency"] in ("Immediate", "Expected"), name
        if said["response"] in AT_ONCE:
            assert said["severity"] in ("Severe", "Extreme"), name
        assert words(template)["event"] in Hazard, name


def test_what_is_extreme_says_how_the_deaf_reach_help():
    for name, template, _, language, text in rendered():
        if words(template)["severity"] is Severity.EXTREME:
            assert "Alarm112" in text.instruction, (name, language)


def test_what_a_template_tells_of_a_telephone_is_the_contact():
    for name, template in built_in().items():
        asks = [fact.name for fact in template.facts if fact.type is FactType.TELEPHONE]
        assert bool(asks) == ("contact" in template.lines), name
        told_of = told(template, whole(template)).contact
        assert told_of == ("12 345 67 89" if asks else None), name
