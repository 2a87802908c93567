"""The words of the public pages, and moments as people say them; they stand in words.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shared import vocabulary
from shared.domain.content import FIRST_LANGUAGE
from shared.labels import label

LANGUAGES = vocabulary.values("languages")
DEFAULT = FIRST_LANGUAGE
WARSAW = ZoneInfo("Europe/Warsaw")


@cache
def table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Words:
    """Called in templates: `words("sent")`, `words("map_of", area=...)`, `words.label("kind", "update")`."""

    language: str

    def __call__(self, key: str, /, **values: object) -> str:
        found: Any = table()[self.language]
        for part in key.split("."):
            found = found[part]
        return str(found).format(**values)

    def counted(self, key: str, number: int, /, **values: object) -> str:
        """Of the forms `one`, `few`, `many` of a key the one that goes with the number (Unicode CLDR)."""
        return self(f"{key}.{_form(self.language, number)}", number=self.number(number), **values)

    def number(self, number: int) -> str:
        """Thousands set off by a space that does not break."""
        return f"{number:,}".replace(",", "\u00a0")

    def label(self, kind: str, value: str) -> str:
        """A word of the vocabulary; one of a later release is shown plainly."""
        return label(kind, value, self.language)

    def moment(self, at: datetime) -> str:
        """With weekday and year, as the clocks in Poland show it."""
        local, said = at.astimezone(WARSAW), table()[self.language]["time"]
        form: str = said["form"]
        return form.format(
            weekday=said["weekdays"][local.weekday()],
            day=local.day,
            month=said["months"][local.month - 1],
            year=local.year,
            clock=self._clock(local, said),
        )

    @staticmethod
    def _clock(local: datetime, said: Any) -> str:
        """In the hour that clocks show twice with its season: "2:30 (summer time)"."""
        shown = local.strftime("%H:%M")
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
            return shown
        return f"{shown} ({said['winter' if local.fold else 'summer']})"

    def length(self, metres: int) -> str:
        if metres >= 1000:
            return self("kilometres", number=metres // 1000)
        return self("metres", number=metres)


def _form(language: str, number: int) -> str:
    """Ukrainian says "21 adresa" as one, Polish does not; English has no `few`."""
    last, teens = number % 10, number % 100 in (11, 12, 13, 14)
    if number == 1 or (language == "uk" and last == 1 and not teens):
        return "one"
    return "few" if language != "en" and last in (2, 3, 4) and not teens else "many"


def iso(at: datetime) -> str:
    """For `<time datetime>` and JSON: "2026-11-22T01:10:00Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
