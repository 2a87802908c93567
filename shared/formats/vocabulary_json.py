"""The vocabulary as the staff's API answers it: every word with its label, every field, every action.

The staff's page draws what stands here; openapi.yaml has the shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from shared import vocabulary
from shared.domain.alert import State
from shared.domain.content import Content, Spec, Text, Type, specs
from shared.domain.lifecycle import SCOPED, TABLE, Action, Role, may_ever
from shared.entry_rules import rules
from shared.fact_rules import fact_rules
from shared.labels import found, label, labelled

Json = dict[str, Any]

# Kinds of words, and what labels.json calls one of them.
_LABELLED = {
    "groups": "group",
    "categories": "category",
    "severities": "severity",
    "kinds": "kind",
    "hazards": "hazard",
    "cap_categories": "cap_category",
    "urgencies": "urgency",
    "certainties": "certainty",
    "responses": "response",
}
_WORDS_OF = {"event": "hazards", "category": "categories", "severity": "severities"}
_WORDS_OF |= {"urgency": "urgencies", "certainty": "certainties", "response": "responses"}

# Not for a form that draws what is listed: a page of before these types would ask for a line of text.
_STRUCTURED = frozenset({Type.PARTS, Type.COVERS})


def vocabulary_json(languages: Sequence[str], roles: Set[str], language: str) -> Json:
    """`languages`: of the municipality; `roles`: of the caller; `language`: of the labels."""
    words = {
        kind: [_word(entry, one, language) for entry in vocabulary.entries(kind)]
        for kind, one in _LABELLED.items()
    }
    return {
        "language": language,
        **words,
        "roles": [_role(entry, language) for entry in vocabulary.entries("roles")],
        "states": [_state(entry, language) for entry in _states()],
        "filters": list(_filters(language)),
        "channels": [{"value": one, "label": label("channel", one, language)} for one in labelled("channel")],
        "unmoved": found("moment", "changed", language),
        "steps": [{"value": step.value, "label": label("step", step, language)} for step in Action],
        "languages": _languages(languages),
        "fields": [_field(one, language) for one in specs(Content).values() if _is_entered(one)],
        "actions": list(_actions(roles, language)),
        "entry": rules(),
        "facts": fact_rules(),
    }


def known_hazard(event: object) -> Mapping[str, Any]:
    """What is known of a kind of hazard, by its value; nothing of one that is not in the vocabulary."""
    return next((one for one in vocabulary.entries("hazards") if one["value"] == event), {})


def _is_entered(spec: Spec) -> bool:
    return not (spec.derived or spec.type in _STRUCTURED)


def _word(entry: Mapping[str, Any], kind: str, language: str) -> Json:
    value = entry["value"]
    return {
        **entry,
        "label": label(kind, value, language),
        "help": found(f"{kind}_help", value, language),
    }


def _role(entry: Mapping[str, Any], language: str) -> Json:
    """With what a form of somebody's rights asks: whether it can be had for a part, and sent alone with."""
    role = {entry["value"]}
    return {
        **_word(entry, "role", language),
        "scoped": role <= SCOPED,
        "sends_alone": role == {Role.AUTHOR.value},
    }


def _states() -> Iterator[Mapping[str, Any]]:
    """Those that this release has; the file also knows words of others."""
    return (entry for entry in vocabulary.entries("states") if State(entry["value"]).known)


def _state(entry: Mapping[str, Any], language: str) -> Json:
    value, moment, awaits = entry["value"], entry["moment"], entry.get("awaits")
    return {
        "value": value,
        "label": label("state", value, language),
        "colour": entry["colour"],
        "open": entry["open"],
        "public": entry["public"],
        "moment": moment and {"field": moment, "label": found("moment", value, language)},
        "awaits": awaits and {"action": awaits, "text": found("awaits", value, language)},
    }


def _filters(language: str) -> Iterator[Json]:
    chosen: dict[str, list[str]] = {"all": []}
    for entry in _states():
        chosen.setdefault(entry["filter"], []).append(entry["value"])
    for name, states in chosen.items():
        yield {"value": name, "label": label("filter", name, language), "states": states}


def _languages(served: Sequence[str]) -> list[Json]:
    """The municipality's, in its order, each in its own language; the first is always written."""
    names = vocabulary.of("languages", "name")
    return [
        {
            "value": one,
            "label": names.get(one, one),
            "required": number == 0,
            "exercise_mark": f"{label('mark', 'exercise', one)}: ",
        }
        for number, one in enumerate(served)
    ]


def _field(spec: Spec, language: str) -> Json:
    asked = {group.value for group in spec.required_of}
    groups = vocabulary.of("categories", "group")
    parts = specs(Text).values() if spec.name == "texts" else ()
    return {
        "name": spec.name,
        "label": label("field", spec.name, language),
        "help": found("field_help", spec.name, language),
        "type": spec.type.value,
        "words": _WORDS_OF.get(spec.name),
        "required": spec.required,
        "required_of": [category for category, group in groups.items() if group in asked],
        "longest": spec.longest,
        "public": spec.public,
        "parts": [_field(part, language) for part in parts],
    }


def _actions(roles: Set[str], language: str) -> Iterator[Json]:
    """In the order of the buttons. Whether one is possible now, each alert's `actions` say."""
    named = {rule.action.value for rule in TABLE if Role.SYSTEM not in rule.who} | {Action.CREATE.value}
    for entry in vocabulary.entries("actions"):
        value = entry["value"]
        if value in named:
            yield {
                "value": value,
                "label": label("action", value, language),
                "style": entry["style"],
                "form": entry["form"],
                "if_match": entry["if_match"],
                "may": _may(Action(value), roles),
                "question": _question(entry, language),
                "notices": _texts(found("notice", value, language) or {}),
            }


def _may(action: Action, roles: Set[str]) -> bool:
    """Whoever may edit a draft may begin one."""
    return may_ever(Action.EDIT if action is Action.CREATE else action, roles)


def _question(entry: Mapping[str, Any], language: str) -> Json | None:
    if entry["question"] is None:
        return None
    told = found("question", entry["value"], language) or {}
    texts = _texts({when: told[when] for when in entry["question"]["texts"] if when in told})
    title = told.get("title") or label("action", entry["value"], language)
    shown, asks = entry["question"]["shows_reach"], entry["question"].get("asks")
    return {"title": title, "shows_reach": shown, "texts": texts, "asks": asks}


def _texts(by_moment: Mapping[str, str]) -> list[Json]:
    return [{"when": when, "text": text} for when, text in by_moment.items()]
