"""The matrix of rights (matrix.toml): read, and drawn as the table of docs/data.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

_FILE = tomllib.loads(Path(__file__).with_name("matrix.toml").read_text())
OPERATIONS: Mapping[str, str] = _FILE["operations"]
ACTORS: Mapping[str, str] = _FILE["actors"]
COLLECTIONS: Mapping[str, Mapping[str, str]] = _FILE["collections"]
EVERYBODY = "signed_in"  # whoever has a token

PAGE = Path(__file__).parents[2] / "docs" / "data.md"
BEGINS, ENDS = "<!-- rights: python -m tests.rules -->", "<!-- rights end -->"
_PATH = re.compile(r"`([a-z_]+(?:/[^`\s/]+)+)`")


def allowed(collection: str, actor: str) -> frozenset[str]:
    """The operations of an actor's cells."""
    named = COLLECTIONS[collection]
    everybody = named.get(EVERYBODY, "") if actor != "nobody" else ""
    return frozenset(f"{everybody} {named.get(actor, '')}".split())


def drawn() -> str:
    """Three tables of Markdown: who they are, what they may, and what nobody may."""
    rows = [f"| `{path}` | {_rights(path)} |" for path in COLLECTIONS if _rights(path)]
    closed = ", ".join(f"`{path}`" for path in COLLECTIONS if not _rights(path))
    parts = [
        "\n".join(["| actor | |", "|---|---|", *(f"| {name} | {text} |" for name, text in ACTORS.items())]),
        "\n".join(
            ["| operation | |", "|---|---|", *(f"| {name} | {text} |" for name, text in OPERATIONS.items())]
        ),
        "\n".join(["| collection | who may |", "|---|---|", *rows]),
        f"Nobody may do anything with {closed}.",
    ]
    return "\n\n".join(parts)


def _rights(path: str) -> str:
    """Actors with the same rights stand together."""
    by_rights: dict[frozenset[str], list[str]] = {}
    for actor in ACTORS:
        if found := allowed(path, actor):
            by_rights.setdefault(found, []).append(actor)
    return "; ".join(f"{_named(actors)}: {_in_order(found)}" for found, actors in by_rights.items())


def _named(actors: list[str]) -> str:
    return "whoever has a token" if set(actors) == set(ACTORS) - {"nobody"} else ", ".join(actors)


def _in_order(found: frozenset[str]) -> str:
    return " ".join(name for name in OPERATIONS if name in found)


def with_table(page: str) -> str:
    """The page with its table as the matrix has it now."""
    before, _, rest = page.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}\n{drawn()}\n{ENDS}{after}"


def documented(page: str) -> Iterator[str]:
    """Collections that the page describes, by their names alone: "alerts/history"."""
    for paragraph in page.partition(BEGINS)[0].split("\n\n"):
        if found := _PATH.match(paragraph.strip()):
            yield names_of(found[1])


def names_of(path: str) -> str:
    return "/".join(path.split("/")[::2])
