"""`make explore`: SEEDS=10000 lives of an alert and of a resident, from FIRST=1 on; a million take an hour.

A seed that fails is printed step by step, and so is the only one of SEEDS=1: `make explore FIRST=123 SEEDS=1`
plays it again exactly. The last line is one JSON object; the exit code is 0 only if no seed failed and, of
many seeds, every kind of fault hit often enough.

--bugs     each planted mistake, and the first seed that finds it
--traces   the steps of so many seeds into the file --out, for the model to replay (trace.py says how)
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import time
from pathlib import Path

from tests.explore.bugs import BUGS
from tests.explore.fate import KINDS
from tests.explore.seeds import Found, explored, first_failure, played
from tests.explore.town import towns
from tests.explore.trace import Trace, exported

SHOWN = 3  # failing seeds that are printed
FOUND_WITHIN = 10_000  # seeds
OFTEN = 0.01  # a share of the seeds; every kind of fault has to hit in so many ...
MANY = 2_000  # ... of so many or more
OF_THE_WORLD = (
    "cancel", "dead", "edited", "expiry", "lost-call", "lost-send", "movers", "named", "older-release",
    "passing", "second-round", "skew", "smaller", "threads", "throttled", "two-channels", "two-starters",
    "two-sweeps",
)  # fmt: skip


def main() -> int:
    logging.disable(logging.CRITICAL)
    asked = _asked()
    if asked.bugs:
        return _bugs(asked.first)
    if asked.traces:
        return _traces(asked.first, asked.traces, Path(asked.out))
    return _explore(asked.first, asked.seeds)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.explore", description=__doc__)
    parser.add_argument("--first", type=int, default=_number("FIRST", 1))
    parser.add_argument("--seeds", type=int, default=_number("SEEDS", 10_000))
    parser.add_argument("--bugs", action="store_true")
    parser.add_argument("--traces", type=int, default=0)
    parser.add_argument("--out", default="traces.txt")
    return parser.parse_args()


def _number(name: str, usual: int) -> int:
    text = os.environ.get(name) or str(usual)
    if not text.isdecimal():
        sys.exit(f"{name}={text}: give a number.")
    return int(text)


def _explore(first: int, seeds: int) -> int:
    began, found = time.monotonic(), Found()
    for part in explored(first, seeds):
        before = found.seeds
        found.add(part)
        if found.seeds * 20 // seeds > before * 20 // seeds and seeds >= MANY:
            print(f"{found.seeds} seeds, {len(found.failed)} failed", file=sys.stderr)
    for seed in found.failed[:SHOWN] if seeds > 1 else [first]:
        _show(seed)
    shares = {kind: found.faults[kind] / found.seeds for kind in (*KINDS, *OF_THE_WORLD)}
    rare = sorted(kind for kind, share in shares.items() if share < OFTEN) if seeds >= MANY else []
    summary = {
        "seeds": found.seeds,
        "first": first,
        "violations": len(found.failed),
        "failed": found.failed[:100],
        "seconds": round(time.monotonic() - began, 1),
        "steps": found.steps,
        "faults": {kind: round(share, 4) for kind, share in sorted(shares.items())},
        "rare": rare,
    }
    print(json.dumps(summary))
    return 1 if found.failed or rare else 0


def _show(seed: int) -> None:
    """The steps of a seed, and what is wrong in the end."""
    delivery, index = Trace(), Trace()
    with towns():
        result = played(seed, delivery, index)
    print(f"seed {seed}: the delivery", *delivery.lines(), sep="\n")
    print(f"seed {seed}: the index", *index.lines(), sep="\n")
    print(f"seed {seed}: {'; '.join(result.violations) or 'as it should be'}")


def _bugs(first: int) -> int:
    """Each bug has to be found, and none is where no bug is planted."""
    missed = []
    for name, bug in BUGS.items():
        began = time.monotonic()
        with towns(), bug():
            failure = first_failure(range(first, first + FOUND_WITHIN))
        if failure is None:
            missed.append(name)
        told = f"seed {failure.seed}: {failure.violations[0]}" if failure else "NOT FOUND"
        print(f"{name:<28} {time.monotonic() - began:6.1f} s  {told}"[:160], flush=True)
    print(json.dumps({"bugs": len(BUGS), "missed": missed}))
    return 1 if missed else 0


def _traces(first: int, wanted: int, out: Path) -> int:
    with towns(), out.open("w") as file:
        for seed in range(first, first + wanted):
            trace = Trace()
            played(seed, trace)
            file.writelines(f"{line}\n" for line in exported(seed, trace))
    print(json.dumps({"seeds": wanted, "first": first, "out": str(out)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
