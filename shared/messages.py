"""The words for every error code, in the languages of the staff's page; they stand in messages.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from shared import vocabulary

LANGUAGES = tuple(one["value"] for one in vocabulary.entries("languages") if one["staff"])
Params = Mapping[str, str | int | float]


class _Given(dict[str, object]):
    """A parameter that an error lacks leaves a gap, not a second error."""

    def __missing__(self, name: str) -> str:
        return "…"


@cache
def words() -> Mapping[str, Any]:
    """`problems`: code -> title, detail by language; `fields`: code -> detail by language."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def problem_words(code: str, params: Params, language: str) -> tuple[str, str]:
    """Title and detail; a code without words gets those of "internal"."""
    problems = words()["problems"]
    found = problems.get(code, problems["internal"])
    return _filled(found["title"][language], params), _filled(found["detail"][language], params)


def field_detail(code: str, params: Params, language: str) -> str:
    """What is wrong with a field; a code without words says itself."""
    found = words()["fields"].get(code)
    return _filled(found[language], params) if found else code


def _filled(text: str, params: Params) -> str:
    return text.format_map(_Given(params))
