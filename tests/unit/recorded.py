"""The record of processing in docs/privacy.md, as tests compare it with what is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from infra.local.processes import ROOT

PAGE = ROOT / "docs" / "privacy.md"
_NAMED = re.compile(r"`([^`]+)`")
_ID = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class Line:
    """Of the record: `kind` with its ids replaced by stars; `fields` as paths with {names} in them."""

    kind: str
    fields: tuple[str, ...]
    basis: str
    kept: str
    seen_by: str


def table(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its first two rows."""
    _, _, below = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    assert below, f"docs/privacy.md has no heading {heading}"
    rows: list[list[str]] = []
    for line in below.splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows or line.startswith("## "):
            break
    return rows[2:]


def lines() -> list[Line]:
    return [
        Line(kind_of(_NAMED.findall(documents)[0]), tuple(_NAMED.findall(fields)), basis, kept, seen_by)
        for documents, fields, _, basis, kept, seen_by in table("The record")
    ]


def kind_of(path: str) -> str:
    names = path.split("/")
    return "/".join("*" if number % 2 else name for number, name in enumerate(names))


def field_paths(value: Any, above: str = "") -> Iterator[str]:
    """Of every value in a document; those of a list have the path of the list. An empty map is a value."""
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from field_paths(item, f"{above}.{name}" if above else name)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for item in value:
            yield from field_paths(item, above)
    else:
        yield above


class Record:
    """Which fields of which kind of document have a line."""

    def __init__(self) -> None:
        self._fields: dict[str, list[str]] = {}
        for line in lines():
            self._fields.setdefault(line.kind, []).extend(line.fields)

    @property
    def kinds(self) -> set[str]:
        return set(self._fields)

    def names(self) -> set[str]:
        """Every name that a field has, at any depth."""
        return {name for fields in self._fields.values() for field in fields for name in field.split(".")}

    def lacks(self, kind: str, document: dict[str, Any]) -> set[str]:
        """Paths in the document that no line names; of an empty map or null the lines below it count."""
        return {path for path in field_paths(document) if not self._has(kind, path)}

    def _has(self, kind: str, path: str) -> bool:
        wanted = self._fields.get(kind, [])
        return any(_pattern(field).fullmatch(path) or field.startswith(f"{path}.") for field in wanted)


def _pattern(field: str) -> re.Pattern[str]:
    return re.compile(r"[^.]+".join(re.escape(part) for part in _ID.split(field)))
