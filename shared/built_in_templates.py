"""The templates that every municipality begins with, from templates/: by id, as the API writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

GROUPS = ("usual", "networks", "weather", "flood", "fire", "danger", "health", "transport", "events")
EXERCISES = "exercises"  # offered by their own entrance alone


@cache
def built_in_templates() -> Mapping[str, Mapping[str, Any]]:
    """In the order in which they are offered: what is sent most comes first, then group by group."""
    found: dict[str, Mapping[str, Any]] = {}
    for group in GROUPS:
        found |= _group(group)
    return {**found, **_group(EXERCISES)}


@cache
def exercises() -> frozenset[str]:
    """Ids of those whose alerts are exercises."""
    return frozenset(_group(EXERCISES))


def _group(name: str) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = json.loads(
        Path(__file__).with_name("templates").joinpath(f"{name}.json").read_bytes()
    )
    return found
