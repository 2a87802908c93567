"""`make chaos`: RUNS=100 alerts, SEED=1, at last to RESIDENTS=2000 (at most), the first with plan FIRST=0.
LEASE=2 seconds; more for a machine on which a wave takes longer. CHANNEL=stub: letters instead of pushes.
THREADS=3: every third run is of an update, a correction, a taking back or an all-clear; 1: each, 0: none.

The last line is one JSON object; the exit code is 0 only if every bound was kept.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from infra.local.processes import StartError
from infra.local.stack import Stack
from infra.local.stack_state import State
from tests.chaos import surroundings
from tests.chaos.media import Letters, Pushes, function_env
from tests.chaos.plan import Plan, plan_of
from tests.chaos.run import Chaos, Sent
from tests.chaos.saboteur import name_of
from tests.chaos.totals import Totals
from tests.chaos.town import MOST, Town
from tests.chaos.verdict import Verdict

FEWEST = 500  # residents of the first batch
BATCH = 10  # runs that are judged together


def _number(name: str, usual: int) -> int:
    text = os.environ.get(name) or str(usual)
    if not text.isdecimal():
        sys.exit(f"{name}={text}: give a number.")
    return int(text)


def _channel() -> str:
    name = os.environ.get("CHANNEL") or Pushes.name
    if name not in (Pushes.name, Letters.name):
        sys.exit(f"CHANNEL={name}: give {Pushes.name} or {Letters.name}.")
    return name


@dataclass(frozen=True)
class Wanted:
    """What the environment asks for."""

    runs: int
    seed: int
    residents: int
    first: int  # number of the first plan: FIRST=67 RUNS=1 repeats one of them
    lease: int  # seconds
    channel: str
    threads: int  # every so many runs are of what follows an alert

    @classmethod
    def from_environment(cls) -> Wanted:
        return cls(
            runs=_number("RUNS", 100),
            seed=_number("SEED", 1),
            residents=min(_number("RESIDENTS", MOST), MOST),
            first=_number("FIRST", 0),
            lease=_number("LEASE", 2),
            channel=_channel(),
            threads=_number("THREADS", 3),
        )


def _residents(batch: int, batches: int, most: int) -> int:
    """Growing from batch to batch, at last to the most."""
    fewest = min(FEWEST, most)
    return fewest + (most - fewest) * batch // max(1, batches - 1)


def _say(sent: Sent, verdict: Verdict) -> None:
    faults = ", ".join(map(name_of, sent.plan.faults))
    if sent.plan.follows:
        faults = f"{sent.plan.follows.what} after {sent.plan.follows.share}: {faults}"
    again = f", {verdict.again} again of {verdict.allowed_again} allowed" if verdict.again else ""
    part = f"{verdict.slices} slices, {verdict.takeovers} takeovers{again}"
    broken = f"  BROKEN: {'; '.join(verdict.faults)}" if verdict.faults else ""
    print(
        f"run {sent.plan.number:>3}: {verdict.pushed:>5} of {verdict.expected:>5} told, "
        f"{part}, {sent.seconds:4.1f} s  [{faults}]{broken}",
        flush=True,
    )


def _send(chaos: Chaos, plan: Plan) -> Sent:
    sent = chaos.send(plan)
    print(f"run {plan.number:>3} sent in {sent.seconds:4.1f} s, judged with its batch", flush=True)
    return sent


def _all_runs(chaos: Chaos, town: Town, totals: Totals, wanted: Wanted) -> None:
    ends = wanted.first + wanted.runs
    batches = [range(start, min(start + BATCH, ends)) for start in range(wanted.first, ends, BATCH)]
    for index, numbers in enumerate(batches):
        town.grow(_residents(index, len(batches), wanted.residents))
        sent = [_send(chaos, plan_of(totals.seed, number, wanted.threads)) for number in numbers]
        totals.broke(f"batch {index}", [f"not quiet: {left}" for left in [chaos.settle()] if left])
        for run, verdict in chaos.judged(sent):
            totals.add(run, verdict, town.size)
            _say(run, verdict)
        wrong = chaos.movers.wrongly_indexed()
        totals.broke(
            f"index after batch {index}", [f"{len(wrong)} of {len(chaos.movers)} movers"] * bool(wrong)
        )


def _failed_calls(stack: Stack) -> Mapping[str, int]:
    address = stack.address("firestore_faults_control")
    counts = requests.get(f"{address}/control", timeout=30).json()["counts"]
    failed: Counter[str] = Counter()
    for method, fates in counts.items():
        failed.update({f"{method} {fate}": n for fate, n in fates.items() if fate != "passed"})
    return failed


def _run(stack: Stack, wanted: Wanted, env: Mapping[str, str], letters: Path) -> tuple[bool, dict[str, Any]]:
    # shared/settings.py reads it once, when the first adapter is built
    os.environ.update({**stack.env(), **env})
    began = time.monotonic()
    medium = Pushes(stack) if wanted.channel == Pushes.name else Letters(letters)
    town = Town(stack, medium)
    chaos, totals = Chaos(stack, town, medium, wanted.lease), Totals(wanted.seed, wanted.channel)
    _all_runs(chaos, town, totals, wanted)
    saboteur = chaos.saboteur
    wall = time.monotonic() - began
    faults = saboteur.done + saboteur.provoked
    return totals.kept, totals.report(faults, saboteur.late, _failed_calls(stack), wall)


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job starts with SIGINT ignored
        signal.signal(number, signal.default_int_handler)
    wanted = Wanted.from_environment()
    folder = State.default().folder / "chaos"
    letters = folder / "letters.jsonl"
    env = function_env(wanted.channel, letters)
    what = f"{wanted.runs} runs over {wanted.channel} with seed {wanted.seed}"
    print(f"{what}; logs in {folder / 'logs'}", flush=True)
    try:
        letters.unlink(missing_ok=True)
        with surroundings.stack(folder, wanted.lease, env) as stack:
            kept, report = _run(stack, wanted, env, letters)
    except (StartError, TimeoutError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(json.dumps(report), flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
