"""Spin and the verifier that it generates: a model made, compiled and searched through to its end."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TOOLS = ("spin", "gcc")
MEMORY = 8_000  # MB; a search that wants more ends, and is not complete
DEPTH = 1_000_000  # steps; likewise

Defines = Mapping[str, int | None]  # of the preprocessor; None: defined without a value


class SearchError(Exception):
    """The tools failed, not the model."""


@dataclass(frozen=True)
class Search:
    """What a search found."""

    states: int
    depth: int
    megabytes: float
    seconds: float
    complete: bool  # no limit was met, every state is stored as it is
    errors: int
    broken: str | None  # the promise that was not kept
    idle: int  # steps of the model that nobody ever took
    output: str


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def searched(defines: Defines, cycles: bool = False, small: bool = False) -> Search:
    """The whole state space, until the first promise that is not kept.

    `cycles`: runs that never end, instead. `small`: to compile it well would take longer than the search.
    """
    with verifier(defines, cycles, small) as program:
        wanted = [f"-m{DEPTH}", *(["-l"] if cycles else [])]
        done = subprocess.run(
            [program, *wanted], cwd=program.parent, capture_output=True, text=True, check=False
        )
        return read(done.stdout + done.stderr)


@contextmanager
def verifier(defines: Defines, cycles: bool = False, small: bool = False) -> Iterator[Path]:
    """The verifier of a model, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="model-") as folder:
        place = Path(folder)
        for source in HERE.glob("*.pml"):
            shutil.copy(source, place)
        words = [f"-D{name}" if value is None else f"-D{name}={value}" for name, value in defines.items()]
        _run(["spin", "-a", *words, "delivery.pml"], place)
        kind, effort = "-DNP" if cycles else "-DSAFETY", "-O0" if small else "-O2"
        # -w: gcc warns of arrays whose bounds it cannot see in what Spin writes
        _run(["gcc", "-w", effort, kind, "-DNOREDUCE", f"-DMEMLIM={MEMORY}", "-o", "pan", "pan.c"], place)
        yield place / "pan"


def read(output: str) -> Search:
    """Raises SearchError when it is not the report of a search."""
    errors = re.search(r"depth reached (\d+), errors: (\d+)", output)
    states = re.search(r"^\s*(\d+) states, stored", output, re.MULTILINE)
    if errors is None or states is None:
        raise SearchError(output)
    limited = re.search(
        r"search depth too small|Search not completed|memory|hash-compact|Bit statespace", _limits(output)
    )
    return Search(
        states=int(states[1]),
        depth=int(errors[1]),
        megabytes=_number(r"([\d.]+)\s+total actual memory usage", output),
        seconds=_number(r"elapsed time ([\d.e+-]+) seconds", output),
        complete=limited is None,
        errors=int(errors[2]),
        broken=_broken(output),
        idle=int(_number(r"unreached in proctype everybody\n(?:\t.*\n)*?\t\((\d+) of", output)),
        output=output,
    )


def _limits(output: str) -> str:
    """The lines in which a search says that it met a limit, without the statistics of its memory."""
    return "\n".join(line for line in output.splitlines() if not re.search(r"memory (usage|used)", line))


def _number(pattern: str, output: str) -> float:
    found = re.search(pattern, output)
    return float(found[1]) if found else 0.0


def _broken(output: str) -> str | None:
    if re.search(r"^pan:\d+: non-progress cycle", output, re.MULTILINE):
        return "EVERY_RUN_ENDS"
    found = re.search(r"assertion violated .*\|\|\((\d+)==0\)\)", output)
    return promises()[int(found[1])] if found else None


def promises() -> dict[int, str]:
    """By the number that Spin gives them: it numbers the words of a type from the last one."""
    declared = re.search(r"mtype:promise = \{(.*?)\}", (HERE / "words.pml").read_text(), re.DOTALL)
    if declared is None:
        raise SearchError("words.pml declares no promises")
    words = [word.strip() for word in declared[1].split(",")]
    return {len(words) - place: word for place, word in enumerate(words)}


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SearchError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
