"""No block of code stands in two places: what is known twice is changed once and forgotten once."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from infra.local.processes import ROOT

MOST = 12  # lines in a row that may be alike; without empty ones, comments and imports
LEFT_OUT = ("#", "//", "import ", "from ")

Place = tuple[str, int]


def code(text: str) -> list[tuple[int, str]]:
    """The lines that count, with their numbers; how far they are indented does not."""
    lines = ((number, " ".join(line.split())) for number, line in enumerate(text.splitlines(), 1))
    return [(number, line) for number, line in lines if line and not line.startswith(LEFT_OUT)]


def copies(sources: Mapping[str, str]) -> list[list[Place]]:
    """Where each block of MOST + 1 lines begins that stands more than once."""
    found: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for name, text in sources.items():
        lines = code(text)
        for at in range(len(lines) - MOST):
            block = tuple(line for _, line in lines[at : at + MOST + 1])
            found[block].append((name, lines[at][0]))
    return [places for places in found.values() if len(places) > 1]


def tracked() -> Iterable[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.js", "*.mjs"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split() if (ROOT / name).exists()]


def test_no_block_of_code_is_copied():
    sources = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in tracked()}
    assert len(sources) > 500
    assert copies(sources) == []


def test_a_copy_is_seen_however_it_is_indented_and_commented():
    block = [f"call({number})" for number in range(MOST + 1)]
    other = [f"    {line}\n\n    # why" for line in block]
    sources = {"a.py": "\n".join(["import a", *block]), "b.py": "\n".join(["x = 1", *other])}
    assert copies(sources) == [[("a.py", 2), ("b.py", 2)]]


def test_what_is_alike_for_a_few_lines_is_no_copy():
    block = "\n".join(f"call({number})" for number in range(MOST))
    assert copies({"a.py": f"{block}\nreturn 1", "b.py": f"{block}\nreturn 2"}) == []
