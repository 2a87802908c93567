"""Which facts are given, asked for, and missing; web-admin/js/facts/given.js judges the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shared.domain.facts.said import Value
from shared.domain.facts.template import Fact, Template

Facts = Mapping[str, Value | None]
_SEEN = re.compile(r"[^\s.]")


def is_given(template: Template, fact: Fact, facts: Facts) -> bool:
    """A fact without its switch is not, whatever was typed before."""
    switch = template.fact(fact.needs) if fact.needs else None
    if switch is not None and not is_given(template, switch, facts):
        return False
    value = facts.get(fact.name)
    if value is None or value is False:
        return False
    if isinstance(value, str):
        return _SEEN.search(value) is not None
    return not isinstance(value, Sequence) or any(name.strip() for name in value)


def is_asked(template: Template, fact: Fact, facts: Facts) -> bool:
    """Whether its switch, if it has one, is on."""
    switch = template.fact(fact.needs) if fact.needs else None
    return switch is None or is_given(template, switch, facts)


def missing(template: Template, facts: Facts) -> list[str]:
    """Names of the facts that the alert cannot go without."""
    return [
        fact.name
        for fact in template.facts
        if fact.required and is_asked(template, fact, facts) and not is_given(template, fact, facts)
    ]
