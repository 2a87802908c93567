"""How people read the words of the vocabulary; the words stand in labels.json, by language."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FALLBACK = "pl"


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_bytes())
    return table


def label(kind: str, value: str, language: str) -> str:
    """As it is shown: in Polish where the language has no label, plainly as it is where nobody knows it."""
    return str(found(kind, value, language) or plain(value))


def found(kind: str, value: str, language: str) -> Any:
    """The label, or the table of labels, of a word; None when there is none in the language nor in Polish."""
    table = _table()
    for told in (language, FALLBACK):
        entry = table.get(told, {}).get(kind, {}).get(value)
        if entry is not None:
            return entry
    return None


def has(kind: str, value: str, language: str) -> bool:
    """Whether the language itself has the label."""
    return value in _table().get(language, {}).get(kind, {})


def labelled(kind: str) -> tuple[str, ...]:
    """The words of a kind that have a label, in order."""
    return tuple(_table()[FALLBACK][kind])


def plain(value: str) -> str:
    """A word of a later release: "black_ice" is shown as "Black ice"."""
    return value[:1].upper() + value[1:].replace("_", " ")
