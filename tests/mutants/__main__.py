"""Changes the rules line by line, and looks whether one of their tests fails.

python -m tests.mutants [FOLDER ...]: mutmut over shared/domain, shared/geo and shared/services, or some of
them (settings: pyproject.toml). What mypy refuses cannot land and meets no test; another mutant meets the
nearest tests that reach its function (choice.py). What was tried is kept in mutants/: a run over all folders
may be stopped and goes on later, one over some of them begins anew. `mutmut show NAME` shows a survivor.
Prints the survivors and the counts by folder; the last line is JSON, by folder in per cent: `killed` of those
tried, and `by_tests` of those that mypy let pass.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.local.processes import ROOT

FOLDERS = ("shared/domain", "shared/geo", "shared/services")
KEPT = ROOT / "mutants"
# Exit statuses of a mutant's tests, as mutmut keeps them; a test that never ends has noticed, too.
SURVIVED = {0: "survived", 5: "no test", 33: "no test"}
UNTRIED = {None, 2, 34}
REFUSED = 37  # by mypy


@dataclass(frozen=True)
class Folder:
    """Mutants of one folder with the exit status of their tests; None: not tried yet."""

    name: str
    statuses: Mapping[str, int | None]

    @property
    def tried(self) -> dict[str, int | None]:
        return {name: status for name, status in self.statuses.items() if status not in UNTRIED}

    @property
    def survivors(self) -> list[tuple[str, str]]:
        return [(name, SURVIVED[status]) for name, status in self.tried.items() if status in SURVIVED]

    @property
    def refused(self) -> int:
        return sum(status == REFUSED for status in self.tried.values())

    @property
    def percent(self) -> dict[str, float | None]:
        tried, lost = len(self.tried), len(self.survivors)
        return {
            "killed": _percent(tried - lost, tried),
            "by_tests": _percent(tried - self.refused - lost, tried - self.refused),
        }

    @property
    def line(self) -> str:
        left, lost = len(self.statuses) - len(self.tried), Counter(why for _, why in self.survivors)
        why = ", ".join(f"{count} {what}" for what, count in sorted(lost.items())) or "none survived"
        percent = self.percent
        return (
            f"{self.name}: {len(self.tried)} tried, {percent['killed']} % killed ({why}): "
            f"{self.refused} by mypy, of the others {percent['by_tests']} % by tests; {left} not tried"
        )


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def read(name: str, kept: Path = KEPT) -> Folder:
    statuses: dict[str, int | None] = {}
    for file in sorted((kept / name).rglob("*.meta")):
        statuses |= json.loads(file.read_text())["exit_code_by_key"]
    return Folder(name, statuses)


def try_all(folders: Iterable[str]) -> int:
    chosen = list(folders)
    names = [f"{folder.replace('/', '.')}.*" for folder in chosen] if set(chosen) < set(FOLDERS) else []
    command = [
        sys.executable,
        "-m",
        "mutmut",
        "run",
        "--max-children",
        os.environ.get("WORKERS", "2"),
        *names,
    ]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # where mutmut finds mypy
    return subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, "PATH": path}).returncode


def report(folders: Iterable[Folder]) -> Iterator[str]:
    found = list(folders)
    for folder in found:
        yield from (f"{why}: {mutant}" for mutant, why in folder.survivors)
    yield from (folder.line for folder in found)
    yield json.dumps({folder.name.rpartition("/")[2]: folder.percent for folder in found})


def main(chosen: list[str]) -> int:
    folders = chosen or list(FOLDERS)
    status = try_all(folders)
    print("\n".join(report(read(name) for name in folders)))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
