"""Whether the model can do what the exploration saw: `python -m tests.model.replay TRACES`.

TRACES is what `python -m tests.explore --traces 1300 --out TRACES` writes; WANTED=1000 so many are replayed.
The last line is one JSON object; the exit code is 0 only if the model can do each of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.model.spin import Defines, SearchError, missing_tools, verifier
from tests.model.traces import (
    NOBODY,
    STEPS,
    Event,
    ForeignError,
    Limits,
    TooLargeError,
    Trace,
    agents,
    by_seed,
    parsed,
    told,
)

LIMITS = Limits()
MODEL: Defines = {
    "REPLAY": None,
    "WORKERS": LIMITS.agents,
    "ROUNDS": LIMITS.rounds,
    "SLICES": LIMITS.slices,
    "CRASHES": 250,
    "SLOW": 250,
}
DEPTH = 20_000


@dataclass(frozen=True)
class Refused:
    """A trace that the model cannot do: up to this event it can, for all that is known."""

    seed: int
    event: int
    tail: Sequence[Event]  # the events until then, the last of them is refused


@dataclass(frozen=True)
class Replay:
    replayed: int
    refused: Sequence[Refused]
    foreign: int  # the model does not know what happens in them
    too_large: int


def replayed(lines: Iterable[str], wanted: int | None = None) -> Replay:
    """Of the traces in the order of their seeds, as many as are wanted."""
    traces: list[Trace] = []
    foreign = too_large = 0
    for seed, group in by_seed(parsed(lines)):
        if len(traces) == wanted:
            break
        try:
            trace = told(seed, group, LIMITS)
            agents(trace, LIMITS)
        except ForeignError:
            foreign += 1
        except TooLargeError:
            too_large += 1
        else:
            traces.append(trace)
    refused = refusals(traces)
    return Replay(len(traces) - len(refused), refused, foreign, too_large)


def refusals(traces: Sequence[Trace]) -> list[Refused]:
    """One search of the model, led by all the traces."""
    with verifier(MODEL, small=True) as program:
        (program.parent / "traces.in").write_text(_as_numbers(traces))
        command = [str(program), f"-m{DEPTH}"]
        done = subprocess.run(command, cwd=program.parent, capture_output=True, text=True, check=False)
    verdicts = [
        line.split() for line in done.stdout.splitlines() if line.startswith(("replayed ", "refused "))
    ]
    if len(verdicts) != len(traces) or "too small" in done.stdout:
        raise SearchError(done.stdout + done.stderr)
    return [
        _refused(traces[int(number)], int(event))
        for verdict, number, event, _ in verdicts
        if verdict == "refused"
    ]


def _refused(trace: Trace, event: int) -> Refused:
    return Refused(trace.seed, event, trace.events[max(0, event - 8) : event + 1])


def _as_numbers(traces: Sequence[Trace]) -> str:
    """What replay.pml reads."""
    rows = [f"{len(traces)} {sum(len(trace.events) for trace in traces)}"]
    for trace in traces:
        given = agents(trace, LIMITS)
        parts = range(LIMITS.rounds * LIMITS.slices)
        rows.append(" ".join(map(str, (len(trace.events), *(trace.waves.get(part, 0) for part in parts)))))
        rows += [
            f"{STEPS.index(event.step)} {given.get(event.run, NOBODY)} {event.at}" for event in trace.events
        ]
    return "\n".join(rows) + "\n"


def main() -> int:
    if missing := missing_tools():
        sys.exit(f"{' and '.join(missing)} missing. On Debian: sudo apt-get install spin gcc")
    if len(sys.argv) != 2:
        sys.exit("Which traces? python -m tests.explore --traces 1300 --out traces.txt writes some.")
    with Path(sys.argv[1]).open() as lines:
        found = replayed(lines, int(os.environ.get("WANTED", "1000")))
    for refusal in found.refused[:10]:
        told_steps = " ".join(f"{event.step}({event.run},{event.at})" for event in refusal.tail)
        print(f"seed {refusal.seed}, refused at event {refusal.event}: {told_steps}")
    report = {
        "replayed": found.replayed,
        "refused": len(found.refused),
        "foreign": found.foreign,
        "too_large": found.too_large,
    }
    print(json.dumps(report))
    return 1 if found.refused else 0


if __name__ == "__main__":
    sys.exit(main())
