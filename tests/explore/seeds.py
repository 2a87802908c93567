"""One seed played to its end and judged; and many of them, in as many processes as there are cores."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain

from tests.explore import index_verdict, thread_verdict, verdict
from tests.explore.index_life import IndexLife
from tests.explore.life import Life
from tests.explore.threads import ThreadLife, thread_life
from tests.explore.town import TOWNS, town, towns
from tests.explore.trace import Trace
from tests.explore.virtual import NeverEndsError

CHUNK = 250  # seeds that a process plays before it tells what it found


@dataclass(frozen=True)
class Played:
    """`faults`: kinds that hit. `violations`: none, as it should be."""

    seed: int
    faults: frozenset[str]
    violations: Sequence[str]
    steps: int


@dataclass
class Found:
    """What many seeds came to. `faults`: seeds that each kind hit."""

    seeds: int = 0
    steps: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    failed: list[int] = field(default_factory=list)

    def add(self, other: Found) -> None:
        self.seeds += other.seeds
        self.steps += other.steps
        self.faults += other.faults
        self.failed += other.failed


def played(seed: int, trace: Trace | None = None, index_trace: Trace | None = None) -> Played:
    """The delivery of an alert, or of a thread, and beside it, in a world of its own, a resident who is
    indexed."""
    delivery, index = thread_life(seed, trace), IndexLife(seed, index_trace)
    found = [*_ended(delivery, _judged(delivery)), *_ended(index, index_verdict.violations(index))]
    faults = frozenset(chain(delivery.fate.hits, index.fate.hits))
    return Played(seed, faults, found, delivery.schedule.steps + index.schedule.steps)


def _ended(life: Life | IndexLife, violations: Iterable[str]) -> Iterator[str]:
    try:
        life.run()
    except NeverEndsError:
        yield "never ends"
    else:
        yield from violations


def _judged(delivery: Life) -> Iterator[str]:
    if isinstance(delivery, ThreadLife):
        return thread_verdict.violations(delivery)
    return verdict.violations(delivery)


def first_failure(seeds: Iterable[int]) -> Played | None:
    for seed in seeds:
        result = played(seed)
        if result.violations:
            return result
    return None


def explored(first: int, seeds: int) -> Iterator[Found]:
    """In order, chunk by chunk."""
    starts = range(first, first + seeds, CHUNK)
    ends = [min(start + CHUNK, first + seeds) for start in starts]
    processes = min(len(os.sched_getaffinity(0)), len(starts))
    with ProcessPoolExecutor(processes, initializer=_prepare) as pool:
        yield from pool.map(_chunk, starts, ends)


def _prepare() -> None:
    logging.disable(logging.CRITICAL)  # crashes are logged, and here nearly everything crashes
    for number in range(TOWNS):
        town(number)


def _chunk(first: int, end: int) -> Found:
    found = Found()
    with towns():
        for seed in range(first, end):
            result = played(seed)
            found.add(Found(1, result.steps, Counter(result.faults), [seed] if result.violations else []))
    return found
