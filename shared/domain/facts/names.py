"""Names of streets and localities as one enumeration: "Zawada, ul. Różana, Polna i os. Słoneczne"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shared.fact_rules import fact_rules


def joined_names(names: Iterable[str], language: str, most: int) -> str:
    """Each once; the kind of street once for all that have it; "" of none.

    What has no kind comes first: "ul. Różana i Zawada" would make a street of the village.
    """
    words = fact_rules()["languages"][language]
    said = _with_kinds(_cleaned(names), words["prefixes"])
    if len(said) > most:
        return f"{', '.join(said[: max(most - 1, 1)])}{words['others']}"
    return f"{', '.join(said[:-1])}{words['and']}{said[-1]}" if len(said) > 1 else "".join(said)


def _cleaned(names: Iterable[str]) -> list[str]:
    """A comma within a name would look like that between two: "ul. Różana, Zawada"."""
    return list(dict.fromkeys(_one(name) for name in names if name.strip()))


def _one(name: str) -> str:
    plain = " ".join(name.split())
    if "(" in plain:
        return plain  # what stands in brackets already
    first, *rest = [part.strip() for part in plain.split(",")]
    more = ", ".join(part for part in rest if part)
    return f"{first} ({more})" if more else first


def _with_kinds(names: Sequence[str], translated: Mapping[str, Any]) -> list[str]:
    grouped: dict[str, list[str]] = {"": []}
    for name in names:
        kind, _, rest = name.partition(" ")
        known = bool(rest) and kind in fact_rules()["prefixes"]
        grouped.setdefault(kind if known else "", []).append(rest if known else name)
    return [
        f"{translated.get(kind, kind)} {name}" if kind and place == 0 else name
        for kind, members in grouped.items()
        for place, name in enumerate(members)
    ]
