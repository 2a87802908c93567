"""What goes wrong in a seed, and when: drawn before it happens, counted when it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from shared.errors import Conflict, Unavailable
from tests.explore.trace import Trace
from tests.explore.virtual import DiedError, Schedule

T = TypeVar("T")

LEASE = 120.0  # seconds; Pace.lease
FEW = (0, 1, 1, 2, 2, 3, 5)  # faults at calls, of a seed
LATENCIES = (0.002, 0.004, 0.008, 0.015, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.4, 1.5)  # at most, one way
SLOW = (1.0, 1.0, 1.0, 5.0)  # still so fast that nobody who works loses a lease

ANYWHERE = ("crash", "crash-after", "stop", "stop-after", "lag")
AT_READS = (*ANYWHERE, "outage", "stale-read")
AT_STREAMS = (*AT_READS, "slow-read")
AT_COMMITS = (*ANYWHERE, "outage", "lost-answer", "late-commit")
AT_ENQUEUEING = (*ANYWHERE, "outage", "lost-answer", "lost-task", "doubled-task", "late-task")
AT_EVENTS = ("lost-event", "doubled-event", "late-event")
KINDS = tuple(dict.fromkeys((*AT_STREAMS, *AT_COMMITS, *AT_ENQUEUEING, *AT_EVENTS)))
OF_TASKS = ("lost-task", "doubled-task", "late-task")  # seen to by the queue
HARMLESS = frozenset(("slow-read", *OF_TASKS, *AT_EVENTS))  # no wave is ever repeated for it


class Fate:
    """The luck of one seed. A call of a port by a worker passes through here before its effect and after."""

    def __init__(
        self,
        rng: Random,
        schedule: Schedule,
        trace: Trace | None,
        typical: int,
        kinds: Sequence[str] = KINDS,
        few: Sequence[int] = FEW,
    ) -> None:
        """`typical`: calls of a seed without a fault, over which as many faults as one of `few` spread."""
        self.rng, self.hits = rng, Counter[str]()
        self._schedule, self.trace = schedule, trace
        self._random = rng.random
        self._left = rng.choice(few)
        self._kinds = frozenset(rng.sample(kinds, rng.randint(1, 5))) if self._left else frozenset()
        self._spread = max(2, 2 * typical // max(1, self._left))
        self._until = rng.randint(1, self._spread) if self._left else -1
        self._slow = rng.choice(SLOW)
        self.disturbances = 0  # each may make one wave be sent again

    def hit(self, kind: str) -> None:
        self.hits[kind] += 1
        if self.trace is not None:
            self.trace.note(self._schedule, f"! {kind}")

    def note(self, step: str, details: str = "") -> None:
        if self.trace is not None:
            self.trace.note(self._schedule, step, details)

    # ---- Calls ---------------------------------------------------------------------------------------

    def read(self, effect: Callable[[], T], kinds: tuple[str, ...] = AT_READS) -> T:
        fault = self._before(kinds)
        found = effect()
        self._after(fault)
        return found

    def commit(self, effect: Callable[[], T], kinds: tuple[str, ...] = AT_COMMITS) -> T:
        fault = self._before(kinds)
        if fault == "late-commit":
            self._later(effect)
            raise Unavailable
        try:
            done = effect()
        except Conflict:
            self.note("refused")
            raise
        self._after(fault)
        return done

    def glance(self, effect: Callable[[], T]) -> T:
        """Something of the process itself, which takes no time unless the process is stopped there."""
        self._until -= 1
        fault = self._drawn(ANYWHERE) if self._until == 0 else None
        if fault is None:
            return effect()
        self._strike(fault)
        done = effect()
        self._after(fault)
        return done

    def call(self, effect: Callable[[], T]) -> T:
        """Something outside that is no document."""
        fault = self._before(ANYWHERE)
        done = effect()
        self._after(fault)
        return done

    def enqueue(self, effect: Callable[[str | None], T]) -> T:
        """`effect` is told what becomes of the task."""
        fault = self._before(AT_ENQUEUEING)
        done = effect(fault if fault in OF_TASKS else None)
        self._after(fault)
        return done

    def event(self) -> str | None:
        """What becomes of an event."""
        if self._until == 1 and any(kind in self._kinds for kind in AT_EVENTS):
            return self._drawn(AT_EVENTS)
        return None

    def _before(self, kinds: tuple[str, ...]) -> str | None:
        worker, schedule = self._schedule.current, self._schedule
        if worker is not None and not worker.alive:
            raise DiedError
        fault = None
        self._until -= 1
        if self._until == 0:
            fault = self._drawn(kinds)
        schedule.pause(LATENCIES[int(self._random() * 12)] * self._slow * self._random())
        if fault is not None:
            self._strike(fault)
        return fault

    def _strike(self, fault: str) -> None:
        match fault:
            case "crash":
                self._die()
            case "stop":
                self._stop()
            case "lag":
                self._schedule.pause(self.rng.uniform(0.5, 60))
            case "outage":
                raise Unavailable

    def _after(self, fault: str | None) -> None:
        self._schedule.pause(LATENCIES[int(self._random() * 12)] * self._slow * self._random())
        match fault:
            case None:
                return
            case "crash-after":
                self._die()
            case "stop-after":
                self._stop()
            case "slow-read":
                self._schedule.pause(self.rng.uniform(0.2, 1.5) * LEASE)
            case "stale-read":
                self._schedule.pause(self.rng.choice((0.5, 3.0, 20.0, 150.0)) * self._random())
            case "lost-answer":
                # The client library repeats a commit that got no answer, and meets its own document.
                raise Conflict if self._random() < 0.5 else Unavailable

    def _drawn(self, kinds: tuple[str, ...]) -> str | None:
        """None: what goes wrong in this seed cannot go wrong here; then perhaps at the next call."""
        possible = [kind for kind in kinds if kind in self._kinds]
        if not possible:
            self._until = 1
            return None
        fault = self.rng.choice(possible)
        self._left -= 1
        self._until = self.rng.randint(1, self._spread) if self._left else -1
        self.disturbances += fault not in HARMLESS
        self.hit(fault)
        return fault

    def _die(self) -> None:
        worker = self._schedule.current
        if worker is not None:
            worker.alive = False
        raise DiedError

    def _stop(self) -> None:
        """The process stands still, and knows nothing of it when it goes on."""
        self._schedule.pause(self.rng.uniform(1, 4) * LEASE)
        self.note("go")

    def _later(self, effect: Callable[[], object]) -> None:
        """It arrives when nobody waits for it any more, and is then judged by its own preconditions."""

        def arrive() -> None:
            try:
                effect()
            except Conflict:
                return

        self._schedule.at(self._schedule.now + self.rng.choice((0.5, 5.0, 60.0)) * self._random(), arrive)
