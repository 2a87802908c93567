"""Writes docs/performance.md, and the tables of docs/scale.md, from the kept last lines of the benchmarks.

python -m benchmarks.page
"""

from __future__ import annotations

import operator
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import page_scale
from benchmarks.outcome import kept
from infra.local.processes import ROOT

TEXTS = Path(__file__).with_name("page.toml")
PAGE = ROOT / "docs" / "performance.md"
INTRODUCTION = """# Performance

Written by `make bench` (`python -m benchmarks.page` writes it again) from the last lines of the benchmarks;
words are in `benchmarks/page.toml`. Nothing fails because a machine is slow: a goal is a ratio of two things
measured in one run, a count, or a time on an emulated network that is slower still.
Each benchmark first checks that its own result is right: nobody missed, nobody twice.
"""
_RELATIONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
}

Texts = Mapping[str, Any]


def benchmarks() -> Sequence[Texts]:
    found: Sequence[Texts] = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["benchmark"]
    return found


def names() -> list[str]:
    return [one["name"] for one in benchmarks()]


def write() -> None:
    sections = ["\n".join(section(one, kept(one["name"]))) for one in benchmarks()]
    PAGE.write_text("\n\n".join([INTRODUCTION.strip(), *sections]) + "\n", encoding="utf-8")
    page_scale.write()


def section(of: Texts, run: Mapping[str, Any] | None) -> Iterator[str]:
    yield f"## {of['name']}\n\n{of['what']}\n"
    result = run["result"] if run else {}
    yield "| figure | goal | result | |\n|---|---|---|---|"
    for key, relation, number in of["goals"]:
        goal, said = f"{relation} {_text(number)}", _verdict(result, key, relation, number)
        yield f"| `{key}` | {goal} | {_text(result.get(key))} | {said} |"
    for key in of["shown"]:
        yield from _rows(key, result.get(key))
    yield f"\n- command: `make bench B={of['name']}`, or `python -m benchmarks.{of['name']}`"
    yield f"- size: {of['size']}"
    about = f"{run['machine']}; {run['date']}; {run['seconds']} s" if run else "not run yet"
    yield f"- machine: {about}"
    yield f"- limited by: {of['limits']}"


def _rows(key: str, value: object) -> Iterator[str]:
    """One row a figure; a table within becomes rows of its own."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _rows(f"{key}.{name}", inner)
    else:
        yield f"| `{key}` | | {_text(value)} | |"


def _verdict(result: Mapping[str, Any], key: str, relation: str, number: object) -> str:
    if result.get(key) is None:
        return "not measured"
    values = list(_values(result[key]))
    return "met" if all(_RELATIONS[relation](value, number) for value in values) else "**missed**"


def _values(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _values(inner)
    else:
        yield value


def _text(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:,}"
        case _:
            return str(value)


if __name__ == "__main__":
    write()
