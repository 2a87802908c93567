"""What else follows from the facts: until when the alert holds, the area's name, who says it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from shared.domain.facts.given import Facts, is_given
from shared.domain.facts.names import joined_names
from shared.domain.facts.render import line
from shared.domain.facts.template import Template
from shared.fact_rules import fact_rules

HOUR = timedelta(hours=1)


def times(template: Template, facts: Facts, now: datetime) -> dict[str, datetime | None]:
    """`expires`, `event_ends`, `next_info`, those that follow; UTC.

    Without its fact an alert expires so many hours after `now`, when it goes out, at a full hour.
    """
    found = {name: _time(template, name, facts) for name in template.follows}
    return {**found, "expires": found.get("expires") or _next_hour(now + template.hours * HOUR)}


def lines(template: Template, facts: Facts, now: datetime) -> dict[str, str]:
    """`source` and `contact`, those that the template has."""
    return {name: line(template, text, facts, now) for name, text in template.lines.items()}


def area_name(names: Iterable[str]) -> str:
    """In the first language, as many names as the field holds."""
    all_names = list(names)
    said = ""
    for most in range(max(len(all_names), 1), 0, -1):
        said = joined_names(all_names, fact_rules()["first"], most)
        if len(said) <= fact_rules()["area_name_longest"]:
            break
    return said


def _time(template: Template, name: str, facts: Facts) -> datetime | None:
    following = template.follows[name]
    fact = template.fact(following.fact)
    value = facts.get(following.fact)
    if fact is None or not isinstance(value, datetime) or not is_given(template, fact, facts):
        return None
    return value + following.hours * HOUR


def _next_hour(moment: datetime) -> datetime:
    whole = moment.replace(minute=0, second=0, microsecond=0)
    return whole if whole == moment else whole + HOUR
