"""The words of the system, from vocabulary.json: one file for Python, both pages, tests of rules and API."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _vocabulary() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    found: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_bytes())
    return found


def entries(kind: str) -> Sequence[Mapping[str, Any]]:
    """All words of a kind ("categories"), in the order in which they are shown."""
    return _vocabulary()[kind]


def values(kind: str) -> tuple[str, ...]:
    return tuple(entry["value"] for entry in entries(kind))


@cache
def of(kind: str, name: str) -> Mapping[str, Any]:
    """What is known of each word by value: `of("categories", "group")["failure"]`."""
    return {entry["value"]: entry[name] for entry in entries(kind)}
