"""The question how many an area reaches, of the area alone or with what is known of the alert; the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.domain.content import Category, Group, Severity
from shared.domain.covered import plain
from shared.domain.reach import Reach
from shared.errors import InvalidInput
from shared.formats.content_json import read_fields, says_parts, told_by_parts
from shared.formats.coverage_json import area_coverage_json

_OF_THE_ALERT = frozenset({"category", "severity"})
_OPTIONAL = frozenset({"exercise", "send_at", "sound_at"})


@dataclass(frozen=True)
class Announced:
    """Of an alert still being written, what decides who gets it and who hears it; an Announcement."""

    category: Category
    severity: Severity
    exercise: bool = False
    sound_at: datetime | None = None
    send_at: datetime | None = None  # None: now

    @property
    def group(self) -> Group | None:
        return self.category.group

    def sent(self, now: datetime) -> datetime:
        """The moment it goes out; a time that has passed is now."""
        return max(self.send_at or now, now)


@dataclass(frozen=True)
class ReachForm:
    """Either `area`, GeoJSON, or `parts`; neither was looked into."""

    area: Mapping[str, Any] | None
    parts: object | None
    announced: Announced | None


def read_reach(body: object) -> ReachForm:
    """Whoever tells anything of the alert tells its category and severity. Raises InvalidInput."""
    told = isinstance(body, dict) and not body.keys().isdisjoint(_OF_THE_ALERT | _OPTIONAL)
    given = told_by_parts(body)
    required = {"parts" if says_parts(given) else "area"} | (_OF_THE_ALERT if told else frozenset())
    values, errors = read_fields(given, required, _OPTIONAL if told else frozenset())
    if errors:
        raise InvalidInput(errors)
    area, parts = values.pop("area", None), values.pop("parts", None)
    return ReachForm(area, parts, Announced(**values) if told else None)


def reach_json(reach: Reach) -> dict[str, Any]:
    """A figure of people is null for fewer than ten, perhaps nobody; asked too often there are none."""
    people = reach.people
    covered = {
        "addresses": reach.addresses,
        "covers": None if reach.covers is None else plain(reach.covers),
        "coverage": area_coverage_json(reach.coverage),
    }
    if people is None:
        return {**covered, "limited": True}
    figures = {"residents": people.residents, "phones": people.phones, "exact": people.exact}
    of_the_alert = {"muted": people.muted, "wakes": people.wakes} if people.announced else {}
    return {**covered, "limited": False, **figures, **of_the_alert}
